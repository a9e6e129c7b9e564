/** Wires tracking; whoever includes it provides the DataSource and the Catalog. */
import { Module } from '@nestjs/common';
import { FoldService } from './fold.service.ts';

@Module({ providers: [FoldService], exports: [FoldService] })
export class TrackingModule {}

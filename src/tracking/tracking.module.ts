/** Wires tracking; whoever includes it provides the DataSource and the Catalog. */
import { Module } from '@nestjs/common';
import { FoldJob } from './fold.job.ts';
import { FoldService } from './fold.service.ts';

@Module({ providers: [FoldService, FoldJob], exports: [FoldService] })
export class TrackingModule {}

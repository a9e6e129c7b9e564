/** Wires audits; whoever includes it provides the DataSource and the Catalog. */
import { Module } from '@nestjs/common';
import { TrackingModule } from '../tracking/tracking.module.ts';
import { AuditService } from './audit.service.ts';

@Module({ imports: [TrackingModule], providers: [AuditService], exports: [AuditService] })
export class AuditModule {}

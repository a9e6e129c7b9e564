/** The HTTP interface for programs, under /api/v1. */
import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.ts';
import { AuditModule } from '../audit/audit.module.ts';
import { IngestModule } from '../ingest/ingest.module.ts';
import { ReportsModule } from '../reports/reports.module.ts';
import { TrackingModule } from '../tracking/tracking.module.ts';

@Module({ imports: [IngestModule, TrackingModule, AuditModule, ReportsModule, AlertsModule], controllers: [] })
export class ApiModule {}

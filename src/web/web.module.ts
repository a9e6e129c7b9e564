/** The pages and probes of the service. */
import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.ts';
import { AuditModule } from '../audit/audit.module.ts';
import { IngestModule } from '../ingest/ingest.module.ts';
import { ReportsModule } from '../reports/reports.module.ts';
import { HealthController } from './health.controller.ts';

@Module({ imports: [IngestModule, AuditModule, ReportsModule, AlertsModule], controllers: [HealthController] })
export class WebModule {}

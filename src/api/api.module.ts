/** The HTTP interface for programs, under /api/v1. */
import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.ts';
import { AuditModule } from '../audit/audit.module.ts';
import { IngestModule } from '../ingest/ingest.module.ts';
import { ReportsModule } from '../reports/reports.module.ts';
import { TrackingModule } from '../tracking/tracking.module.ts';
import { ArraysController } from './arrays.controller.ts';
import { AuditsController } from './audits.controller.ts';
import { EvidenceController } from './evidence.controller.ts';
import { FindingsController } from './findings.controller.ts';
import { ImportsController } from './imports.controller.ts';
import { OpenApiController } from './openapi.controller.ts';
import { ReportsController } from './reports.controller.ts';
import { RulesController } from './rules.controller.ts';
import { SuppressionsController } from './suppressions.controller.ts';
import { VendorsController } from './vendors.controller.ts';
import { WebhooksController } from './webhooks.controller.ts';

@Module({
  imports: [IngestModule, TrackingModule, AuditModule, ReportsModule, AlertsModule],
  controllers: [
    ArraysController,
    AuditsController,
    EvidenceController,
    FindingsController,
    ImportsController,
    OpenApiController,
    ReportsController,
    RulesController,
    SuppressionsController,
    VendorsController,
    WebhooksController,
  ],
})
export class ApiModule {}

/** The pages and probes of the service. */
import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.ts';
import { AuditModule } from '../audit/audit.module.ts';
import { IngestModule } from '../ingest/ingest.module.ts';
import { HealthService } from '../platform/health.service.ts';
import { OperationQuery } from '../reports/operation.query.ts';
import { ReportsModule } from '../reports/reports.module.ts';
import { ArchiveController } from './archive.controller.ts';
import { AssetsController } from './assets.controller.ts';
import { Assets } from './assets.ts';
import { EvidenceController } from './evidence.controller.ts';
import { FindingContents } from './finding-contents.ts';
import { FindingsDecideController } from './findings-decide.controller.ts';
import { FindingsController } from './findings.controller.ts';
import { HealthController } from './health.controller.ts';
import { ImportsController } from './imports.controller.ts';
import { ReportRequestController } from './report-request.controller.ts';
import { MetricsController } from './metrics.controller.ts';
import { LoginController } from './login.controller.ts';
import { PageErrors } from './page-errors.ts';
import { LanguageChoice } from './page-language.ts';
import { PageRenderer } from './page.ts';
import { SuppressionsController } from './suppressions.controller.ts';

@Module({
  imports: [IngestModule, AuditModule, ReportsModule, AlertsModule],
  controllers: [
    HealthController,
    MetricsController,
    AssetsController,
    ArchiveController,
    ReportRequestController,
    EvidenceController,
    // Before the one whose {id} it could be taken for.
    FindingsDecideController,
    FindingsController,
    SuppressionsController,
    ImportsController,
    LoginController,
  ],
  providers: [HealthService, OperationQuery, Assets, PageRenderer, PageErrors, FindingContents],
})
export class WebModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(LanguageChoice).forRoutes('*splat');
  }
}

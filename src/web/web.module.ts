/** The pages and probes of the service. */
import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.ts';
import { AuditModule } from '../audit/audit.module.ts';
import { IngestModule } from '../ingest/ingest.module.ts';
import { ErrorPage } from '../platform/error-page.ts';
import { ReportsModule } from '../reports/reports.module.ts';
import { ArchiveController } from './archive.controller.ts';
import { AssetsController } from './assets.controller.ts';
import { Assets } from './assets.ts';
import { HealthController } from './health.controller.ts';
import { PageErrors } from './page-errors.ts';
import { LanguageChoice } from './page-language.ts';
import { PageRenderer } from './page.ts';

@Module({
  imports: [IngestModule, AuditModule, ReportsModule, AlertsModule],
  controllers: [HealthController, AssetsController, ArchiveController],
  providers: [Assets, PageRenderer, { provide: ErrorPage, useClass: PageErrors }],
  exports: [ErrorPage],
})
export class WebModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(LanguageChoice).forRoutes('*splat');
  }
}

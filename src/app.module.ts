/** The service put together over one database. */
import { type DynamicModule, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AlertsModule } from './alerts/alerts.module.ts';
import { ApiModule } from './api/api.module.ts';
import { AuditModule } from './audit/audit.module.ts';
import { CatalogModule } from './catalog/catalog.module.ts';
import { IngestModule } from './ingest/ingest.module.ts';
import { AccessModule } from './platform/access.module.ts';
import { DatabaseModule } from './platform/database.module.ts';
import { HttpModule } from './platform/http.module.ts';
import { PlatformModule, type Surroundings } from './platform/platform.module.ts';
import { ReportsModule } from './reports/reports.module.ts';
import { schema } from './schema.ts';
import { TrackingModule } from './tracking/tracking.module.ts';
import { WebModule } from './web/web.module.ts';

const ROOMS = [AccessModule, CatalogModule, IngestModule, TrackingModule, AuditModule, ReportsModule, AlertsModule];
const DOORS = [HttpModule, ApiModule, WebModule];

/** What a process of the service does. */
export interface Duties {
  /** Answers requests. */
  doors: boolean;
  /** Handles jobs, and so lets the schedule tick. */
  jobs: boolean;
}

@Module({})
export class AppModule {
  static over(surroundings: Surroundings, duties: Duties): DynamicModule {
    const { config, databaseUrl } = surroundings;
    const database = DatabaseModule.at({ url: databaseUrl, poolSize: config.databasePoolSize, ...schema });
    const schedule = duties.jobs ? [ScheduleModule.forRoot()] : [];
    const doors = duties.doors ? DOORS : [];
    return {
      module: AppModule,
      imports: [PlatformModule.over(surroundings), database, ...schedule, ...ROOMS, ...doors],
    };
  }
}

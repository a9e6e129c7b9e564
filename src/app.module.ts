/** The service put together over one database. */
import { type DynamicModule, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AlertsModule } from './alerts/alerts.module.ts';
import { ApiModule } from './api/api.module.ts';
import { AuditModule } from './audit/audit.module.ts';
import { CatalogModule } from './catalog/catalog.module.ts';
import { IngestModule } from './ingest/ingest.module.ts';
import { DatabaseModule } from './platform/database.module.ts';
import { PlatformModule, type Surroundings } from './platform/platform.module.ts';
import { ReportsModule } from './reports/reports.module.ts';
import { schema } from './schema.ts';
import { TrackingModule } from './tracking/tracking.module.ts';
import { WebModule } from './web/web.module.ts';

const ROOMS = [CatalogModule, IngestModule, TrackingModule, AuditModule, ReportsModule, AlertsModule];
const DOORS = [ApiModule, WebModule];

@Module({})
export class AppModule {
  /** The service, doors included; the schedule ticks only where jobs are run. */
  static over(surroundings: Surroundings): DynamicModule {
    const { config, databaseUrl } = surroundings;
    const database = DatabaseModule.at({ url: databaseUrl, poolSize: config.databasePoolSize, ...schema });
    const schedule = config.jobs === 'on' ? [ScheduleModule.forRoot()] : [];
    return {
      module: AppModule,
      imports: [PlatformModule.over(surroundings), database, ...schedule, ...ROOMS, ...DOORS],
    };
  }
}

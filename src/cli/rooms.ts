/** Every room of the service over the service's own database, for a command that works beside it. */
import type { Type } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.ts';
import { AuditModule } from '../audit/audit.module.ts';
import { CatalogModule } from '../catalog/catalog.module.ts';
import { IngestModule } from '../ingest/ingest.module.ts';
import { AccessModule } from '../platform/access.module.ts';
import { readConfig } from '../platform/config.ts';
import { databaseSource } from '../platform/database-source.ts';
import type { DatabaseSchema } from '../platform/database.ts';
import { ReportsModule } from '../reports/reports.module.ts';
import { TrackingModule } from '../tracking/tracking.module.ts';
import { type Rooms, openContext } from './context.ts';
import { type CliIo, tellOn } from './io.ts';

/** From left to right. */
const ROOMS: Type[] = [
  AccessModule,
  CatalogModule,
  IngestModule,
  TrackingModule,
  AuditModule,
  ReportsModule,
  AlertsModule,
];

/**
 * Opens the rooms over the database given, else over the one that the environment names, beside a service that runs on it.
 * Close them after the work. Jobs are neither handled nor rung for: a command calls the services itself.
 */
export async function openRooms(io: CliIo, schema: DatabaseSchema, database: string | null = null): Promise<Rooms> {
  const config = readConfig();
  const place = { databaseUrl: database ?? config.databaseUrl, dataDir: config.dataDir };
  const source = await databaseSource(place, { root: io.root, whenOwned: 'join', tell: tellOn(io.stderr) });
  const clock = { now: () => new Date(io.now()) };
  const surroundings = { config, databaseUrl: source.url, dataDir: source.dataDir, clock };
  return openContext({ surroundings, schema, modules: ROOMS, release: source.stop });
}

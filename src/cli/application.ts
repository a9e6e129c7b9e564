/** The rooms of an audit over one database, put together for a command and taken down after it. */
import { tmpdir } from 'node:os';
import { AuditModule } from '../audit/audit.module.ts';
import { AuditService } from '../audit/audit.service.ts';
import { Catalog } from '../catalog/catalog.ts';
import { CatalogModule } from '../catalog/catalog.module.ts';
import { ImportService } from '../ingest/import.service.ts';
import { IngestModule } from '../ingest/ingest.module.ts';
import { readConfig } from '../platform/config.ts';
import type { DatabaseSchema } from '../platform/database.ts';
import { startThrowAway } from '../platform/database-throwaway.ts';
import { ReportService } from '../reports/report.service.ts';
import { ReportsModule } from '../reports/reports.module.ts';
import { FoldService } from '../tracking/fold.service.ts';
import { TrackingModule } from '../tracking/tracking.module.ts';
import { openContext } from './context.ts';

/** What an audit needs and no more: every room beyond it would lengthen the start of the command. */
const ROOMS = [CatalogModule, IngestModule, TrackingModule, AuditModule, ReportsModule];

export interface Application {
  catalog: Catalog;
  imports: ImportService;
  fold: FoldService;
  audit: AuditService;
  reports: ReportService;
  close: () => Promise<void>;
}

/** What an audit works on: the options of the command, and nothing of a service's environment. */
export interface ApplicationOptions {
  databaseUrl: string | null;
  /** Folder of the user's own zone charts. */
  zoneCharts: string | null;
  /** Folder of the user's contracts with vendors. */
  contracts: string | null;
}

/** Opens the database at the URL, or a throw-away server when there is none, and wires the rooms over it. */
export async function openApplication(
  { databaseUrl, zoneCharts, contracts }: ApplicationOptions,
  schema: DatabaseSchema,
): Promise<Application> {
  const server = databaseUrl === null ? await startThrowAway() : null;
  const config = readConfig({ ZONE_CHARTS: zoneCharts ?? '', CONTRACTS: contracts ?? '' });
  const rooms = await openContext({
    surroundings: { config, databaseUrl: databaseUrl ?? server?.url ?? '', dataDir: tmpdir() },
    schema,
    modules: ROOMS,
    release: async () => server?.stop(),
  });
  return {
    catalog: rooms.get(Catalog),
    imports: rooms.get(ImportService),
    fold: rooms.get(FoldService),
    audit: rooms.get(AuditService),
    reports: rooms.get(ReportService),
    close: rooms.close,
  };
}

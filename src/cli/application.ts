/** The rooms of an audit over one database, put together for a command and taken down after it. */
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AuditModule } from '../audit/audit.module.ts';
import { AuditService } from '../audit/audit.service.ts';
import { Catalog } from '../catalog/catalog.ts';
import { CatalogModule } from '../catalog/catalog.module.ts';
import { ImportService } from '../ingest/import.service.ts';
import { IngestModule } from '../ingest/ingest.module.ts';
import { DatabaseModule } from '../platform/database.module.ts';
import type { DatabaseSchema } from '../platform/database.ts';
import { startThrowAway } from '../platform/database-throwaway.ts';
import { ReportService } from '../reports/report.service.ts';
import { ReportsModule } from '../reports/reports.module.ts';
import { FoldService } from '../tracking/fold.service.ts';
import { TrackingModule } from '../tracking/tracking.module.ts';

/** Named for Nest's messages; what it holds is given when it is started. */
@Module({})
class AuditCommandModule {}

export interface Application {
  catalog: Catalog;
  imports: ImportService;
  fold: FoldService;
  audit: AuditService;
  reports: ReportService;
  close: () => Promise<void>;
}

/** Opens the database at the URL, or a throw-away server when there is none, and wires the rooms over it. */
export async function openApplication(databaseUrl: string | null, schema: DatabaseSchema): Promise<Application> {
  const server = databaseUrl === null ? await startThrowAway() : null;
  try {
    const database = DatabaseModule.at({ url: databaseUrl ?? server?.url ?? '', ...schema });
    const rooms = [database, CatalogModule, IngestModule, TrackingModule, AuditModule, ReportsModule];
    const context = await NestFactory.createApplicationContext(
      { module: AuditCommandModule, imports: rooms },
      { logger: false, abortOnError: false },
    );
    return {
      catalog: context.get(Catalog, { strict: false }),
      imports: context.get(ImportService, { strict: false }),
      fold: context.get(FoldService, { strict: false }),
      audit: context.get(AuditService, { strict: false }),
      reports: context.get(ReportService, { strict: false }),
      close: async () => {
        await context.close();
        await server?.stop();
      },
    };
  } catch (error) {
    await server?.stop();
    throw error;
  }
}

/** Makes the report of an audit from the database, as one consistent reading of it. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { dayOf } from '../core/units/day.ts';
import { projectRoot } from '../platform/config.ts';
import { passedClaims } from './claims.ts';
import { readFollowUp } from './follow-up.query.ts';
import { makeReport } from './make-report.ts';
import { readReportChecks } from './report-checks.query.ts';
import type { ReportChecks } from './report-checks.ts';
import type { ReportInput } from './report-input.ts';
import type { ReportModel } from './report-model.ts';
import type { ReportRows } from './report-rows.ts';
import { readReportRows } from './report.query.ts';
import { loadWording } from './wording.ts';

@Injectable()
export class ReportService {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Reads everything in one read-only transaction, so that an import running meanwhile cannot split the figures. */
  async build(input: ReportInput): Promise<ReportModel> {
    const rows = await this.inSnapshot((manager) => readRows(manager, input));
    return makeReport(input, rows, loadWording(projectRoot(), input.locale));
  }

  /** The same, with the figures counted a second way in the same reading. */
  async buildChecked(input: ReportInput): Promise<{ model: ReportModel; checks: ReportChecks }> {
    const read = await this.inSnapshot(async (manager) => {
      const rows = await readRows(manager, input);
      const checks = await readReportChecks(manager, { asOf: input.asOf, outstanding: rows.outstanding });
      return { rows, checks };
    });
    return { model: makeReport(input, read.rows, loadWording(projectRoot(), input.locale)), checks: read.checks };
  }

  private inSnapshot<T>(read: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      await manager.query('SET TRANSACTION READ ONLY');
      return read(manager);
    });
  }
}

async function readRows(manager: EntityManager, { asOf, sources, book, before }: ReportInput): Promise<ReportRows> {
  const { judgedBy, stopping } = book;
  const importIds = sources.flatMap((source) => source.importIds);
  const rows = await readReportRows(manager, { asOf, importIds, judgedBy, book });
  const passed = passedClaims(before?.document.claims ?? null, dayOf(asOf)).flatMap(({ findings }) => findings);
  return { ...rows, ...(await readFollowUp(manager, rows, { asOf, judgedBy, stopping, passed })) };
}

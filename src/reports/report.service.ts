/** Makes the report of an audit from the database, as one consistent reading of it. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { projectRoot } from '../platform/config.ts';
import { makeReport } from './make-report.ts';
import type { ReportInput } from './report-input.ts';
import type { ReportModel } from './report-model.ts';
import { readReportRows } from './report.query.ts';
import { loadWording } from './wording.ts';

@Injectable()
export class ReportService {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Reads everything in one read-only transaction, so that an import running meanwhile cannot split the figures. */
  async build(input: ReportInput): Promise<ReportModel> {
    const wording = loadWording(projectRoot(), input.locale);
    const rows = await this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      await manager.query('SET TRANSACTION READ ONLY');
      return readReportRows(manager, {
        asOf: input.asOf,
        importIds: input.sources.map((source) => source.importId),
        judgedBy: input.book.judgedBy,
      });
    });
    return makeReport(input, rows, wording);
  }
}

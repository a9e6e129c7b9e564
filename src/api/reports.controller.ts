/** Archived reports over HTTP: the list of days, one day's report, its files. */
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { type Severity, SEVERITIES } from '../core/rules/answer.ts';
import { formatInstant } from '../core/units/day.ts';
import { Needs } from '../platform/access.ts';
import { Clock } from '../platform/clock.ts';
import { NotFoundError } from '../platform/errors.ts';
import { sandboxReport } from '../platform/http-headers.ts';
import { Queue } from '../platform/queue.ts';
import { DAILY_REPORT_QUEUE } from '../reports/daily.job.ts';
import { DailyReportService } from '../reports/daily.service.ts';
import { ReportArchive } from '../reports/report-archive.service.ts';
import type { ArchivedReport } from '../reports/report-archive.store.ts';
import { type ReportDocument, ReportDocumentSchema } from '../reports/report-document.ts';
import type { ArchiveFile } from '../reports/report-files.ts';
import { listQuery } from './list-query.ts';
import { type DayReport, type ReportList, type ReportRequested, dateParam, fileParam } from './reports.schema.ts';

const CONTENT_TYPES: Record<ArchiveFile, string> = {
  'report.html': 'text/html; charset=utf-8',
  'report.json': 'application/json; charset=utf-8',
  'report.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'findings.csv': 'text/csv; charset=utf-8',
  'rejected-rows.csv': 'text/csv; charset=utf-8',
  'claims.csv': 'text/csv; charset=utf-8',
  'stop-list.csv': 'text/csv; charset=utf-8',
  'in-transit.csv': 'text/csv; charset=utf-8',
};

@Controller('api/v1/reports')
@Needs('viewer')
export class ReportsController {
  constructor(
    @Inject(ReportArchive) private readonly archive: ReportArchive,
    @Inject(DailyReportService) private readonly daily: DailyReportService,
    @Inject(Queue) private readonly queue: Queue,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** GET /api/v1/reports: the last day first, each with its last edition. */
  @Get()
  async list(@Query({ schema: listQuery }) query: z.infer<typeof listQuery>): Promise<ReportList> {
    const { cursor, limit } = query;
    const { items, nextCursor } = await this.archive.list({ cursor: cursor ?? null, limit });
    return {
      items: items.map(({ day, edition, asOf, madeAt, severity, changes }) => ({
        day,
        edition,
        asOf: formatInstant(asOf.getTime()),
        madeAt: formatInstant(madeAt.getTime()),
        severity: severityOf(severity),
        changes,
      })),
      nextCursor,
    };
  }

  /** GET /api/v1/reports/{date}: report.json of the day's last edition, and what changed since the report before. */
  @Get(':date')
  async day(@Param({ schema: dateParam }) { date }: z.infer<typeof dateParam>): Promise<DayReport> {
    const report = await this.archive.mustHave(date);
    const { day, edition, madeAt, changes } = report;
    return { ...(await this.document(report)), day, edition, madeAt: formatInstant(madeAt.getTime()), changes };
  }

  /** POST /api/v1/reports/{date}: makes the day's report anew; it is archived, not mailed. */
  @Post(':date')
  @Needs('auditor')
  @HttpCode(202)
  async make(
    @Param({ schema: dateParam }) { date }: z.infer<typeof dateParam>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReportRequested> {
    await this.daily.refuseWhenOver(date, this.clock.now());
    await this.queue.send(DAILY_REPORT_QUEUE, { day: date, again: true });
    response.location(`/api/v1/reports/${date}`);
    return { day: date, state: 'queued' };
  }

  /** GET /api/v1/reports/{date}/{file}: a file as it was made and mailed. */
  @Get(':date/:file')
  async file(
    @Param({ schema: fileParam }) { date, file }: z.infer<typeof fileParam>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile | undefined> {
    const report = await this.archive.mustHave(date);
    // A later edition of the day may come: the file may be kept, and has to be asked for again.
    response.setHeader('Cache-Control', 'private, no-cache');
    response.setHeader('ETag', `"${report.edition}"`);
    if (request.fresh) {
      response.status(304);
      return undefined;
    }
    const found = await this.archive.fileOf(report, file);
    if (found === null) throw new NotFoundError(`the report of ${date} has no file ${file}`);
    if (file === 'report.html') sandboxReport(response);
    const shown = file === 'report.html' ? 'inline' : 'attachment';
    const [name = file, ending = ''] = file.split('.');
    return new StreamableFile(found.content, {
      type: CONTENT_TYPES[file],
      disposition: `${shown}; filename="${name}-${date}.${ending}"`,
      length: found.content.length,
    });
  }

  private async document({ day, edition }: ArchivedReport): Promise<ReportDocument> {
    const file = await this.archive.fileOf({ day, edition }, 'report.json');
    if (file === null) throw new NotFoundError(`the report of ${day} has no file report.json`);
    return ReportDocumentSchema.parse(JSON.parse(file.content.toString('utf8')));
  }
}

function severityOf(text: string | null): Severity | null {
  return SEVERITIES.find((severity) => severity === text) ?? null;
}

/** Pages of reports: the latest, the list of days, one day; and first steps where there is none yet. */
import { Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { parseDay } from '../core/units/day.ts';
import { type CalledRequest, Needs, mayAct } from '../platform/access.ts';
import { Clock } from '../platform/clock.ts';
import { Config } from '../platform/config.ts';
import { NotFoundError } from '../platform/errors.ts';
import { Queue } from '../platform/queue.ts';
import { DAILY_REPORT_QUEUE } from '../reports/daily.job.ts';
import { ReportArchive } from '../reports/report-archive.service.ts';
import type { ArchivedReport } from '../reports/report-archive.store.ts';
import { dueDay } from '../reports/report-day.ts';
import { archivePage, firstStepsPage, localeOfReport, reportPage } from './archive-page.ts';
import { PageRenderer } from './page.ts';

const DAYS_A_PAGE = 30;
const listQuery = z.object({ cursor: z.string().max(200).optional() });
/** `asked` = the report that was the latest when another was asked for; see `latestName`. */
const homeQuery = z.object({ asked: z.string().max(100).optional() });

@Controller()
@Needs('viewer')
export class ArchiveController {
  constructor(
    @Inject(ReportArchive) private readonly archive: ReportArchive,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(Config) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Queue) private readonly queue: Queue,
  ) {}

  /** GET /: the latest report, or what to do to get a first one. */
  @Get()
  async home(
    @Req() request: CalledRequest,
    @Query({ schema: homeQuery }) { asked }: z.infer<typeof homeQuery>,
  ): Promise<string> {
    const latest = await this.archive.latest();
    const making = { mayMake: mayMake(request), making: asked === latestName(latest) };
    if (latest !== null) return this.show(request, latest, making);
    const { reportAt, reportTimeZone } = this.config;
    const page = firstStepsPage({ ...making, reportAt, reportTimeZone }, this.pages.wording(request));
    return this.pages.render(request, 'first-steps', page);
  }

  /** GET /reports: the days with a report, the last first. */
  @Get('reports')
  async list(
    @Req() request: CalledRequest,
    @Query({ schema: listQuery }) { cursor }: z.infer<typeof listQuery>,
  ): Promise<string> {
    const { items, nextCursor } = await this.archive.list({ cursor: cursor ?? null, limit: DAYS_A_PAGE });
    const next = nextCursor && `/reports?${new URLSearchParams({ cursor: nextCursor }).toString()}`;
    return this.pages.render(request, 'archive', archivePage(items, next, this.pages.wording(request)));
  }

  /** POST /reports: asks for the report of the last day that is due, anew with all that has come since. */
  @Post('reports')
  @Needs('auditor')
  async make(@Res({ passthrough: true }) response: Response): Promise<void> {
    const day = dueDay(this.clock.now().getTime(), this.config);
    const asked = latestName(await this.archive.latest());
    await this.queue.send(DAILY_REPORT_QUEUE, { day, again: true });
    response.redirect(303, `/?${new URLSearchParams({ asked }).toString()}`);
  }

  /** GET /reports/{day}: the report of a day as it was made. */
  @Get('reports/:day')
  async day(@Req() request: CalledRequest, @Param('day') text: string): Promise<string> {
    const day = parseDay(text);
    if (day === null) throw new NotFoundError(`"${text}" is no day: write it as 2026-12-01`);
    return this.show(request, await this.archive.mustHave(day), { mayMake: false, making: false });
  }

  private async show(
    request: CalledRequest,
    archived: ArchivedReport,
    making: { mayMake: boolean; making: boolean },
  ): Promise<string> {
    const edition = await this.archive.edition(archived.day, archived.edition);
    if (edition === null) throw new NotFoundError(`there is no report of ${archived.day}`);
    const report = this.pages.report(Object(edition.view), localeOfReport(archived.locale));
    const page = reportPage({ archived, report, ...making }, this.pages.wording(request));
    return this.pages.render(request, 'report-day', page);
  }
}

function mayMake({ caller }: CalledRequest): boolean {
  return caller !== undefined && mayAct(caller.role, 'auditor');
}

/** Tells one state of the archive from another: also the same report made again has another time. */
function latestName(latest: ArchivedReport | null): string {
  return latest === null ? 'none' : `${latest.day} ${latest.edition} ${latest.madeAt.getTime()}`;
}

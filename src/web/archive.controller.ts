/** Pages of reports: the latest, the list of days, one day; and first steps where there is none yet. */
import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { parseDay } from '../core/units/day.ts';
import { Needs } from '../platform/access.ts';
import { Config } from '../platform/config.ts';
import { NotFoundError } from '../platform/errors.ts';
import { ReportArchive } from '../reports/report-archive.service.ts';
import type { ArchivedReport } from '../reports/report-archive.store.ts';
import { archivePage, localeOfReport, reportPage } from './archive-page.ts';
import { PageRenderer } from './page.ts';

const DAYS_A_PAGE = 30;
const listQuery = z.object({ cursor: z.string().max(200).optional() });

@Controller()
@Needs('viewer')
export class ArchiveController {
  constructor(
    @Inject(ReportArchive) private readonly archive: ReportArchive,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** GET /: the latest report, or what to do to get a first one. */
  @Get()
  async home(@Req() request: Request): Promise<string> {
    const latest = await this.archive.latest();
    return latest === null ? this.firstSteps(request) : this.show(request, latest);
  }

  /** GET /reports: the days with a report, the last first. */
  @Get('reports')
  async list(@Req() request: Request, @Query({ schema: listQuery }) query: z.infer<typeof listQuery>): Promise<string> {
    const { items, nextCursor } = await this.archive.list({ cursor: query.cursor ?? null, limit: DAYS_A_PAGE });
    const next = nextCursor === null ? null : `/reports?${new URLSearchParams({ cursor: nextCursor }).toString()}`;
    return this.pages.render(request, 'archive', archivePage(items, next, this.pages.words(request).wording));
  }

  /** GET /reports/{day}: the report of a day as it was made. */
  @Get('reports/:day')
  async day(@Req() request: Request, @Param('day') text: string): Promise<string> {
    const day = parseDay(text);
    if (day === null) throw new NotFoundError(`"${text}" is no day: write it as 2026-12-01`);
    return this.show(request, await this.archive.mustHave(day));
  }

  private async show(request: Request, archived: ArchivedReport): Promise<string> {
    const edition = await this.archive.edition(archived.day, archived.edition);
    if (edition === null) throw new NotFoundError(`there is no report of ${archived.day}`);
    const report = this.pages.report(edition.view, localeOfReport(archived.locale));
    return this.pages.render(request, 'report-day', reportPage(archived, report, this.pages.words(request).wording));
  }

  private firstSteps(request: Request): string {
    const { wording } = this.pages.words(request);
    const { reportAt, reportTimeZone } = this.config;
    return this.pages.render(request, 'first-steps', {
      title: wording.say('first_steps.title'),
      lead: wording.say('first_steps.lead'),
      due: wording.say('first_steps.due', { at: reportAt, timeZone: reportTimeZone }),
    });
  }
}

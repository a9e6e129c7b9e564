/** Pages of reports: the latest, the list of days, one day; and first steps where there is none yet. */
import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { parseDay } from '../core/units/day.ts';
import { type CalledRequest, Needs, mayAct } from '../platform/access.ts';
import { Config } from '../platform/config.ts';
import { NotFoundError } from '../platform/errors.ts';
import { givenText } from '../platform/given-text.ts';
import { ReportArchive } from '../reports/report-archive.service.ts';
import type { ArchivedReport } from '../reports/report-archive.store.ts';
import { archivePage, firstStepsPage, localeOfReport, reportPage, stateOfArchive } from './archive-page.ts';
import { PageRenderer } from './page.ts';

const DAYS_A_PAGE = 30;
const listQuery = z.object({ cursor: givenText(200).optional() });
/** `asked` = the report that was the latest when another was asked for; see `stateOfArchive`. */
const homeQuery = z.object({ asked: givenText(100).optional() });

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
  async home(
    @Req() request: CalledRequest,
    @Query({ schema: homeQuery }) { asked }: z.infer<typeof homeQuery>,
  ): Promise<string> {
    const latest = await this.archive.latest();
    const making = { mayMake: mayMake(request), making: asked === stateOfArchive(latest) };
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
    const names = await this.archive.fileNames(archived);
    const page = reportPage({ archived, names, report, ...making }, this.pages.wording(request));
    return this.pages.render(request, 'report-day', page);
  }
}

function mayMake({ caller }: CalledRequest): boolean {
  return caller !== undefined && mayAct(caller.role, 'auditor');
}

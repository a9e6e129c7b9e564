/** Pages of findings: the list with its filters, one with its evidence, and the form that sets its state. */
import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Alerts } from '../alerts/alert.service.ts';
import { FindingService } from '../audit/finding.service.ts';
import { SETTABLE_STATES } from '../core/finding/lifecycle.ts';
import { type Caller, CurrentCaller, Needs, mayAct } from '../platform/access.ts';
import { Clock } from '../platform/clock.ts';
import { ConflictError } from '../platform/errors.ts';
import { onlyText } from '../platform/given-text.ts';
import { FindingReader } from '../reports/finding-reader.service.ts';
import { Letters } from '../reports/letters.service.ts';
import { type FindingPageInput, findingPage } from './finding-page.ts';
import { type FindingsQuery, filtersOf, findingsPage, findingsQuery } from './findings-page.ts';
import { PageRenderer } from './page.ts';

const FINDINGS_A_PAGE = 50;

/** The form is checked here and not at the door: who filled it in wrongly gets it back as it was. */
const decision = z.object({
  state: z.enum(SETTABLE_STATES),
  reason: z.string().transform(onlyText).pipe(z.string().trim().min(3).max(2000)),
});
const typed = z.object({ state: z.string().catch(''), reason: z.string().catch('') }).catch({ state: '', reason: '' });

@Controller('findings')
@Needs('viewer')
export class FindingsController {
  constructor(
    @Inject(FindingReader) private readonly findings: FindingReader,
    @Inject(FindingService) private readonly decisions: FindingService,
    @Inject(Alerts) private readonly alerts: Alerts,
    @Inject(Letters) private readonly letters: Letters,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** GET /findings: narrowed by the form on the page, in the order of reports. */
  @Get()
  async list(@Req() request: Request, @Query({ schema: findingsQuery }) query: FindingsQuery): Promise<string> {
    const { wording } = this.pages.words(request);
    const { locale } = wording;
    const place = { cursor: query.cursor ?? null, limit: FINDINGS_A_PAGE, locale };
    const { items, nextCursor } = await this.findings.list(filtersOf(query), place);
    const rules = this.findings.ruleTitles(locale);
    return this.pages.render(request, 'findings', findingsPage({ query, findings: items, nextCursor, rules }, wording));
  }

  /** GET /findings/{id} */
  @Get(':id')
  async one(@Req() request: Request, @CurrentCaller() caller: Caller, @Param('id') id: string): Promise<string> {
    return this.page(request, { id, caller, refused: null });
  }

  /** POST /findings/{id}/state: what a person decided, and why. */
  @Post(':id/state')
  @Needs('auditor')
  async decide(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() form: unknown,
  ): Promise<string | undefined> {
    const parsed = decision.safeParse(form);
    const problem = parsed.success
      ? await this.set({ id, ...parsed.data, by: caller.name, now: this.clock.now() })
      : this.pages.words(request).wording.say('finding.decide_incomplete');
    if (problem === null) {
      response.redirect(303, `/findings/${encodeURIComponent(id)}`);
      return undefined;
    }
    response.status(parsed.success ? 409 : 400);
    return this.page(request, { id, caller, refused: { problem, ...typed.parse(form) } });
  }

  /** Null when it was set, else why it cannot be. */
  private async set(wanted: Parameters<FindingService['setState']>[0]): Promise<string | null> {
    try {
      await this.decisions.setState(wanted);
      return null;
    } catch (error) {
      if (error instanceof ConflictError) return error.message;
      throw error;
    }
  }

  private async page(
    request: Request,
    { id, caller, refused }: { id: string; caller: Caller; refused: FindingPageInput['refused'] },
  ): Promise<string> {
    const words = this.pages.words(request);
    const { locale } = words.wording;
    const finding = await this.findings.one(id, locale);
    const told = await this.alerts.standingOf(id);
    const letters = this.letters.about(finding, { locale, now: this.clock.now() });
    const mayDecide = mayAct(caller.role, 'auditor');
    return this.pages.render(request, 'finding', findingPage({ finding, told, letters, mayDecide, refused }, words));
  }
}

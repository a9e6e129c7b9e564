/** One decision about every finding of a list: the page that shows them once more, and what it sends. */
import { Body, Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { FindingService, MOST_AT_ONCE } from '../audit/finding.service.ts';
import { type Caller, CurrentCaller, Needs } from '../platform/access.ts';
import { Clock } from '../platform/clock.ts';
import { ConflictError, OutdatedError } from '../platform/errors.ts';
import type { ListedFinding } from '../reports/finding-detail.ts';
import { FindingReader } from '../reports/finding-reader.service.ts';
import { type DecidePageInput, decidePage, seenMark } from './decide-page.ts';
import { stateForm, typedIn } from './finding-forms.ts';
import { type FindingsQuery, addressOf, filtersOf, findingsQuery } from './findings-page.ts';
import { PageRenderer } from './page.ts';

const seenField = z.object({ seen: z.string().catch('') });

@Controller('findings/decide')
@Needs('auditor')
export class FindingsDecideController {
  constructor(
    @Inject(FindingReader) private readonly findings: FindingReader,
    @Inject(FindingService) private readonly decisions: FindingService,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** GET /findings/decide: by the same filters as the list. */
  @Get()
  async ask(@Req() request: Request, @Query({ schema: findingsQuery }) query: FindingsQuery): Promise<string> {
    return this.page(request, { query, findings: await this.all(request, query), refused: null });
  }

  /** POST /findings/decide: all of them, as they were shown, or none. */
  @Post()
  async decide(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @CurrentCaller() caller: Caller,
    @Body() form: unknown,
  ): Promise<string | undefined> {
    const fields = typeof form === 'object' && form !== null ? form : {};
    const query = findingsQuery.parse(fields);
    const findings = await this.all(request, query);
    const { reason, set } = typedIn(fields);
    const problem = await this.problemOf(findings, fields, { request, caller });
    if (problem === null) {
      response.redirect(303, addressOf('/findings', query));
      return undefined;
    }
    response.status(409);
    return this.page(request, { query, findings, refused: { problem, state: set, reason } });
  }

  /** Decides; null when it was done, else why it was not. */
  private async problemOf(
    findings: readonly ListedFinding[],
    fields: object,
    { request, caller }: { request: Request; caller: Caller },
  ): Promise<string | null> {
    const { wording } = this.pages.words(request);
    const parsed = stateForm.safeParse({ ...fields, state: typedIn(fields).set });
    if (!parsed.success) return wording.say('finding.decide_incomplete');
    if (seenField.parse(fields).seen !== seenMark(findings)) return wording.say('decide.changed_meanwhile');
    const seen = findings.map(({ id, version }) => ({ id, version }));
    try {
      await this.decisions.decide(seen, parsed.data.decision, { by: caller.name, now: this.clock.now() });
      return null;
    } catch (error) {
      if (error instanceof OutdatedError) return wording.say('decide.changed_meanwhile');
      if (error instanceof ConflictError) return error.message;
      throw error;
    }
  }

  /** One more than can be decided about, to know that there are more. */
  private async all(request: Request, query: FindingsQuery): Promise<ListedFinding[]> {
    const { locale } = this.pages.words(request).wording;
    const filters = filtersOf(query, this.clock.now());
    const { items } = await this.findings.list(filters, { limit: MOST_AT_ONCE + 1, locale });
    return items;
  }

  private page(request: Request, input: Omit<DecidePageInput, 'rules'>): string {
    const { wording } = this.pages.words(request);
    const rules = this.findings.ruleTitles(wording.locale);
    return this.pages.render(request, 'findings-decide', decidePage({ ...input, rules }, wording));
  }
}

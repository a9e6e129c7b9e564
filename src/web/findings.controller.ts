/** Pages of findings: the list with its filters, one with its evidence, and the forms that change it. */
import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { FindingService } from '../audit/finding.service.ts';
import { type Caller, CurrentCaller, Needs, mayAct } from '../platform/access.ts';
import { Clock } from '../platform/clock.ts';
import { ConflictError, OutdatedError } from '../platform/errors.ts';
import { FindingReader } from '../reports/finding-reader.service.ts';
import { FindingContents } from './finding-contents.ts';
import { FINDING_FORMS, type FindingForm, type FormDecision, typedIn } from './finding-forms.ts';
import { type FindingPageInput, findingPage } from './finding-page.ts';
import { type FindingsQuery, filtersOf, findingsPage, findingsQuery } from './findings-page.ts';
import { PageRenderer } from './page.ts';

const FINDINGS_A_PAGE = 50;
const OUTDATED = 'outdated';

@Controller('findings')
@Needs('viewer')
export class FindingsController {
  constructor(
    @Inject(FindingReader) private readonly findings: FindingReader,
    @Inject(FindingService) private readonly decisions: FindingService,
    @Inject(FindingContents) private readonly contents: FindingContents,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** GET /findings: narrowed by the form on the page, in the order of reports. */
  @Get()
  async list(
    @Req() request: Request,
    @CurrentCaller() caller: Caller,
    @Query({ schema: findingsQuery }) query: FindingsQuery,
  ): Promise<string> {
    const { wording } = this.pages.words(request);
    const { locale } = wording;
    const place = { cursor: query.cursor ?? null, limit: FINDINGS_A_PAGE, locale };
    const filters = filtersOf(query, this.clock.now());
    const { items, nextCursor } = await this.findings.list(filters, place);
    const rules = this.findings.ruleTitles(locale);
    const mayDecide = mayAct(caller.role, 'auditor');
    const input = { query, filters, findings: items, nextCursor, rules, mayDecide };
    return this.pages.render(request, 'findings', findingsPage(input, wording));
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
    return this.change({ request, response, caller }, { id, name: 'state', form });
  }

  /** POST /findings/{id}/handling: whose work it is, until when, under which reference, and what came back. */
  @Post(':id/handling')
  @Needs('auditor')
  async handle(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() form: unknown,
  ): Promise<string | undefined> {
    return this.change({ request, response, caller }, { id, name: 'handling', form });
  }

  /** POST /findings/{id}/comments */
  @Post(':id/comments')
  @Needs('auditor')
  async comment(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() form: unknown,
  ): Promise<string | undefined> {
    return this.change({ request, response, caller }, { id, name: 'comments', form });
  }

  /** Carries out what a form wants and leads back to the finding; who filled it in wrongly gets it back as it was. */
  private async change(
    { request, response, caller }: { request: Request; response: Response; caller: Caller },
    { id, name, form }: { id: string; name: FindingForm; form: unknown },
  ): Promise<string | undefined> {
    const { schema, incomplete } = FINDING_FORMS[name];
    const parsed = schema.safeParse(form);
    const { wording } = this.pages.words(request);
    const problem = parsed.success ? await this.decided(id, parsed.data, caller) : wording.say(incomplete);
    if (problem === null) {
      response.redirect(303, `/findings/${encodeURIComponent(id)}`);
      return undefined;
    }
    response.status(parsed.success ? 409 : 400);
    const said = problem === OUTDATED ? wording.say('finding.changed_meanwhile') : problem;
    return this.page(request, { id, caller, refused: { form: name, problem: said, typed: typedIn(form) } });
  }

  /** Null when it was done, else why it cannot be. */
  private async decided(id: string, { decision, version }: FormDecision, caller: Caller): Promise<string | null> {
    try {
      await this.decisions.decide([{ id, version }], decision, { by: caller.name, now: this.clock.now() });
      return null;
    } catch (error) {
      if (error instanceof OutdatedError) return OUTDATED;
      if (error instanceof ConflictError) return error.message;
      throw error;
    }
  }

  private async page(
    request: Request,
    { id, caller, refused }: { id: string; caller: Caller; refused: FindingPageInput['refused'] },
  ): Promise<string> {
    const words = this.pages.words(request);
    const contents = await this.contents.of(id, words.wording.locale);
    const mayDecide = mayAct(caller.role, 'auditor');
    return this.pages.render(request, 'finding', findingPage({ ...contents, mayDecide, refused }, words));
  }
}

/** The page of suppressions, and the forms that make and end them. */
import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { SuppressionService } from '../audit/suppression.service.ts';
import { dayOf } from '../core/units/day.ts';
import { type Caller, CurrentCaller, Needs, mayAct } from '../platform/access.ts';
import { Clock } from '../platform/clock.ts';
import { UsageError } from '../platform/errors.ts';
import { FindingReader } from '../reports/finding-reader.service.ts';
import { PageRenderer } from './page.ts';
import { typedIn } from './finding-forms.ts';
import {
  type SuppressionsPageInput,
  type SuppressionsQuery,
  statesOf,
  suppressionForm,
  suppressionsPage,
  suppressionsQuery,
  typedSuppression,
} from './suppressions-page.ts';

const SUPPRESSIONS_A_PAGE = 100;

@Controller('suppressions')
@Needs('viewer')
export class SuppressionsController {
  constructor(
    @Inject(SuppressionService) private readonly suppressions: SuppressionService,
    @Inject(FindingReader) private readonly findings: FindingReader,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** GET /suppressions */
  @Get()
  async list(
    @Req() request: Request,
    @CurrentCaller() caller: Caller,
    @Query({ schema: suppressionsQuery }) query: SuppressionsQuery,
  ): Promise<string> {
    return this.page(request, { query, caller, refused: null });
  }

  /** POST /suppressions */
  @Post()
  @Needs('auditor')
  async add(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @CurrentCaller() caller: Caller,
    @Body() form: unknown,
  ): Promise<string | undefined> {
    const problem = await this.added(request, form, caller);
    if (problem === null) {
      response.redirect(303, '/suppressions');
      return undefined;
    }
    response.status(400);
    const query = suppressionsQuery.parse({});
    return this.page(request, { query, caller, refused: { problem, typed: typedSuppression(form) } });
  }

  /** POST /suppressions/{id}/end */
  @Post(':id/end')
  @Needs('auditor')
  async end(
    @Res({ passthrough: true }) response: Response,
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() form: unknown,
  ): Promise<void> {
    const reason = typedIn(form).reason.trim();
    const how = { reason: reason === '' ? null : reason.slice(0, 2000), by: caller.name, now: this.clock.now() };
    await this.suppressions.end(id, how);
    response.redirect(303, '/suppressions');
  }

  /** Null when it was made, else why it cannot be. */
  private async added(request: Request, form: unknown, caller: Caller): Promise<string | null> {
    const parsed = suppressionForm.safeParse(form);
    if (!parsed.success) return this.pages.words(request).wording.say('suppression.incomplete');
    try {
      await this.suppressions.add(parsed.data, { by: caller.name, now: this.clock.now() });
      return null;
    } catch (error) {
      if (error instanceof UsageError) return error.message;
      throw error;
    }
  }

  private async page(
    request: Request,
    { query, caller, refused }: Pick<SuppressionsPageInput, 'query' | 'refused'> & { caller: Caller },
  ): Promise<string> {
    const words = this.pages.words(request);
    const now = this.clock.now();
    const wanted = { states: statesOf(query), cursor: query.cursor ?? null, limit: SUPPRESSIONS_A_PAGE };
    const { items, nextCursor } = await this.suppressions.list(wanted, now);
    const input = {
      query,
      suppressions: items,
      nextCursor,
      rules: this.findings.ruleTitles(words.wording.locale),
      mayDecide: mayAct(caller.role, 'auditor'),
      callerName: caller.name,
      today: dayOf(now.getTime()),
      refused,
    };
    return this.pages.render(request, 'suppressions', suppressionsPage(input, words));
  }
}

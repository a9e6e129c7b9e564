/** Findings over HTTP: lists, one with its evidence and journey, and what people decide about them. */
import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { FindingService } from '../audit/finding.service.ts';
import { canonicalNumber } from '../core/barcode/canonical.ts';
import type { Locale } from '../core/rules/answer.ts';
import { type Caller, CurrentCaller, Needs } from '../platform/access.ts';
import { Clock } from '../platform/clock.ts';
import { Config } from '../platform/config.ts';
import { UsageError } from '../platform/errors.ts';
import type { FindingDetail } from '../reports/finding-detail.ts';
import type { FindingFilters } from '../reports/finding-list.query.ts';
import { FindingReader } from '../reports/finding-reader.service.ts';
import { Letters, letterFileName } from '../reports/letters.service.ts';
import { type LetterAnswer, letterQuery } from './evidence.schema.ts';
import { entityTag, versionIn } from './finding-tag.ts';
import {
  type Decided,
  type FindingList,
  type FindingsQuery,
  bulkDecision,
  decision,
  decisionOf,
  findingsQuery,
  historyQuery,
} from './findings.schema.ts';
import { idParam } from './id-param.ts';
import { languageOf, localeQuery } from './language.ts';

/** `?assignee=` of findings that are nobody's. */
const NOBODY = 'nobody';

@Controller('api/v1/findings')
@Needs('viewer')
export class FindingsController {
  constructor(
    @Inject(FindingReader) private readonly reader: FindingReader,
    @Inject(FindingService) private readonly findings: FindingService,
    @Inject(Letters) private readonly letters: Letters,
    @Inject(Config) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** GET /api/v1/findings: in the order of reports. */
  @Get()
  async list(
    @Req() request: Request,
    @Query({ schema: findingsQuery }) query: z.infer<typeof findingsQuery>,
  ): Promise<FindingList> {
    const { cursor, limit } = query;
    const locale = languageOf(request, query.locale, this.config.reportLocale);
    return this.reader.list(this.filtersOf(query), { cursor: cursor ?? null, limit, locale });
  }

  /** GET /api/v1/findings/history: who changed what, when and why, as CSV. */
  @Get('history')
  history(
    @Res({ passthrough: true }) response: Response,
    @Query({ schema: historyQuery }) query: z.infer<typeof historyQuery>,
  ): StreamableFile {
    const { from, to, by, finding } = query;
    const changes = this.reader.history({
      ...this.filtersOf(query),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(by !== 'all' && { by }),
      ...(finding !== undefined && { id: finding }),
    });
    response.attachment('findings-history.csv');
    return new StreamableFile(changes, { type: 'text/csv; charset=utf-8' });
  }

  /** POST /api/v1/findings/decisions: the same decision about many findings, all or none. */
  @Post('decisions')
  @HttpCode(200)
  @Needs('auditor')
  async decideMany(
    @Body({ schema: bulkDecision }) { ids, ...body }: z.infer<typeof bulkDecision>,
    @CurrentCaller() caller: Caller,
  ): Promise<Decided> {
    const unique = [...new Set(ids)];
    const author = { by: caller.name, now: this.clock.now() };
    await this.findings.decide(
      unique.map((id) => ({ id })),
      decisionOf(body),
      author,
    );
    return { decided: unique.length };
  }

  /** GET /api/v1/findings/{id} */
  @Get(':id')
  async one(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Param({ schema: idParam }) { id }: z.infer<typeof idParam>,
    @Query({ schema: localeQuery }) query: z.infer<typeof localeQuery>,
  ): Promise<FindingDetail> {
    return this.answer(response, id, languageOf(request, query.locale, this.config.reportLocale));
  }

  /** GET /api/v1/findings/{id}/letters: what may be written to the vendor or to the Postal Service about it. */
  @Get(':id/letters')
  async letter(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Param({ schema: idParam }) { id }: z.infer<typeof idParam>,
    @Query({ schema: letterQuery }) { to, format, locale: asked }: z.infer<typeof letterQuery>,
  ): Promise<LetterAnswer | StreamableFile> {
    const locale = languageOf(request, asked, this.config.reportLocale);
    const { text, ...letter } = await this.letters.one(id, to, { locale, now: this.clock.now() });
    response.vary('Accept');
    if ((format ?? (request.accepts(['json', 'text']) || 'json')) === 'json') return letter;
    return new StreamableFile(Buffer.from(text), {
      type: 'text/plain; charset=utf-8',
      disposition: `attachment; filename="${letterFileName(letter)}"`,
    });
  }

  /** PATCH /api/v1/findings/{id}: sets its state with the reason, or anything else that people keep about it. */
  @Patch(':id')
  @Needs('auditor')
  async decide(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Param({ schema: idParam }) { id }: z.infer<typeof idParam>,
    @Body({ schema: decision }) body: z.infer<typeof decision>,
    @CurrentCaller() caller: Caller,
  ): Promise<FindingDetail> {
    const seen = { id, version: versionIn(request.headers['if-match']) };
    await this.findings.decide([seen], decisionOf(body), { by: caller.name, now: this.clock.now() });
    return this.answer(response, id, languageOf(request, undefined, this.config.reportLocale));
  }

  private async answer(response: Response, id: string, locale: Locale): Promise<FindingDetail> {
    const finding = await this.reader.one(id, locale);
    response.setHeader('ETag', entityTag(finding));
    return finding;
  }

  private filtersOf(query: Omit<FindingsQuery, 'cursor' | 'limit' | 'locale'>): FindingFilters {
    const { rule, vendor, severity, state, assignee, dueBy, trackingNumber, suppressed } = query;
    const rules = this.reader.rules();
    const unknown = rule?.find((id) => !rules.includes(id));
    if (unknown !== undefined) throw new UsageError(`rule: "${unknown}" is none of ${rules.join(', ')}`);
    return {
      ...(rule && { rules: rule }),
      ...(vendor && { vendors: vendor }),
      ...(severity && { severities: severity }),
      ...(state && { states: state }),
      ...(assignee && { assignees: assignee.map((name) => (name === NOBODY ? null : name)) }),
      ...(dueBy !== undefined && { dueBy }),
      suppressed:
        suppressed === 'any' ? null : { at: this.clock.now(), are: suppressed === 'only' ? 'alone' : 'left out' },
      ...(trackingNumber !== undefined && { trackingNumber: canonicalNumber(trackingNumber).canonical }),
    };
  }
}

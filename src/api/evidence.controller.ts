/** The evidence of a number over HTTP: the document with its raw bytes, or the page to print. */
import { Controller, Get, Inject, Param, Query, Req, Res, StreamableFile } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { canonicalNumber } from '../core/barcode/canonical.ts';
import { type Caller, CurrentCaller, Needs, mayAct } from '../platform/access.ts';
import { Clock } from '../platform/clock.ts';
import { Config } from '../platform/config.ts';
import { sandboxReport } from '../platform/http-headers.ts';
import { HttpProblem } from '../platform/http-problem.ts';
import { EvidenceService } from '../reports/evidence.service.ts';
import { evidenceFileName } from '../reports/evidence-view.ts';
import { evidenceJson } from '../reports/make-evidence.ts';
import { evidenceQuery, numberParam } from './evidence.schema.ts';
import { languageOf } from './language.ts';

const MAY_NAME_PEOPLE =
  'this needs the role auditor: the raw documents in it may name people; the page to print (format=html) has all but them';

@Controller('api/v1/evidence')
@Needs('viewer')
export class EvidenceController {
  constructor(
    @Inject(EvidenceService) private readonly evidence: EvidenceService,
    @Inject(Config) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** GET /api/v1/evidence/{trackingNumber}: as JSON to auditors, as a page to everybody. */
  @Get(':trackingNumber')
  async one(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @CurrentCaller() caller: Caller,
    @Param({ schema: numberParam }) { trackingNumber }: z.infer<typeof numberParam>,
    @Query({ schema: evidenceQuery }) { format, locale }: z.infer<typeof evidenceQuery>,
  ): Promise<StreamableFile> {
    const number = canonicalNumber(trackingNumber).canonical;
    await this.evidence.mustKnow(number);
    const wanted = format ?? (request.accepts(['json', 'html']) || 'json');
    response.vary('Accept');
    if (wanted !== 'html' && !mayAct(caller.role, 'auditor')) {
      throw new HttpProblem(403, MAY_NAME_PEOPLE);
    }
    const now = this.clock.now();
    const document = await this.evidence.of(number, { asOf: now, madeAt: now });
    if (wanted !== 'html') return fileOf(evidenceJson(document), { number, ending: 'json' });
    sandboxReport(response);
    const language = languageOf(request, locale, this.config.reportLocale);
    return fileOf(this.evidence.html(document, language), { number, ending: 'html' });
  }
}

function fileOf(text: string, { number, ending }: { number: string; ending: 'json' | 'html' }): StreamableFile {
  const content = Buffer.from(text);
  return new StreamableFile(content, {
    type: ending === 'json' ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8',
    disposition: `${ending === 'json' ? 'attachment' : 'inline'}; filename="${evidenceFileName(number, ending)}"`,
    length: content.length,
  });
}

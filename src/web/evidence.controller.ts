/** The page of the evidence of a number: to look at, to print, and with what can be downloaded. */
import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { canonicalNumber } from '../core/barcode/canonical.ts';
import { LETTER_RECIPIENTS, letterCaseOf } from '../core/finding/letter-case.ts';
import { LOCALES } from '../core/rules/answer.ts';
import { type CalledRequest, type Caller, CurrentCaller, Needs, mayAct } from '../platform/access.ts';
import { Clock } from '../platform/clock.ts';
import type { EvidenceDocument } from '../reports/evidence-document.ts';
import { EvidenceService } from '../reports/evidence.service.ts';
import type { Wording } from '../reports/wording.ts';
import { PageRenderer } from './page.ts';

@Controller('evidence')
@Needs('viewer')
export class EvidenceController {
  constructor(
    @Inject(EvidenceService) private readonly evidence: EvidenceService,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** GET /evidence/{number} */
  @Get(':number')
  async one(
    @Req() request: CalledRequest,
    @CurrentCaller() caller: Caller,
    @Param('number') written: string,
  ): Promise<string> {
    const { wording } = this.pages.words(request);
    const number = canonicalNumber(written).canonical;
    const now = this.clock.now();
    const document = await this.evidence.of(number, { asOf: now, madeAt: now });
    const file = `/api/v1/evidence/${encodeURIComponent(number)}`;
    return this.pages.render(request, 'evidence', {
      ...this.evidence.view(document, wording.locale),
      download: mayAct(caller.role, 'auditor') ? `${file}?format=json` : null,
      printable: `${file}?format=html&locale=${wording.locale}`,
      letters: letterLinks(document, wording),
    });
  }
}

/** The letters of each finding that calls for some, in every language. */
function letterLinks({ findings, trackingNumber }: EvidenceDocument, wording: Wording) {
  return findings
    .filter((finding) => 'letters' in letterCaseOf({ ...finding, trackingNumber }))
    .map(({ id, ruleTitle }) => ({
      title: `${wording.say('letters.title')} · ${ruleTitle[wording.locale]}`,
      links: LETTER_RECIPIENTS.flatMap((to) =>
        LOCALES.map((locale) => ({
          href: `/api/v1/findings/${id}/letters?to=${to}&locale=${locale}&format=text`,
          text: `${wording.say(`letters.to_${to}`)} (${locale})`,
        })),
      ),
    }));
}

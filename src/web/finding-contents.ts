/** What the page of one finding shows beside the finding itself: whether it was told at once, and the letters it calls for. */
import { Inject, Injectable } from '@nestjs/common';
import { Alerts } from '../alerts/alert.service.ts';
import type { Locale } from '../core/rules/answer.ts';
import { Clock } from '../platform/clock.ts';
import { FindingReader } from '../reports/finding-reader.service.ts';
import { Letters } from '../reports/letters.service.ts';
import type { FindingPageInput } from './finding-page.ts';

@Injectable()
export class FindingContents {
  constructor(
    @Inject(FindingReader) private readonly findings: FindingReader,
    @Inject(Alerts) private readonly alerts: Alerts,
    @Inject(Letters) private readonly letters: Letters,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The finding of that id with all of it. Throws a NotFoundError for an unknown id. */
  async of(id: string, locale: Locale): Promise<Pick<FindingPageInput, 'finding' | 'told' | 'letters'>> {
    const finding = await this.findings.one(id, locale);
    const told = await this.alerts.standingOf(id);
    return { finding, told, letters: this.letters.about(finding, { locale, now: this.clock.now() }) };
  }
}

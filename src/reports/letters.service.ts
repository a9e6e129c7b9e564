/** Letters about findings, to the vendor and to the Postal Service, ready to be looked through and sent by a person. */
import { Inject, Injectable } from '@nestjs/common';
import {
  LETTER_RECIPIENTS,
  type LetterCase,
  type LetterRecipient,
  type NoLetter,
  letterCaseOf,
} from '../core/finding/letter-case.ts';
import type { Locale } from '../core/rules/answer.ts';
import { Config, projectRoot } from '../platform/config.ts';
import { NotFoundError } from '../platform/errors.ts';
import type { FindingDetail } from './finding-detail.ts';
import { FindingReader } from './finding-reader.service.ts';
import { instantTextIn } from './instant-text.ts';
import { letterFacts } from './letter-facts.ts';
import { type FillLetter, loadLetter } from './letter-template.ts';
import { dayIn } from './report-day.ts';
import { type Wording, loadWording } from './wording.ts';

export interface Letter {
  to: LetterRecipient;
  case: LetterCase;
  locale: Locale;
  subject: string;
  body: string;
  /** Both, as they are written into a file. */
  text: string;
}

/** What is asked for: in which language, and the present, which a letter is dated by. */
export interface LetterRequest {
  locale: Locale;
  now: Date;
}

const WHY_NONE: Readonly<Record<NoLetter, string>> = {
  closed: 'it was dismissed, or no audit finds it any more',
  no_parcel: 'it is about no single parcel that a letter could name',
  verdict: 'what it says calls for no letter about the postage',
};

@Injectable()
export class Letters {
  private readonly fillers = new Map<string, FillLetter>();
  private readonly wordings = new Map<Locale, Wording>();

  constructor(
    @Inject(FindingReader) private readonly findings: FindingReader,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** One letter. Throws a NotFoundError for no such finding, and for one that calls for no letter, saying why. */
  async one(id: string, to: LetterRecipient, { locale, now }: LetterRequest): Promise<Letter> {
    const detail = await this.findings.one(id, locale);
    const apt = letterCaseOf(detail);
    if ('none' in apt) throw new NotFoundError(`there is no letter about finding ${id}: ${WHY_NONE[apt.none]}`);
    return this.write(detail, { to, letters: apt.letters, locale, now });
  }

  /** The letters to everybody about a finding that was read in the language, or why there are none. */
  about(detail: FindingDetail, { locale, now }: LetterRequest): { letters: Letter[] } | { none: NoLetter } {
    const apt = letterCaseOf(detail);
    if ('none' in apt) return apt;
    return { letters: LETTER_RECIPIENTS.map((to) => this.write(detail, { to, letters: apt.letters, locale, now })) };
  }

  private write(
    detail: FindingDetail,
    { to, letters, locale, now }: LetterRequest & { to: LetterRecipient; letters: LetterCase },
  ): Letter {
    const timeZone = this.config.reportTimeZone;
    const wording = this.wording(locale);
    const facts = letterFacts(detail, {
      wording,
      instantText: instantTextIn(timeZone),
      timeZone,
      today: dayIn(now.getTime(), this.config),
    });
    const { subject, body } = this.filler(to, letters, locale)(facts);
    const text = `${wording.say('letters.subject', { subject })}\n\n${body}`;
    return { to, case: letters, locale, subject, body, text };
  }

  private filler(to: LetterRecipient, letters: LetterCase, locale: Locale): FillLetter {
    const key = `${to} ${letters} ${locale}`;
    let fill = this.fillers.get(key);
    if (!fill) this.fillers.set(key, (fill = loadLetter(projectRoot(), { to, letters, locale })));
    return fill;
  }

  private wording(locale: Locale): Wording {
    let wording = this.wordings.get(locale);
    if (!wording) this.wordings.set(locale, (wording = loadWording(projectRoot(), locale)));
    return wording;
  }
}

/** What a file of the letter is called. */
export function letterFileName({ to, locale }: Pick<Letter, 'to' | 'locale'>): string {
  return `letter-${to}.${locale}.txt`;
}

/** The words of a judgement, and the three answers a rule can give: fires, clear, or unknown for want of named facts. */
import type { FactValue } from '../facts/fact.ts';
import type { Day, Instant } from '../units/day.ts';
import type { Money } from '../units/money.ts';

export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const VERDICTS = [
  'counterfeit',
  'payment_unproven',
  'number_cloned',
  'intercepted_though_paid',
  'own_error',
  'billing_error',
  'price_suspect',
  'value_suspect',
  'process_gap',
] as const;
export type Verdict = (typeof VERDICTS)[number];

export const ATTRIBUTIONS = ['vendor', 'us', 'third_party', 'carrier', 'open'] as const;
export type Attribution = (typeof ATTRIBUTIONS)[number];

export const CONFIDENCES = ['proven', 'strong', 'indicative'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

export const SUBJECTS = ['label', 'vendor', 'charge'] as const;
export type SubjectKind = (typeof SUBJECTS)[number];

/** Recoverable can be claimed back, exposure is at stake; a saving is neither: it would have been spent less. */
export const AMOUNT_KINDS = ['recoverable', 'exposure', 'saving'] as const;
export type AmountKind = (typeof AMOUNT_KINDS)[number];

export const LOCALES = ['en', 'zh-CN'] as const;
export type Locale = (typeof LOCALES)[number];
export type Worded = Record<Locale, string>;

/** The same words in every locale. */
export function inEveryLocale(word: (locale: Locale) => string): Worded {
  return { en: word('en'), 'zh-CN': word('zh-CN') };
}

/** A fact as shown in evidence: strings, numbers in the fact's own unit, booleans; never nested. */
export type EvidenceValue = string | number | boolean | null;

/** A function of text to lower-case hex SHA-256, handed in because the core imports no crypto. */
export type Sha256Hex = (text: string) => string;

/** What a rule that fires says about its subject. */
export interface Judgement {
  severity: Severity;
  verdict: Verdict;
  attribution: Attribution;
  confidence: Confidence;
  amount: Money | null;
  amountKind: AmountKind | null;
  /** The value of the goods in the parcel, where they are at risk. */
  goods: Money | null;
  message: Worded;
  nextStep: Worded;
  deadline: Day | null;
  evidence: Record<string, EvidenceValue>;
  /** What tells two findings of the rule about one subject apart; '' when there is only ever one. */
  dedupeKey: string;
}

/** What a rule says that fires, and the facts it asked for, by name, null where unknown: from them it can be judged again. */
export interface Fires {
  answer: 'fires';
  judgement: Judgement;
  facts: Readonly<Record<string, FactValue | null>>;
}

/** One rule's answer about one subject. */
export type RuleAnswer =
  | Fires
  | { answer: 'clear' }
  /** `missing` names the facts that were needed and not known, sorted. */
  | { answer: 'unknown'; missing: string[] };

/** An answer, and the first instant after the audit's at which time alone may change it; null = never. */
export interface Evaluation {
  result: RuleAnswer;
  nextReviewAt: Instant | null;
}

/** What an audit says about a subject: a finding, its words, and what is at stake. */
import type { Day } from '../units/day.ts';
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

export const AMOUNT_KINDS = ['recoverable', 'exposure'] as const;
export type AmountKind = (typeof AMOUNT_KINDS)[number];

export const LOCALES = ['en', 'zh-CN'] as const;
export type Locale = (typeof LOCALES)[number];
export type Worded = Record<Locale, string>;

/** A fact as shown in evidence: strings, numbers in the fact's own unit, booleans; never nested. */
export type EvidenceValue = string | number | boolean | null;

/** One finding as judged; its lifecycle (open, resolved ...) belongs to the store. */
export interface Finding {
  /** First 128 bits of SHA-256(rule id, canonical subject, dedupe key), 32 hex digits. */
  id: string;
  rule: string;
  ruleVersion: string;
  severity: Severity;
  verdict: Verdict;
  attribution: Attribution;
  confidence: Confidence;
  subject: SubjectKind;
  /** Canonical number, or a key no barcode can be (`@vendor/<id>`). */
  trackingNumber: string;
  vendor: string | null;
  saleKey: string | null;
  labelId: string | null;
  amount: Money | null;
  /** `recoverable` can be claimed back, `exposure` is at stake; null without an amount. */
  amountKind: AmountKind | null;
  /** The value of the goods in the parcel, where they are at risk. */
  goods: Money | null;
  message: Worded;
  nextStep: Worded;
  deadline: Day | null;
  evidence: Record<string, EvidenceValue>;
}

/** How one rule answered for one subject. */
export type Outcome =
  { answer: 'fires'; finding: Finding } | { answer: 'clear' } | { answer: 'unknown'; missing: string[] };

/** Severity as a rank: info 0 to critical 4. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** A function of text to lower-case hex SHA-256, handed in because the core imports no crypto. */
export type Sha256Hex = (text: string) => string;

/** The identity of a finding (see ARCHITECTURE, "Finding id"). Parts may hold any text; they cannot run into each other. */
export function findingId(ruleId: string, subject: string, dedupeKey: string, sha256Hex: Sha256Hex): string {
  return sha256Hex(JSON.stringify([ruleId, subject, dedupeKey])).slice(0, 32);
}

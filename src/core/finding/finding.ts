/** What an audit says about a subject: a finding, its words, and what is at stake. */
import {
  type AmountKind,
  type Attribution,
  type Confidence,
  type EvidenceValue,
  SEVERITIES,
  type Severity,
  type Sha256Hex,
  type SubjectKind,
  type Verdict,
  type Worded,
} from '../rules/answer.ts';
import type { Day } from '../units/day.ts';
import type { Money } from '../units/money.ts';

export {
  AMOUNT_KINDS,
  ATTRIBUTIONS,
  CONFIDENCES,
  LOCALES,
  SEVERITIES,
  SUBJECTS,
  VERDICTS,
  type AmountKind,
  type Attribution,
  type Confidence,
  type EvidenceValue,
  type Locale,
  type Severity,
  type Sha256Hex,
  type SubjectKind,
  type Verdict,
  type Worded,
} from '../rules/answer.ts';

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

/** The identity of a finding (see ARCHITECTURE, "Finding id"). Parts may hold any text; they cannot run into each other. */
export function findingId(ruleId: string, subject: string, dedupeKey: string, sha256Hex: Sha256Hex): string {
  return sha256Hex(JSON.stringify([ruleId, subject, dedupeKey])).slice(0, 32);
}

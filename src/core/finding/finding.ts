/** What an audit says about a subject: a rule's judgement, tied to the label, vendor or charge it is about. */
import type { FactValue } from '../facts/fact.ts';
import { type Judgement, SEVERITIES, type Severity, type Sha256Hex, type SubjectKind } from '../rules/answer.ts';

/** One finding as judged; its lifecycle (open, resolved ...) belongs to the store. */
export interface Finding extends Omit<Judgement, 'dedupeKey'> {
  /** First 128 bits of SHA-256(rule id, canonical subject, dedupe key), 32 hex digits. */
  id: string;
  rule: string;
  ruleVersion: string;
  subject: SubjectKind;
  /** The facts its rule asked for, by name, null where unknown; empty where it was made from its evidence alone. */
  facts: Readonly<Record<string, FactValue | null>>;
  /** Canonical number, or a key no barcode can be (`@vendor/<id>`). */
  trackingNumber: string;
  vendor: string | null;
  saleKey: string | null;
  labelId: string | null;
  /** Suppressions whose expression is true of what it was judged on; left out when there are none. */
  meets?: readonly string[];
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

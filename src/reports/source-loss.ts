/** Vendors for whose labels sources stopped answering: nothing found there is no all-clear. */
import type { OpenFinding } from './report-rows.ts';

const RULE = 'tracking-source-lost';

/** The shares answered before the fall and at best since, 0 to 1. */
export interface SourceLoss {
  before: number;
  after: number;
}

/** What the open findings about one vendor say of it; null where none does. */
export function sourceLossOf(findings: readonly Pick<OpenFinding, 'rule' | 'evidence'>[]): SourceLoss | null {
  const loss = findings.find(({ rule }) => rule === RULE);
  if (loss === undefined) return null;
  const before = loss.evidence['vendor.answered_before_share'];
  const after = loss.evidence['vendor.answered_after_share'];
  return { before: typeof before === 'number' ? before : 1, after: typeof after === 'number' ? after : 0 };
}

/** The vendors of whom such a finding stands, by name, with the day on which the answers fell. */
export function vendorsLost(findings: readonly OpenFinding[]): { vendor: string; day: string }[] {
  return findings
    .flatMap(({ rule, vendor, evidence }) =>
      rule === RULE && vendor !== null ? [{ vendor, day: String(evidence['vendor.answers_after_day'] ?? '') }] : [],
    )
    .sort((a, b) => (a.vendor < b.vendor ? -1 : 1));
}

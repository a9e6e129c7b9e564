/** What the rules about vendors say, over all that is known of a vendor or week by week: one pure function of what was gathered. */
import { Facts } from '../facts/facts.ts';
import type { VendorGathered, VendorInput } from '../facts/vendor-input.ts';
import type { Fires, Sha256Hex } from '../rules/answer.ts';
import { rulesAbout } from '../rules/book.ts';
import type { Rule, RuleBook } from '../rules/rule.ts';
import type { Day, Instant } from '../units/day.ts';
import { type Finding, type Outcome, findingId } from './finding.ts';
import { type SuppressionTest, markSuppressions } from './suppression.ts';

/** What one gatherer found about a vendor, in the week that begins on the Monday, or over all its labels (null). */
export interface GatheredRow {
  vendor: string;
  week: Day | null;
  gathered: VendorGathered;
}

/** How often a rule about vendors answered what; a week of a vendor counts as one answer. */
export interface VendorOutcome {
  rule: string;
  fires: number;
  clear: number;
  unknown: number;
  /** How many unknown answers each missing fact caused. */
  missing: Record<string, number>;
}

export interface VendorJudgement {
  findings: Finding[];
  /** One a rule about vendors, in the order of the book. */
  outcomes: VendorOutcome[];
}

interface VendorBench {
  asOf: Instant;
  book: RuleBook;
  sha256Hex: Sha256Hex;
  /** Expressions of the suppressions in force. */
  suppressions?: readonly SuppressionTest[];
}

/** Begins the key of every finding about a vendor; no barcode can begin so. */
export const VENDOR_KEYS = '@vendor/';

/** The key the findings about a vendor are kept under. */
export function vendorKey(vendor: string): string {
  return `${VENDOR_KEYS}${vendor}`;
}

/**
 * Judges every vendor that was gathered by the rules about vendors. A rule that names a fact of the week is judged once
 * for each week of the vendor, any other once. Findings of different weeks are different findings.
 */
export function judgeVendors(rows: readonly GatheredRow[], bench: VendorBench): VendorJudgement {
  const inputs = inputsOf(rows, bench.asOf);
  const rules = rulesAbout('vendor', bench.book);
  const outcomes = rules.map((rule) => ({ rule: rule.id, fires: 0, clear: 0, unknown: 0, missing: {} }));
  const findings: Finding[] = [];
  for (const input of inputs) {
    const facts = Facts.aboutVendor(input);
    for (const [index, rule] of rules.entries()) {
      if (isByWeek(rule) !== (input.week !== null)) continue;
      const outcome = outcomeOf(rule, { facts, input, sha256Hex: bench.sha256Hex });
      if (outcome.answer === 'fires') {
        findings.push(markSuppressions(outcome.finding, facts, bench.suppressions ?? []));
      }
      countOutcome(outcomes[index], outcome);
    }
  }
  return { findings, outcomes };
}

/** What a rule about vendors judges one vendor by: once, or once a week; empty for a vendor nobody gathered anything of. */
export function vendorInputs(
  rule: Rule,
  rows: readonly GatheredRow[],
  { vendor, asOf }: { vendor: string; asOf: Instant },
): VendorInput[] {
  const own = rows.filter((row) => row.vendor === vendor);
  return inputsOf(own, asOf).filter(({ week }) => isByWeek(rule) === (week !== null));
}

/** Whether a rule is judged week by week. */
function isByWeek({ factsUsed }: Rule): boolean {
  return [...factsUsed].some((name) => name.startsWith('week.'));
}

/** One input for every vendor and week told of, and one for every vendor as a whole; by vendor, the whole first. */
function inputsOf(rows: readonly GatheredRow[], asOf: Instant): VendorInput[] {
  const inputs = new Map<string, VendorInput>();
  const add = (vendor: string, week: Day | null, gathered: VendorGathered): void => {
    const key = `${vendor}\n${week ?? ''}`;
    inputs.set(key, { ...inputs.get(key), ...gathered, vendor, week, asOf });
  };
  for (const { vendor, week, gathered } of rows) {
    add(vendor, null, {});
    add(vendor, week, gathered);
  }
  return [...inputs].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, input]) => input);
}

interface Subject {
  facts: Facts;
  input: VendorInput;
  sha256Hex: Sha256Hex;
}

function outcomeOf(rule: Rule, subject: Subject): Outcome {
  const { result } = rule.evaluate(subject.facts, subject.input.vendor);
  if (result.answer !== 'fires') return result;
  return { answer: 'fires', finding: findingOf(rule, result, subject) };
}

function findingOf(rule: Rule, { judgement, facts }: Fires, { input: { vendor, week }, sha256Hex }: Subject): Finding {
  const { dedupeKey, ...judged } = judgement;
  const key = vendorKey(vendor);
  const apart = [...(week === null ? [] : [week]), ...(dedupeKey === '' ? [] : [dedupeKey])].join(' ');
  return {
    id: findingId(rule.id, JSON.stringify([key]), apart, sha256Hex),
    rule: rule.id,
    ruleVersion: rule.version,
    subject: 'vendor',
    facts,
    trackingNumber: key,
    vendor,
    saleKey: null,
    labelId: null,
    ...judged,
  };
}

/** Counts an answer in the tally of its rule. */
export function countOutcome(tally: VendorOutcome | undefined, outcome: Outcome): void {
  if (tally === undefined) return;
  tally[outcome.answer] += 1;
  if (outcome.answer !== 'unknown') return;
  for (const fact of outcome.missing) tally.missing[fact] = (tally.missing[fact] ?? 0) + 1;
}

/** What the rules about charges say of a number, of each of its lines and adjustments: one pure function of what is known. */
import type { ChargeInput, NumberKnown } from '../facts/charge-input.ts';
import { Facts } from '../facts/facts.ts';
import type { OwnRecords } from '../facts/input.ts';
import { toldAt } from '../ledger/assessed.ts';
import type { ChargeDigest } from '../ledger/charge.ts';
import { NOTHING_COVERED } from '../ledger/coverage.ts';
import type { Fires, Sha256Hex } from '../rules/answer.ts';
import { rulesAbout } from '../rules/book.ts';
import type { ChargeLevel } from '../rules/level.ts';
import type { Rule, RuleBook } from '../rules/rule.ts';
import type { Calendar } from '../units/calendar.ts';
import { type Day, type Instant, startOfDay } from '../units/day.ts';
import { type Finding, type Outcome, findingId } from './finding.ts';
import { type SuppressionTest, markSuppressions } from './suppression.ts';

export interface ChargeJudgement {
  /** One list a line, an adjustment and the number; a place for every rule about charges, null where it judges something else. */
  outcomes: (Outcome | null)[][];
  findings: Finding[];
  /** The first instant after the audit's at which time alone may change an outcome; null = never. */
  nextReviewAt: Instant | null;
}

export interface ChargeBench {
  asOf: Instant;
  book: RuleBook;
  own: OwnRecords;
  calendar: Calendar;
  sha256Hex: Sha256Hex;
  /** Expressions of the suppressions in force. */
  suppressions?: readonly SuppressionTest[];
}

/** What a finding is tied to. */
interface Subject {
  /** The number, or the key of a vendor's account. */
  key: string;
  /** Parts of the canonical subject. */
  canonical: readonly string[];
  vendor: string | null;
  saleKey: string | null;
  labelId: string | null;
}

/** What is known of a number, under its key. */
export interface NumberUnder {
  key: string;
  known: NumberKnown;
}

export interface Judged {
  level: ChargeLevel;
  subject: Subject;
  /** Neither where the number itself is judged. */
  of: Partial<Pick<ChargeInput, 'line' | 'adjustment'>>;
  facts: Facts;
}

/**
 * Judges a number by the rules about charges: each line, each adjustment, and the number itself where `key` is one and no
 * account. `known` holds nothing later than the audit.
 */
export function judgeCharges(key: string, known: NumberKnown, bench: ChargeBench): ChargeJudgement {
  const rules = rulesAbout('charge', bench.book);
  const judgement: ChargeJudgement = { outcomes: [], findings: [], nextReviewAt: null };
  if (rules.length === 0) return judgement;
  for (const judged of subjectsOf(key, known, bench)) addJudged(judgement, { judged, rules, bench });
  return judgement;
}

/** What a rule about charges judges under a number, one by one; empty for a rule about invoices. */
export function chargeSubjects(rule: Rule, { key, known }: NumberUnder, bench: ChargeBench): Judged[] {
  return subjectsOf(key, known, bench).filter(({ level }) => level === rule.level);
}

function subjectsOf(key: string, known: NumberKnown, bench: ChargeBench): Judged[] {
  const { own, calendar, asOf } = bench;
  const of = (vendor: string | null, { line = null, adjustment = null }: Judged['of']): Facts => {
    const coverage = vendor === null ? NOTHING_COVERED : known.coverageOf(vendor);
    return Facts.aboutCharge({ number: known, line, adjustment, invoice: null, vendor, coverage, own, calendar, asOf });
  };
  const lines = known.ledger.lines.map((line): Judged => {
    const { vendor, chargeKey, labelId } = line.line;
    const { purchase } = line;
    const sale = { saleKey: purchase?.saleKey ?? null, labelId: purchase?.labelId ?? labelId };
    const subject = { key, canonical: [key, vendor, chargeKey], vendor, ...sale };
    return { level: 'charge', subject, of: { line }, facts: of(vendor, { line }) };
  });
  const adjustments = known.adjustments.map((adjustment): Judged => {
    const { vendor, adjustmentId } = adjustment;
    const subject = { key, canonical: [key, vendor, adjustmentId], vendor, saleKey: null, labelId: null };
    return { level: 'adjustment', subject, of: { adjustment }, facts: of(vendor, { adjustment }) };
  });
  if (known.trackingNumber === null) return [...lines, ...adjustments];
  const subject = { key, canonical: [key], vendor: null, saleKey: null, labelId: null };
  return [...lines, ...adjustments, { level: 'number', subject, of: {}, facts: of(null, {}) }];
}

function addJudged(
  judgement: ChargeJudgement,
  { judged, rules, bench }: { judged: Judged; rules: readonly Rule[]; bench: ChargeBench },
): void {
  const { level, subject, facts } = judged;
  const outcomes = rules.map((rule): Outcome | null => {
    if (rule.level !== level) return null;
    const { result, nextReviewAt } = rule.evaluate(facts, subject.vendor ?? '');
    judgement.nextReviewAt = earlier(judgement.nextReviewAt, nextReviewAt);
    if (result.answer !== 'fires') return result;
    const finding = chargeFinding(rule, { ...result, subject }, bench.sha256Hex);
    return { answer: 'fires', finding: markSuppressions(finding, facts, bench.suppressions ?? []) };
  });
  judgement.outcomes.push(outcomes);
  for (const outcome of outcomes) if (outcome?.answer === 'fires') judgement.findings.push(outcome.finding);
}

/** A finding about a charge, an adjustment, a number or an invoice. */
export function chargeFinding(
  rule: Rule,
  { judgement, facts, subject }: Fires & { subject: Subject },
  sha256Hex: Sha256Hex,
): Finding {
  const { dedupeKey, ...judged } = judgement;
  const { key, canonical, ...tied } = subject;
  return {
    id: findingId(rule.id, JSON.stringify(canonical), dedupeKey, sha256Hex),
    rule: rule.id,
    ruleVersion: rule.version,
    subject: 'charge',
    facts,
    trackingNumber: key,
    ...tied,
    ...judged,
  };
}

/** What of a number's charges was known at `asOf`, and when the next of them becomes known; null = all of them were. */
export function chargesAsOf(
  charges: ChargeDigest | null,
  asOf: Instant,
): { charges: ChargeDigest | null; nextAt: Instant | null } {
  if (charges === null) return { charges, nextAt: null };
  const times = [...charges.lines.map(lineKnownFrom), ...charges.adjustments.map(toldAt)];
  const later = times.filter((at) => at > asOf);
  if (later.length === 0) return { charges, nextAt: null };
  const known = {
    lines: charges.lines.filter((line) => lineKnownFrom(line) <= asOf),
    adjustments: charges.adjustments.filter((adjustment) => toldAt(adjustment) <= asOf),
  };
  const isNothing = known.lines.length === 0 && known.adjustments.length === 0;
  return { charges: isNothing ? null : known, nextAt: Math.min(...later) };
}

/** A line is known once its invoice is there, and once it was charged. */
function lineKnownFrom({ invoiceDate, chargedAt, chargedDay }: ChargeDigest['lines'][number]): Instant {
  return Math.max(startOf(invoiceDate), chargedAt ?? startOf(chargedDay));
}

/** Midnight UTC of a day; without one, before everything. */
function startOf(day: Day | null): Instant {
  return day === null ? -Infinity : startOfDay(day);
}

function earlier(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

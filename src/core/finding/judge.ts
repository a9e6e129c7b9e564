/** One purchase judged by every rule of the book: a pure function of what is known about it. */
import type { JudgeInput } from '../facts/input.ts';
import { buildFacts } from '../facts/facts.ts';
import type { Fires, Sha256Hex } from '../rules/answer.ts';
import type { Rule, RuleBook } from '../rules/rule.ts';
import type { Label } from '../label/label.ts';
import type { Instant } from '../units/day.ts';
import { type Finding, type Outcome, findingId } from './finding.ts';
import { type SuppressionTest, markSuppressions } from './suppression.ts';

export interface LabelJudgement {
  /** Of the rules about labels, in the order of the rule book. */
  outcomes: Outcome[];
  /** The first instant after the audit's at which time alone may change an outcome; null = never. */
  nextReviewAt: Instant | null;
  /** An outcome depends on other parcels: every run has to look again, whatever the time. */
  asksOthers: boolean;
}

/** The canonical subject of a purchase, as finding ids are made of. */
export function labelSubject(label: Pick<Label, 'trackingNumber' | 'vendor' | 'saleKey'>): string {
  return JSON.stringify([label.trackingNumber, label.vendor, label.saleKey]);
}

/** Judges one purchase by the rules about labels of a book (`ruleBookInForce`), and marks the suppressions that findings meet. */
export function judgeLabel(
  input: JudgeInput,
  book: RuleBook,
  sha256Hex: Sha256Hex,
  suppressions: readonly SuppressionTest[] = [],
): LabelJudgement {
  const facts = buildFacts(input);
  const outcomes: Outcome[] = [];
  let nextReviewAt: Instant | null = null;
  for (const rule of book.rules) {
    if (rule.subject !== 'label') continue;
    const { result, nextReviewAt: review } = rule.evaluate(facts, input.label.vendor);
    if (review !== null && (nextReviewAt === null || review < nextReviewAt)) nextReviewAt = review;
    if (result.answer !== 'fires') {
      outcomes.push(result);
      continue;
    }
    const finding = findingOf(rule, input.label, result, sha256Hex);
    outcomes.push({ answer: 'fires', finding: markSuppressions(finding, facts, suppressions) });
  }
  return { outcomes, nextReviewAt, asksOthers: facts.askedAboutOthers() };
}

function findingOf(rule: Rule, label: Label, { judgement, facts }: Fires, sha256Hex: Sha256Hex): Finding {
  const { dedupeKey, ...judged } = judgement;
  return {
    id: findingId(rule.id, labelSubject(label), dedupeKey, sha256Hex),
    rule: rule.id,
    ruleVersion: rule.version,
    subject: rule.subject,
    facts,
    trackingNumber: label.trackingNumber,
    vendor: label.vendor,
    saleKey: label.saleKey,
    labelId: label.labelId,
    ...judged,
  };
}

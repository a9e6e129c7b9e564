/** How often every rule fired, found nothing, or could not answer, and for want of what. */
import { decodeChargeOutcomes, decodeOutcomes } from '../core/finding/outcome-code.ts';
import type { VendorOutcome } from '../core/finding/vendor.ts';
import { compareText } from './order.ts';
import type { ReportOutcome } from './report-document.ts';
import type { OutcomeRow } from './report-rows.ts';

export interface OutcomeTally {
  /** In the order of the rule book. */
  outcomes: ReportOutcome[];
  /** Purchases for which at least one rule could not answer. */
  labelsWithUnknown: number;
}

/**
 * Counts the coded answers of all purchases. `ruleIds` is the order in which the answers stand in each code.
 * Throws when a code holds another number of answers: it was judged by another rule book.
 */
export function tallyOutcomes(rows: readonly OutcomeRow[], ruleIds: readonly string[]): OutcomeTally {
  const tallies = ruleIds.map((rule) => ({ rule, fires: 0, clear: 0, unknown: 0, missing: new Map<string, number>() }));
  let labelsWithUnknown = 0;
  for (const { code, purchases } of rows) {
    const answers = decodeOutcomes(code);
    if (answers.length !== ruleIds.length) {
      throw new Error(`A purchase was judged by ${answers.length} rules, the rule book has ${ruleIds.length}.`);
    }
    for (const [index, tally] of tallies.entries()) {
      const answer = answers[index];
      if (answer === undefined) continue;
      tally[answer.answer] += purchases;
      if (answer.answer !== 'unknown') continue;
      for (const fact of answer.missing) tally.missing.set(fact, (tally.missing.get(fact) ?? 0) + purchases);
    }
    if (answers.some((answer) => answer.answer === 'unknown')) labelsWithUnknown += purchases;
  }
  const outcomes = tallies.map(({ missing, ...tally }) => ({ ...tally, missing: byName([...missing]) }));
  return { outcomes, labelsWithUnknown };
}

/** How the rules about vendors answered, each rule named; a rule that was not asked answered nothing. */
export function vendorTally(rows: readonly VendorOutcome[], ruleIds: readonly string[]): ReportOutcome[] {
  return ruleIds.map((rule) => {
    const { fires = 0, clear = 0, unknown = 0, missing = {} } = rows.find((row) => row.rule === rule) ?? {};
    return { rule, fires, clear, unknown, missing: byName(Object.entries(missing)) };
  });
}

/**
 * How the rules about charges answered: about lines, adjustments and numbers by the codes, about invoices as the run counted.
 * Throws when a code holds another number of answers: it was judged by another rule book.
 */
export function chargeTally(
  rows: readonly OutcomeRow[],
  invoices: readonly VendorOutcome[],
  ruleIds: readonly string[],
): ReportOutcome[] {
  const tallies = vendorTally(invoices, ruleIds);
  for (const { code, purchases: times } of rows) {
    const answers = decodeChargeOutcomes(code);
    if (answers.length !== ruleIds.length) {
      throw new Error(`A charge was judged by ${answers.length} rules, the rule book has ${ruleIds.length}.`);
    }
    for (const [index, tally] of tallies.entries()) {
      const answer = answers[index];
      if (!answer) continue;
      tally[answer.answer] += times;
      if (answer.answer !== 'unknown') continue;
      for (const fact of answer.missing) tally.missing[fact] = (tally.missing[fact] ?? 0) + times;
    }
  }
  return tallies.map(({ missing, ...tally }) => ({ ...tally, missing: byName(Object.entries(missing)) }));
}

function byName(counts: readonly [string, number][]): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => compareText(a, b)));
}

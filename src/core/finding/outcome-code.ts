/**
 * How every rule answered for one purchase, as one short text: answers in the order of the rule book, separated by ";",
 * "" = clear, "!" = fires, "?a,b" = unknown for want of the facts a and b. Kept a purchase, counted by the report.
 */
import type { Outcome } from './finding.ts';

export type CodedOutcome = { answer: 'fires' } | { answer: 'clear' } | { answer: 'unknown'; missing: string[] };

/** The text for outcomes in the order of the rule book. */
export function encodeOutcomes(outcomes: readonly Outcome[]): string {
  let code = '';
  for (let place = 0; place < outcomes.length; place += 1) {
    if (place > 0) code += ';';
    code += codeOf(outcomes[place]);
  }
  return code;
}

function codeOf(outcome: Outcome | undefined): string {
  if (outcome === undefined || outcome.answer === 'clear') return '';
  return outcome.answer === 'fires' ? '!' : `?${outcome.missing.join(',')}`;
}

/** The text for outcomes of rules about charges, of which "-" = the rule judges something else. */
export function encodeChargeOutcomes(outcomes: readonly (Outcome | null)[]): string {
  return outcomes.map((outcome) => (outcome === null ? '-' : codeOf(outcome))).join(';');
}

/** The outcomes of a text written by `encodeChargeOutcomes`; null = the rule judges something else. */
export function decodeChargeOutcomes(code: string): (CodedOutcome | null)[] {
  return code.split(';').map((part) => (part === '-' ? null : (decodeOutcomes(part)[0] ?? null)));
}

/** The outcomes of a text written by `encodeOutcomes`; findings themselves are not in it. */
export function decodeOutcomes(code: string): CodedOutcome[] {
  return code.split(';').map((part) => {
    if (part === '') return { answer: 'clear' };
    if (part === '!') return { answer: 'fires' };
    return { answer: 'unknown', missing: part.slice(1).split(',') };
  });
}

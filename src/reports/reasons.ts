/** A vendor's reasons as sentences in the report's language. */
import type { ScoreReason, VendorScore } from '../core/risk/score.ts';
import { percentText } from './number-text.ts';
import type { Wording } from './wording.ts';

/** Shares among the values of a reason; everything else in it is a count. */
const SHARES = new Set(['lower', 'upper', 'limit']);

/** One sentence a reason, in the order of the score. */
export function reasonSentences(score: VendorScore, wording: Wording): string[] {
  return score.reasons.map((reason) => wording.say(`reasons.${reason.code}`, wordValues(reason)));
}

function wordValues({ values }: ScoreReason): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, SHARES.has(name) ? percentText(value) : value]),
  );
}

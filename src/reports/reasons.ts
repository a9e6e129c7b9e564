/** A vendor's reasons as sentences in the report's language. */
import { severityRank } from '../core/finding/finding.ts';
import type { ScoreReason, VendorScore } from '../core/risk/score.ts';
import { percentText } from './number-text.ts';
import { compareText } from './order.ts';
import type { OpenFinding } from './report-rows.ts';
import type { Wording } from './wording.ts';

/** Shares among the values of a reason; everything else in it is a count or a day. */
const SHARES = new Set(['lower', 'upper', 'limit', 'share', 'before', 'after']);

export interface ReasonContext {
  /** The open findings that name the vendor. */
  findings: readonly OpenFinding[];
  ruleTitles: ReadonlyMap<string, string>;
  wording: Wording;
}

/** One sentence a reason, in the order of the score; last, which rules attribute something to the vendor, and how often. */
export function reasonSentences(score: VendorScore, context: ReasonContext): string[] {
  const sentences = score.reasons.map((reason) => reasonText(reason, context.wording));
  const rules = rulesText(context);
  return rules === '' ? sentences : [...sentences, context.wording.say('reasons.by_rule', { rules })];
}

/** The sentence of one reason. */
export function reasonText(reason: ScoreReason, wording: Wording): string {
  return wording.say(`reasons.${reason.code}`, wordValues(reason));
}

function wordValues({ values }: ScoreReason): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' && SHARES.has(name) ? percentText(value) : value,
    ]),
  );
}

/** The gravest rule first, then the most frequent; for information only is left out. */
function rulesText({ findings, ruleTitles, wording }: ReasonContext): string {
  const rules = new Map<string, { rank: number; count: number }>();
  for (const { rule, severity, attribution } of findings) {
    const rank = severityRank(severity);
    if (attribution !== 'vendor' || rank === 0) continue;
    const known = rules.get(rule) ?? { rank: 0, count: 0 };
    rules.set(rule, { rank: Math.max(known.rank, rank), count: known.count + 1 });
  }
  return [...rules]
    .sort(([ruleA, a], [ruleB, b]) => b.rank - a.rank || b.count - a.count || compareText(ruleA, ruleB))
    .map(([rule, { count }]) => wording.say('reasons.one_rule', { title: ruleTitles.get(rule) ?? rule, count }))
    .join(wording.say('reasons.rule_separator'));
}

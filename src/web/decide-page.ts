/** The page on which the same is decided about every finding of a list: what they are, once more, before it happens. */
import { MOST_AT_ONCE } from '../audit/finding.service.ts';
import { type SettableState, settableFrom } from '../core/finding/lifecycle.ts';
import { sha256Hex } from '../platform/hash.ts';
import type { ListedFinding } from '../reports/finding-detail.ts';
import { millsText } from '../reports/number-text.ts';
import type { Wording } from '../reports/wording.ts';
import { type FindingsQuery, addressOf, row, totalsOf } from './findings-page.ts';

/** Enough to see that the filter was the right one. */
const SHOWN = 10;

export interface DecidePageInput {
  query: FindingsQuery;
  /** All of the list, at most one more than can be decided about at once. */
  findings: readonly ListedFinding[];
  rules: readonly { id: string; title: string }[];
  refused: { problem: string; state: string; reason: string } | null;
}

/** The whole page. */
export function decidePage({ query, findings, rules, refused }: DecidePageInput, wording: Wording) {
  const titles = new Map(rules.map(({ id, title }) => [id, title]));
  const tooMany = findings.length > MOST_AT_ONCE;
  const choices = commonStates(findings);
  const { cursor: _, ...filters } = query;
  return {
    title: wording.say('decide.title'),
    count: wording.say('decide.count', { count: Math.min(findings.length, MOST_AT_ONCE) }),
    totals: totalsOf(findings).map(({ currency, mills }) => millsText(mills, currency)),
    back: addressOf('/findings', filters),
    none: findings.length === 0,
    trouble: tooMany
      ? wording.say('decide.too_many', { most: MOST_AT_ONCE })
      : choices.length === 0 && findings.length > 0
        ? wording.say('decide.no_common_state')
        : null,
    filters: Object.entries(filters).flatMap(([name, value]) => (value ? [{ name, value }] : [])),
    seen: seenMark(findings),
    problem: refused?.problem ?? null,
    reason: refused?.reason ?? '',
    choices: choices.map((state) => ({
      state,
      text: wording.say(`set.${state}`),
      chosen: state === refused?.state,
    })),
    findings: findings.slice(0, SHOWN).map((finding) => row(finding, titles, wording)),
    more: findings.length > SHOWN ? wording.say('decide.more', { count: findings.length - SHOWN }) : null,
  };
}

/** What names a list as it stood when it was shown: any finding more, less or changed makes another mark. */
export function seenMark(findings: readonly Pick<ListedFinding, 'id' | 'version'>[]): string {
  const all = findings.map(({ id, version }) => `${id} ${version}`).sort();
  return sha256Hex(all.join('\n')).slice(0, 32);
}

/** The states that every one of them may be set to. */
function commonStates(findings: readonly ListedFinding[]): SettableState[] {
  const [first, ...others] = [...new Set(findings.map(({ state }) => state))];
  if (first === undefined) return [];
  return settableFrom(first).filter((state) => others.every((other) => settableFrom(other).includes(state)));
}

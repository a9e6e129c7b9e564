/** Why a rule fired, as documents hold it: its condition part by part, and the values it looked at. */
import { z } from 'zod';
import { type Finding } from '../core/finding/finding.ts';
import { type Replayable, explainAgain, replay } from '../core/finding/replay.ts';
import {
  type ExplainedPart,
  type ExplainedValue,
  type Explanation,
  PART_KINDS,
  PART_VALUES,
} from '../core/rules/explain.ts';
import { evidenceValue } from '../core/rules/format.ts';
import type { Rule } from '../core/rules/rule.ts';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const named = z.object({
  name: z.string(),
  /** In its own unit, instants as ISO 8601; null = unknown. */
  value,
  unit: z.string(),
  /** Of money. */
  currency: z.string().nullable(),
});

export const ExplanationSchema = z.object({
  /** The version as the rule's file states it; `judgedBy.rule` is the hash of all that judges. */
  ruleNumber: z.int(),
  /** The condition taken apart, each part followed by its own parts, one deeper. */
  parts: z.array(
    z.object({
      depth: z.int().nonnegative(),
      /** all, any, not, choice, let (a named condition) or test (one that has no parts). */
      kind: z.enum(PART_KINDS),
      text: z.string(),
      value: z.enum(PART_VALUES),
      /** Whether the answer rests on it. */
      decided: z.boolean(),
    }),
  ),
  /** What had to be true besides, and the fact it would have been unknown for. */
  needs: z.array(z.object({ text: z.string(), value: z.enum(PART_VALUES), missing: z.string() })),
  /** By which case a word was chosen; `when` is null where none of the others held. */
  chosen: z.array(z.object({ what: z.string(), is: z.string(), when: z.string().nullable() })),
  /** Named values it worked out. */
  lets: z.array(named.extend({ text: z.string() })),
  /** The facts it asked for. */
  facts: z.array(named),
  /** As they hold for the vendor; `standard` is what holds for the others. */
  params: z.array(named.extend({ standard: z.number(), meaning: z.string() })),
  /** Whether the rule, judging again by what was stored, says the same in every letter; null where nothing was judged. */
  replays: z.boolean().nullable(),
});
export type ExplanationDocument = z.infer<typeof ExplanationSchema>;

/** An explanation as a document. */
export function describeExplanation(explained: Explanation, replays: boolean | null): ExplanationDocument {
  return {
    ruleNumber: explained.number,
    parts: flat(explained.when, 0),
    needs: explained.needs.map(({ text, value: holds, missing }) => ({ text, value: holds, missing })),
    chosen: explained.chosen,
    lets: explained.lets.map((each) => ({ ...valueOf(each), text: each.text })),
    facts: explained.facts.map(valueOf),
    params: explained.params.map((each) => ({ ...valueOf(each), standard: each.standard, meaning: each.meaning })),
    replays,
  };
}

function flat(
  { kind, text, value: holds, decided, parts }: ExplainedPart,
  depth: number,
): ExplanationDocument['parts'] {
  return [{ depth, kind, text, value: holds, decided }, ...parts.flatMap((part) => flat(part, depth + 1))];
}

function valueOf({ name, value: known, unit, currency }: ExplainedValue): z.infer<typeof named> {
  return { name, value: evidenceValue(known ?? undefined, unit), unit, currency };
}

/** A finding as its row has it, as far as judging it again goes. */
export interface KeptFinding extends Omit<Finding, 'amount' | 'goods' | 'amountKind' | 'facts' | 'ruleVersion'> {
  amountMills: number | null;
  currency: string | null;
  amountKind: string | null;
  goodsMills: number | null;
  goodsCurrency: string | null;
  facts: Replayable['facts'] | null;
}

/** Why it was found, by the rule of its version; null for one that was judged before facts were kept, or about the carrier. */
export function explanationOf(finding: KeptFinding, rule: Rule | undefined): ExplanationDocument | null {
  const { facts } = finding;
  if (facts === null || rule === undefined) return null;
  const stored: Replayable = { ...finding, facts };
  const explained = explainAgain(stored, rule);
  if (explained === null) return null;
  const again = replay(stored, rule);
  return describeExplanation(explained, again !== null && textOf(fromFinding(again)) === textOf(fromRow(finding)));
}

const SAID = [
  'severity',
  'verdict',
  'attribution',
  'confidence',
  'message',
  'nextStep',
  'deadline',
  'evidence',
] as const;
type Said = Pick<Finding, (typeof SAID)[number]>;

function said(finding: Said): Record<string, unknown> {
  return Object.fromEntries(SAID.map((key) => [key, finding[key]]));
}

function fromFinding(finding: Finding): Record<string, unknown> {
  const { amount, amountKind, goods } = finding;
  return { ...said(finding), amountKind, amount: pairOf(amount), goods: pairOf(goods) };
}

function fromRow(row: KeptFinding): Record<string, unknown> {
  const { amountMills, currency, amountKind, goodsMills, goodsCurrency } = row;
  return { ...said(row), amountKind, amount: [amountMills, currency], goods: [goodsMills, goodsCurrency] };
}

function pairOf(money: Finding['amount']): [number | null, string | null] {
  return money === null ? [null, null] : [money.mills, money.currency];
}

/** Objects in order of their keys, as PostgreSQL does not keep ours. */
function textOf(part: unknown): string {
  return JSON.stringify(part, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

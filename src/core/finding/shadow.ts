/** What rules that are tried out say, beside the book and kept apart from it: of a purchase, of charges, of vendors and invoices. */
import type { JudgeInput } from '../facts/input.ts';
import type { InvoiceTold } from '../ledger/invoice.ts';
import type { Sha256Hex } from '../rules/answer.ts';
import type { RuleBook } from '../rules/rule.ts';
import type { Instant } from '../units/day.ts';
import { type ChargeBench, type NumberUnder, judgeCharges } from './charge.ts';
import type { Finding } from './finding.ts';
import { judgeInvoices } from './invoice.ts';
import { judgeLabel } from './judge.ts';
import { type GatheredRow, judgeVendors } from './vendor.ts';

/** A finding of a shadow rule has the identity that it would have if the rule were active. */
export interface ShadowJudgement {
  findings: Finding[];
  /** As of any judgement: shadow rules are asked again when they may answer otherwise. */
  nextReviewAt: Instant | null;
  asksOthers: boolean;
}

export interface ShadowBench {
  asOf: Instant;
  shadow: RuleBook;
  sha256Hex: Sha256Hex;
}

const NOTHING: Readonly<ShadowJudgement> = Object.freeze({ findings: [], nextReviewAt: null, asksOthers: false });

export function shadowOfLabel(input: JudgeInput, { shadow, sha256Hex }: ShadowBench): Readonly<ShadowJudgement> {
  if (shadow.rules.length === 0) return NOTHING;
  const { outcomes, nextReviewAt, asksOthers } = judgeLabel(input, shadow, sha256Hex);
  const findings = outcomes.flatMap((outcome) => (outcome.answer === 'fires' ? [outcome.finding] : []));
  return { findings, nextReviewAt, asksOthers };
}

export function shadowOfCharges(
  { key, known }: NumberUnder,
  { shadow, asOf, own, calendar, sha256Hex }: ShadowBench & Pick<ChargeBench, 'own' | 'calendar'>,
): Readonly<ShadowJudgement> {
  if (shadow.rules.length === 0) return NOTHING;
  const { findings, nextReviewAt } = judgeCharges(key, known, { book: shadow, asOf, own, calendar, sha256Hex });
  return { findings, nextReviewAt, asksOthers: false };
}

/** What they say of vendors, over what was gathered of all of them. */
export function shadowOfVendors(rows: readonly GatheredRow[], { shadow, asOf, sha256Hex }: ShadowBench): Finding[] {
  return judgeVendors(rows, { book: shadow, asOf, sha256Hex }).findings;
}

/** What they say of invoices, over all of them. */
export function shadowOfInvoices(rows: readonly InvoiceTold[], { shadow, asOf, sha256Hex }: ShadowBench): Finding[] {
  return judgeInvoices(rows, { book: shadow, asOf, sha256Hex }).findings;
}

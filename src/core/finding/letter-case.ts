/** Which letters a finding calls for: what it says decides, never how grave it is. */
import type { Attribution, SubjectKind, Verdict } from '../rules/answer.ts';
import type { FindingState } from './lifecycle.ts';

export const LETTER_RECIPIENTS = ['vendor', 'usps'] as const;
export type LetterRecipient = (typeof LETTER_RECIPIENTS)[number];

/** Each has a letter to every recipient. */
export const LETTER_CASES = [
  'counterfeit_sold',
  'payment_unproven',
  'number_cloned',
  'intercepted_though_paid',
  'own_error',
] as const;
export type LetterCase = (typeof LETTER_CASES)[number];

/**
 * Why none is apt. `closed` = nobody holds the finding for true any more; `no_parcel` = it is about no parcel that a letter
 * could name; `verdict` = what it says is not for a letter.
 */
export const NO_LETTER = ['closed', 'no_parcel', 'verdict'] as const;
export type NoLetter = (typeof NO_LETTER)[number];

/**
 * Rules that fire because the carrier states it, or because the number itself cannot be one: with the vendor to answer for it,
 * postage may be reported as suspect. What other rules see is a question to both, and the letters ask no more than that.
 */
const SPEAK_AGAINST_POSTAGE: readonly string[] = [
  'counterfeit-postage-notice',
  'unpaid-piece-notice',
  'invalid-barcode',
];
/** Rules whose own errors are labels used after we had voided them; other errors of ours are no matter for a letter. */
const OWN_VOID_USED: readonly string[] = ['counterfeit-postage-notice', 'unpaid-piece-notice', 'void-label-used'];

/** What decides about the letters of a finding. */
export interface LetterMatter {
  rule: string;
  verdict: Verdict;
  attribution: Attribution;
  subject: SubjectKind;
  /** Null for a finding without one. */
  trackingNumber: string | null;
  state: FindingState;
}

/** The letters that are apt, or why there are none. */
export function letterCaseOf(matter: LetterMatter): { letters: LetterCase } | { none: NoLetter } {
  if (matter.state === 'dismissed' || matter.state === 'resolved') return { none: 'closed' };
  if (matter.subject === 'vendor' || matter.trackingNumber === null) return { none: 'no_parcel' };
  const letters = BY_VERDICT[matter.verdict](matter);
  return letters === null ? { none: 'verdict' } : { letters };
}

const BY_VERDICT: Readonly<Record<Verdict, (matter: LetterMatter) => LetterCase | null>> = {
  counterfeit: ({ attribution }) => (attribution === 'vendor' ? 'counterfeit_sold' : 'payment_unproven'),
  payment_unproven: ({ attribution, rule }) =>
    attribution === 'vendor' && SPEAK_AGAINST_POSTAGE.includes(rule) ? 'counterfeit_sold' : 'payment_unproven',
  number_cloned: () => 'number_cloned',
  intercepted_though_paid: () => 'intercepted_though_paid',
  own_error: ({ rule }) => (OWN_VOID_USED.includes(rule) ? 'own_error' : null),
  billing_error: () => null,
  price_suspect: () => null,
  value_suspect: () => null,
  process_gap: () => null,
};

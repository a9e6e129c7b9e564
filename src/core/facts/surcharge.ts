/** Facts about the surcharges a vendor itemises, against those that the stated size of the parcel makes due. */
import { mayBeUnseen } from '../rating/surcharge-range.ts';
import { type Fact, factsOf } from './fact.ts';
import type { JudgeInput } from './input.ts';

const sizeUnknown =
  'the vendor does not itemise surcharges, not all three sides are stated, or no price list of the day is on file';

/** Amounts are equal when they differ by less than two cents: vendors round. */
export const ROUNDING_MILLS = 10;

/** What the vendor itemised over the most that size makes due; null when either is not known. */
function excess({ label, rating: { surcharges } }: JudgeInput): number | null {
  if (label.surchargesMills === null || !surcharges.known || surcharges.mostMills === null) return null;
  return label.surchargesMills - surcharges.mostMills;
}

/** False when the excess can be nothing but a mistake; unknown otherwise, for no file shows those causes. */
function unseenCause(input: JudgeInput): boolean | null {
  const excessMills = excess(input);
  const chargedMills = input.label.surchargesMills;
  const { surcharges } = input.rating;
  if (excessMills === null || chargedMills === null || !surcharges.known) return null;
  return mayBeUnseen({ chargedMills, excessMills, toleranceMills: ROUNDING_MILLS }, surcharges) ? null : false;
}

export const surchargeFacts: Fact[] = factsOf('surcharge', {
  charged_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'USD',
    meaning: 'The surcharges the vendor itemised.',
    unknownWhen: 'the file has no amount for them, or the label was charged in another currency',
    of: ({ label }) => (label.currency === 'USD' ? label.surchargesMills : null),
  },
  least_due_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'USD',
    meaning:
      'The published commercial surcharges for the length and volume of the parcel, by the list of the cheaper of the day of purchase and the mailing day; what is not published counts as nothing.',
    unknownWhen: sizeUnknown,
    of: ({ rating: { surcharges } }) => (surcharges.known ? surcharges.leastMills : null),
  },
  most_due_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'USD',
    meaning: 'The same by the dearer list of the dearer day.',
    unknownWhen: `one that is due is not published, or ${sizeUnknown}`,
    of: ({ rating: { surcharges } }) => (surcharges.known ? surcharges.mostMills : null),
  },
  cause_unseen: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'What was charged over that is a fee or increase with a cause that no file shows: contents, shape, Sunday delivery, sides stated wrongly, the peak season.',
    unknownWhen:
      'the amount equals one or several of them, or one of them is not published and the amount is not that of a fee for size; whether it is one, nobody can tell',
    of: unseenCause,
  },
});

/** Facts about what the carrier found when it looked at the parcel again, as adjustments state it. */
import type { AdjustmentReason } from '../ledger/adjustment.ts';
import { type KnownAdjustment, assessedBy } from '../ledger/assessed.ts';
import type { PriceAnswer } from '../rating/answer.ts';
import { type Fact, type FactSpec, factsOf } from './fact.ts';
import type { JudgeInput } from './input.ts';

const noWeight = 'no adjustment that states the weight found is on file';
const noClaim = 'no adjustment that states what was claimed at the carrier is on file';
const notPriced =
  'no published price can be stated for the label (docs/RULES.md lists the reasons), or the carrier did not charge for it and the file does not state how the label is rated, or by weight of which size it is';

/** The latest adjustment for a reason, unless what was asked for it was all given back. */
function standing({ assessed }: JudgeInput, reason: AdjustmentReason): KnownAdjustment | null {
  const own = assessed.adjustments.filter((adjustment) => adjustment.reason === reason);
  const asked = own.filter(({ amountMills }) => amountMills >= 0);
  const balance = own.reduce((sum, { amountMills }) => sum + amountMills, 0);
  return own.length > asked.length && balance <= 0 ? null : (asked.at(-1) ?? null);
}

/** An adjustment for a reason, and what it states, under names that begin so. */
function factsOfReason(name: string, reason: AdjustmentReason, what: string): Record<string, FactSpec> {
  const none = 'there is no such adjustment';
  return {
    [name]: {
      type: 'bool',
      unit: 'flag',
      meaning: `An adjustment on file, not given back since, states that ${what}; false says nothing about the parcel, only about the file.`,
      unknownWhen: null,
      of: (input) => standing(input, reason) !== null,
    },
    [`${name}_at`]: {
      type: 'double',
      unit: 'instant',
      meaning: `When the carrier assessed that ${what}; the end of the day where no time of it is stated.`,
      unknownWhen: none,
      of: (input) => {
        const adjustment = standing(input, reason);
        return adjustment && assessedBy(adjustment);
      },
    },
    [`${name}_day`]: {
      type: 'string',
      unit: 'day',
      meaning: `The written day on which the carrier assessed that ${what}.`,
      unknownWhen: none,
      of: (input) => standing(input, reason)?.assessedDay,
    },
    [`${name}_id`]: {
      type: 'string',
      unit: 'text',
      meaning: `The id of the adjustment which states that ${what}.`,
      unknownWhen: none,
      of: (input) => standing(input, reason)?.adjustmentId,
    },
  };
}

function millsOf(answer: PriceAnswer | null | undefined): number | null {
  return answer?.known === true ? answer.mills : null;
}

const weightFacts: Record<string, FactSpec> = {
  weight_found_milli_oz: {
    type: 'double',
    unit: 'milli_oz',
    meaning: 'The weight the carrier found, by the latest adjustment that states one.',
    unknownWhen: noWeight,
    of: ({ assessed }) => assessed.weight?.milliOz,
  },
  weight_bought_milli_oz: {
    type: 'double',
    unit: 'milli_oz',
    meaning: 'The weight claimed at the carrier, else the one billed by the vendor.',
    unknownWhen: `${noWeight}, or neither weight is stated`,
    of: ({ assessed }) => assessed.weight?.boughtMilliOz,
  },
  weight_least_milli_oz: {
    type: 'double',
    unit: 'milli_oz',
    meaning: 'The least of the weights claimed at the carrier, billed by the vendor and shown by our scale.',
    unknownWhen: `${noWeight}, or none of these weights is stated`,
    of: ({ assessed }) => assessed.weight?.leastMilliOz,
  },
  weight_of_size: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'The weight found is no greater than the one that the size of the parcel is billed as, so that it may be that.',
    unknownWhen: `${noWeight}; or the carrier speaks of the size and states no sides, or no price list of the day is on file`,
    of: ({ assessed }) => assessed.weight?.ofSize,
  },
  weight_id: {
    type: 'string',
    unit: 'text',
    meaning: 'The id of the adjustment that states the weight found.',
    unknownWhen: noWeight,
    of: ({ assessed }) => assessed.weight?.adjustment.adjustmentId,
  },
  weight_day: {
    type: 'string',
    unit: 'day',
    meaning: 'The written day on which the carrier found that weight.',
    unknownWhen: noWeight,
    of: ({ assessed }) => assessed.weight?.adjustment.assessedDay,
  },
  price_found_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'USD',
    meaning: 'The published commercial postage at the weight found; service, packaging, zone, size and day as sold.',
    unknownWhen: `${noWeight}, or ${notPriced}`,
    of: ({ assessed }) => millsOf(assessed.weight?.assessed),
  },
  price_least_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'USD',
    meaning: 'The same postage at the least of the weights claimed, billed and shown by our scale.',
    unknownWhen: `${noWeight}, none of these weights is stated, or ${notPriced}`,
    of: ({ assessed }) => millsOf(assessed.weight?.least),
  },
  price_scale_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'USD',
    meaning: 'The same postage at the weight our scale showed.',
    unknownWhen: `${noWeight}, our scale is not on record, or ${notPriced}`,
    of: ({ assessed }) => millsOf(assessed.weight?.scale),
  },
};

const claimFacts: Record<string, FactSpec> = {
  claimed_lower: {
    type: 'bool',
    unit: 'flag',
    meaning:
      "Less weight or a nearer zone was claimed at the carrier than the vendor's row states and ever stated; rounding up to whole ounces or pounds is none of it.",
    unknownWhen: `${noClaim}, or weight or zone is not stated on both sides and the other one agrees`,
    of: ({ assessed }) => assessed.claimed?.lower,
  },
  claimed_weight_milli_oz: {
    type: 'double',
    unit: 'milli_oz',
    meaning: 'The weight that was claimed at the carrier.',
    unknownWhen: `${noClaim}, or it states no weight`,
    of: ({ assessed }) => assessed.claimed?.adjustment.claimed.weightMilliOz,
  },
  claimed_zone: {
    type: 'double',
    unit: 'zone',
    meaning: 'The zone that was claimed at the carrier.',
    unknownWhen: `${noClaim}, or it states no zone`,
    of: ({ assessed }) => assessed.claimed?.adjustment.claimed.zone,
  },
  claimed_id: {
    type: 'string',
    unit: 'text',
    meaning: 'The id of the adjustment that states what was claimed.',
    unknownWhen: noClaim,
    of: ({ assessed }) => assessed.claimed?.adjustment.adjustmentId,
  },
  price_claimed_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'USD',
    meaning: 'The published commercial postage by the weight and zone that were claimed, everything else as sold.',
    unknownWhen: `${noClaim}, or ${notPriced}`,
    of: ({ assessed }) => millsOf(assessed.claimed?.claimed),
  },
  price_row_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'USD',
    meaning: "The same postage by the weight and zone of the vendor's row.",
    unknownWhen: `${noClaim}, or ${notPriced}`,
    of: ({ assessed }) => millsOf(assessed.claimed?.row),
  },
};

export const adjustmentFacts: Fact[] = factsOf('adjustment', {
  ...factsOfReason('duplicate', 'duplicate', 'the label was used on a second piece'),
  ...factsOfReason('unmanifested', 'unmanifested', 'the piece was on no manifest that paid for it'),
  ...factsOfReason('refunded_used', 'refunded_label_used', 'a label whose postage had been refunded was used'),
  ...weightFacts,
  ...claimFacts,
});

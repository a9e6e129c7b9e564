/** Facts about whether the service takes the parcel, and whether the parcel goes into the flat-rate item it was sold as. */
import { mailingDay } from '../label/label.ts';
import { type Excess, type MeasuredParcel, servesRoute, sizeExcessOf, weightExcessOf } from '../rating/eligibility.ts';
import { shareTooLarge } from '../rating/fit.ts';
import { dimensionsOf, ratedPackaging } from '../rating/parcel-of.ts';
import { sidesOf } from '../rating/size.ts';
import { type Fact, factsOf } from './fact.ts';
import type { JudgeInput } from './input.ts';

const weightUnknown =
  'no weight is stated, the billed one may be a weight by size and no scale shows another, or no greatest weight of the service is on file for the day';
const sizeUnknown =
  'a side is not stated and those that are exceed nothing, or no greatest size of the service is on file for the day';
const noExcess = 'the service takes the parcel, or it is not known';

function parcelOf({ label }: JudgeInput): MeasuredParcel {
  const { service, packaging, weightMilliOz, scaleWeightMilliOz, lengthMilliIn, widthMilliIn, heightMilliIn } = label;
  return {
    service,
    packaging,
    weightMilliOz,
    scaleWeightMilliOz,
    lengthMilliIn,
    widthMilliIn,
    heightMilliIn,
    day: mailingDay(label),
  };
}

function weightExcess(input: JudgeInput): readonly Excess[] | null {
  return weightExcessOf(parcelOf(input), input.rating.eligibility);
}

function sizeExcess(input: JudgeInput): readonly Excess[] | null {
  return sizeExcessOf(parcelOf(input), input.rating.eligibility);
}

function shareOver({ value, maximum }: Excess): number {
  return value / maximum - 1;
}

/** The one by the greatest share; null when there is none or it is not known. */
function greatest(found: readonly Excess[] | null): Excess | null {
  return (found ?? []).reduce<Excess | null>(
    (most, next) => (most === null || shareOver(next) > shareOver(most) ? next : most),
    null,
  );
}

/** 0 when nothing is exceeded; null when that is not known. */
function greatestShare(found: readonly Excess[] | null): number | null {
  const most = greatest(found);
  return most === null ? found && 0 : shareOver(most);
}

function sideAt(place: 0 | 1 | 2): (input: JudgeInput) => number | null {
  return ({ label }) => {
    const sides = dimensionsOf(label);
    return sides && sidesOf(sides)[place];
  };
}

function tooLarge({ label, rating }: JudgeInput): number | null {
  const dimensions = dimensionsOf(label);
  if (dimensions === null) return null;
  const packaging = ratedPackaging(label);
  return shareTooLarge(dimensions, { service: label.service, packaging }, rating.eligibility.flatRate);
}

const sidesMissing = 'not all three sides are stated';

export const parcelFacts: Fact[] = factsOf('parcel', {
  longest_side_milli_in: {
    type: 'double',
    unit: 'milli_in',
    meaning: 'The longest side of the parcel as stated on the label.',
    unknownWhen: sidesMissing,
    of: sideAt(0),
  },
  middle_side_milli_in: {
    type: 'double',
    unit: 'milli_in',
    meaning: 'The side of the parcel that is neither the longest nor the shortest.',
    unknownWhen: sidesMissing,
    of: sideAt(1),
  },
  shortest_side_milli_in: {
    type: 'double',
    unit: 'milli_in',
    meaning: 'The shortest side of the parcel as stated on the label.',
    unknownWhen: sidesMissing,
    of: sideAt(2),
  },
});

export const eligibilityFacts: Fact[] = factsOf('eligibility', {
  weight_over_share: {
    type: 'double',
    unit: 'share',
    meaning:
      'By which share the scale weight, else the billed one, exceeds what the service takes; 0 when it does not.',
    unknownWhen: weightUnknown,
    of: (input) => greatestShare(weightExcess(input)),
  },
  weight_milli_oz: {
    type: 'double',
    unit: 'milli_oz',
    meaning: 'The weight by which the parcel is too heavy for the service.',
    unknownWhen: noExcess,
    of: (input) => greatest(weightExcess(input))?.value,
  },
  weight_limit_milli_oz: {
    type: 'double',
    unit: 'milli_oz',
    meaning: 'The greatest weight of the service, where the parcel exceeds it.',
    unknownWhen: noExcess,
    of: (input) => greatest(weightExcess(input))?.maximum,
  },
  size_over_share: {
    type: 'double',
    unit: 'share',
    meaning:
      'By which share the parcel exceeds the size that the service takes; 0 when it does not, as in a flat-rate item.',
    unknownWhen: sizeUnknown,
    of: (input) => greatestShare(sizeExcess(input)),
  },
  size_measure: {
    type: 'string',
    unit: 'text',
    meaning: 'What is too large: length_plus_girth, longest_side, middle_side or shortest_side.',
    unknownWhen: noExcess,
    of: (input) => greatest(sizeExcess(input))?.measure,
  },
  size_milli_in: {
    type: 'double',
    unit: 'milli_in',
    meaning: 'How large that is; at least so much, where a side is not stated.',
    unknownWhen: noExcess,
    of: (input) => greatest(sizeExcess(input))?.value,
  },
  size_limit_milli_in: {
    type: 'double',
    unit: 'milli_in',
    meaning: 'How large it may be in this service.',
    unknownWhen: noExcess,
    of: (input) => greatest(sizeExcess(input))?.maximum,
  },
  route_served: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The price of the packaging holds for the route: an item for military post offices goes to or from one.',
    unknownWhen: 'it is such an item, and an end of the route is not known',
    of: ({ label, rating }) => servesRoute(label.packaging, rating.ends.military, rating.eligibility),
  },
});

export const fitFacts: Fact[] = factsOf('fit', {
  item: {
    type: 'string',
    unit: 'packaging',
    meaning: 'The flat-rate item the label was sold as; flat_rate when the file does not say which.',
    unknownWhen: 'the label was not sold at a flat rate',
    of: ({ label, rating }) => {
      const packaging = ratedPackaging(label);
      return packaging === 'flat_rate' || rating.eligibility.flatRate[packaging] ? packaging : null;
    },
  },
  too_large_share: {
    type: 'double',
    unit: 'share',
    meaning:
      'By which share the flat-rate item would have to be larger in every direction for the parcel to go in, however it is turned; 0 when it may go in, into any item where it is not stated which.',
    unknownWhen: 'not all three sides are stated, or the size of the item is not on file',
    of: tooLarge,
  },
});

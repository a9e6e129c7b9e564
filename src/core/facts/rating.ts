/** Facts about what the label should have cost by the published prices, and between which zones it went. */
import type { PriceAnswer } from '../rating/answer.ts';
import { type Label, mailingDay } from '../label/label.ts';
import { daysBetween } from '../units/day.ts';
import { type Fact, factsOf } from './fact.ts';
import type { JudgeInput } from './input.ts';
import { postagePart } from './label.ts';
import { ROUNDING_MILLS } from './surcharge.ts';

const notRated = 'no published price can be stated for the label (docs/RULES.md lists the reasons)';

function millsOf(answer: PriceAnswer | null): number | null {
  return answer?.known === true ? answer.mills : null;
}

/** Days between the mailing day and the nearest day on which the zone charts are known to have changed. */
function daysFromChartChange({ label, carrier }: JudgeInput): number | null {
  const day = mailingDay(label);
  let nearest: number | null = null;
  for (const change of carrier.zoneChartChanges) {
    const distance = Math.abs(daysBetween(change, day));
    if (nearest === null || distance < nearest) nearest = distance;
  }
  return nearest;
}

/** Never true: nobody can tell a cause that no file shows. Sold at the highest or at the commercial price, a fee on top is plain. */
function unseenFeeInside({ rating: { ceiling, charge, commercial } }: JudgeInput): boolean | null {
  if (!charge || !ceiling.known) return false;
  const prices = [ceiling, commercial].flatMap((price) => (price.known ? price.mills : []));
  const isInside = ceiling.unseenMills.some(
    (fee) => fee > 0 && prices.some((mills) => Math.abs(charge.mills - mills - fee) <= ROUNDING_MILLS),
  );
  return isInside ? null : false;
}

/**
 * Never true: of a size that is not stated nobody can tell. Under a contract the charge may hold the least of its prices and a
 * surcharge, though it lies by less than that above the dearest.
 */
function sizeInside({ rating: { ceiling, charge, contract } }: JudgeInput): boolean | null {
  if (!charge || !ceiling.known || ceiling.sizeOpenFromMills === null) return false;
  const isPostage = charge.extras.length === 0 && charge.insuredMills === null;
  const least = ceiling.by === 'contract' && contract?.known === true && isPostage ? contract.mills : ceiling.mills;
  const isOver = charge.mills > ceiling.mills;
  return isOver && charge.mills - least >= ceiling.sizeOpenFromMills ? null : false;
}

function originZip(label: Label): string | null {
  return label.ratedOriginZip ?? label.originZip;
}

function destinationZip(label: Label): string | null {
  return label.destinationZip ?? label.routingZip?.slice(0, 5) ?? null;
}

export const priceFacts: Fact[] = factsOf('price', {
  paid_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'USD',
    meaning: 'The postage part of the charge, comparable with published prices.',
    unknownWhen:
      'the label was charged in another currency, or extra services were bought and one undivided sum was charged',
    of: ({ label }) => (label.currency === 'USD' ? postagePart(label) : null),
  },
  expected_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'USD',
    meaning: 'The published commercial postage on the mailing day, without surcharges and extra services.',
    unknownWhen: notRated,
    of: ({ rating }) => millsOf(rating.expected),
  },
  as_printed_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'USD',
    meaning: 'That postage, had the parcel been sold by the class of mail that its number names.',
    unknownWhen: `the number names no class that is known, or the one that was sold, or ${notRated}`,
    of: ({ printed }) => millsOf(printed.postage),
  },
  at_billed_zone_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'USD',
    meaning: 'The published commercial postage on the mailing day, had the parcel gone to the zone the vendor billed.',
    unknownWhen: `no zone is billed, or ${notRated}`,
    of: ({ rating }) => millsOf(rating.atBilledZone),
  },
  floor_known: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The cheapest lawful price can be stated, or at least a published part that it cannot be under.',
    unknownWhen: null,
    of: ({ rating }) => rating.floor.known,
  },
  floor_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'USD',
    meaning:
      "The cheapest of every lawful published way to rate the label, on the cheaper of the day of purchase and the mailing day, before any discount; for a label sold by contract, the contract's price.",
    unknownWhen: `a cheaper way (cubic, flat rate) could apply and its prices are not on file, a part of the price is not published, or ${notRated}`,
    of: ({ rating: { floor } }) => (floor.known && floor.exact ? floor.mills : null),
  },
  floor_at_least_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'USD',
    meaning: 'That price, or a published part of it that is due in any case: nothing lawful costs less.',
    unknownWhen: `a cheaper way could apply and nothing of its price is on file, or ${notRated}`,
    of: ({ rating: { floor } }) => (floor.known ? floor.mills : null),
  },
  floor_by_contract: {
    type: 'bool',
    unit: 'flag',
    meaning: "The floor is the price of the vendor's contract, from which nothing more is taken off.",
    unknownWhen: null,
    of: ({ rating: { floor } }) => floor.known && floor.how === 'contract',
  },
  by_contract: {
    type: 'bool',
    unit: 'flag',
    meaning: 'A contract of the vendor is on file and covers the label.',
    unknownWhen: null,
    of: ({ rating }) => rating.contract !== null,
  },
  contract_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'USD',
    meaning: "The least postage by the vendor's contract.",
    unknownWhen: 'no contract on file covers the label, or it rests on a published price that is not on file',
    of: ({ rating: { contract } }) => (contract?.known === true ? contract.mills : null),
  },
  compared_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'USD',
    meaning:
      'The part of the charge that published prices of the same things can be compared with: the postage where it is itemised, else the whole without its itemised parts.',
    unknownWhen:
      'the label was charged in another currency, or one undivided sum may hold the fee of an insurer other than the Postal Service',
    of: ({ label, rating }) => (label.currency === 'USD' ? rating.charge?.mills : null),
  },
  ceiling_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'USD',
    meaning:
      "The most that part may lawfully be: the contract's price where one covers the label, else the published retail price of the same things, on the dearer of the day of purchase and the mailing day.",
    unknownWhen: `a part of the price is not published, or ${notRated}`,
    of: ({ rating: { ceiling } }) => (ceiling.known ? ceiling.mills : null),
  },
  ceiling_by_contract: {
    type: 'bool',
    unit: 'flag',
    meaning: "That most is the price of the vendor's contract.",
    unknownWhen: 'it is not known',
    of: ({ rating: { ceiling } }) => (ceiling.known ? ceiling.by === 'contract' : null),
  },
  size_inside: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'That part pays for a length or volume that the file does not state, by a surcharge or as postage, which the most leaves out.',
    unknownWhen:
      'it lies above that most, not all three sides are stated, and some surcharges were billed; by contract also where they are not itemised, and it lies above by as much as the least for size',
    of: sizeInside,
  },
  unseen_fee_inside: {
    type: 'bool',
    unit: 'flag',
    meaning: 'That part holds a surcharge whose cause no file shows, such as an unusual shape or contents.',
    unknownWhen:
      'surcharges are not itemised, and it lies above that most, or above the commercial price, by just such a surcharge, or by one for size where the sides are not stated',
    of: unseenFeeInside,
  },
  commercial_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'USD',
    meaning: 'The published commercial price of the same things, on the dearer of those days.',
    unknownWhen: `a part of the price is not published, or ${notRated}`,
    of: ({ rating: { commercial } }) => (commercial.known ? commercial.mills : null),
  },
  cheapest_cell_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'USD',
    meaning: "The service's cheapest published commercial price of all weights and zones on those days.",
    unknownWhen: 'no commercial price list of the service is on file for those days',
    of: ({ rating }) => rating.cheapestCell?.mills,
  },
});

export const zoneFacts: Fact[] = factsOf('zone', {
  rated: {
    type: 'double',
    unit: 'zone',
    meaning: 'The zone between the rated origin and the destination by the published distance rule and its exceptions.',
    unknownWhen: 'a ZIP is missing or not on file, or the parcel leaves the country',
    of: ({ rating }) => (rating.zone.known ? rating.zone.zone : null),
  },
  near_edge: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The distance is so close to the border between two zones that charts of different years disagree.',
    unknownWhen: 'the zone is unknown',
    of: ({ rating }) => (rating.zone.known ? rating.zone.nearEdge : null),
  },
  military: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'The label is rated from or to a military post office (APO, FPO, DPO), whose zones follow rules of their own.',
    unknownWhen: 'an end of the route is not stated and the other is none, or the parcel leaves the country',
    of: ({ rating }) => rating.ends.military,
  },
  pacific: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The label is rated from or to the Pacific area 969, which holds places of two zones.',
    unknownWhen: 'an end of the route is not stated and the other is not in it, or the parcel leaves the country',
    of: ({ rating }) => rating.ends.pacific,
  },
  miles: {
    type: 'double',
    unit: 'miles',
    meaning: 'Great-circle miles between the reference points of the two 3-digit areas.',
    unknownWhen: 'the zone is unknown',
    of: ({ rating }) => (rating.zone.known ? rating.zone.miles : null),
  },
  origin_zip: {
    type: 'string',
    unit: 'zip',
    meaning: 'The origin the label is rated from: the rated origin, else the origin.',
    unknownWhen: 'neither is stated',
    of: ({ label }) => originZip(label),
  },
  destination_zip: {
    type: 'string',
    unit: 'zip',
    meaning: 'The destination the label is rated to: of the label, else of the number behind 420.',
    unknownWhen: 'neither is stated',
    of: ({ label }) => destinationZip(label),
  },
  origin_zip3: {
    type: 'string',
    unit: 'zip',
    meaning: 'The first three digits of that origin.',
    unknownWhen: 'no origin is stated',
    of: ({ label }) => originZip(label)?.slice(0, 3),
  },
  destination_zip3: {
    type: 'string',
    unit: 'zip',
    meaning: 'The first three digits of that destination.',
    unknownWhen: 'no destination is stated',
    of: ({ label }) => destinationZip(label)?.slice(0, 3),
  },
  days_from_chart_change: {
    type: 'double',
    unit: 'days',
    meaning:
      'Days between the mailing day and the nearest known change of the published zone charts, before or after it.',
    unknownWhen: 'no change is on file',
    of: daysFromChartChange,
  },
});

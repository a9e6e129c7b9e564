/** Facts about how a vendor prices and weighs, over the labels of late. */
import { type Fact, factsOf } from './fact.ts';
import type { VendorInput } from './vendor-input.ts';

const none = 'the vendor sold no outbound label that stands';
const tooFew = `too few labels of the vendor were sold by weight for sure, at a published price`;
const noPrice = 'no label of the vendor was sold by weight for sure, at a published price';
const noLike = 'no label of the vendor has a published or agreed price of its like';

const OF_LATE = 'of the 28 days up to its latest label, or of 92 where those hold too few';

export const vendorPriceFacts: Fact<VendorInput>[] = factsOf<VendorInput>('vendor', {
  weight_priced_labels: {
    type: 'double',
    unit: 'count',
    meaning: `The vendor's outbound labels ${OF_LATE} that were sold by weight and zone for sure, and have a published price.`,
    unknownWhen: tooFew,
    of: ({ weightPrices }) => weightPrices?.labels,
  },
  unsure_priced_labels: {
    type: 'double',
    unit: 'count',
    meaning:
      'Those of the last 92 days of which nobody can tell whether they were sold by weight, by volume or at a flat rate, or which have no published price.',
    unknownWhen: none,
    of: ({ priceGaps }) => priceGaps?.unsure,
  },
  weight_price_days: {
    type: 'double',
    unit: 'days',
    meaning: 'The days up to the latest label over which labels sold by weight are looked at: 28 or 92.',
    unknownWhen: none,
    of: ({ weightPrices }) => weightPrices?.days,
  },
  weight_priced_zones: {
    type: 'double',
    unit: 'count',
    meaning: 'The zones those labels went to.',
    unknownWhen: none,
    of: ({ weightPrices }) => weightPrices?.zones,
  },
  weight_priced_cells: {
    type: 'double',
    unit: 'count',
    meaning: 'The steps of weight they are in, by service; steps that are published at one price in the zone are one.',
    unknownWhen: none,
    of: ({ weightPrices }) => weightPrices?.cells,
  },
  expected_variation: {
    type: 'double',
    unit: 'share',
    meaning: 'How their published prices vary: the standard deviation as a share of the mean.',
    unknownWhen: noPrice,
    of: ({ weightPrices }) => weightPrices?.expectedVariation,
  },
  expected_spread: {
    type: 'double',
    unit: 'ratio',
    meaning:
      'The published price that nine of ten of them do not exceed, as a multiple of that which one of ten does not.',
    unknownWhen: noPrice,
    of: ({ weightPrices }) => weightPrices?.expectedSpread,
  },
  price_correlation: {
    type: 'double',
    unit: 'ratio',
    meaning:
      "Spearman's rank correlation of what was charged with what is published, -1 to 1; 0 where every label costs the same.",
    unknownWhen: 'no label was sold by weight for sure, or all of them are published at one price',
    of: ({ weightPrices }) => weightPrices?.correlation,
  },
  commonest_price_mills: {
    type: 'double',
    unit: 'mills',
    currency: 'USD',
    meaning: 'What most of them were charged.',
    unknownWhen: noPrice,
    of: ({ weightPrices }) => weightPrices?.commonestMills,
  },
  commonest_price_labels: {
    type: 'double',
    unit: 'count',
    meaning: 'How many of them were charged that.',
    unknownWhen: none,
    of: ({ weightPrices }) => weightPrices?.commonestLabels,
  },
  compared_labels: {
    type: 'double',
    unit: 'count',
    meaning: `The vendor's outbound labels ${OF_LATE} whose like has a price: by the contract where one covers it, else the published commercial one, of the cheapest way it may have been sold.`,
    unknownWhen: noLike,
    of: ({ discounts }) => discounts?.labels,
  },
  incomparable_labels: {
    type: 'double',
    unit: 'count',
    meaning: 'Those of the last 92 days that are not free and go to domestic places, and whose like has no such price.',
    unknownWhen: none,
    of: ({ priceGaps }) => priceGaps?.incomparable,
  },
  discount_days: {
    type: 'double',
    unit: 'days',
    meaning: 'The days up to the latest label over which prices are compared: 28 or 92.',
    unknownWhen: none,
    of: ({ discounts }) => discounts?.days,
  },
  median_discount: {
    type: 'double',
    unit: 'share',
    meaning: 'Half of those labels were charged at least so far under the price of their like; negative = over it.',
    unknownWhen: noLike,
    of: ({ discounts }) => discounts?.median,
  },
  discount_of_three_quarters: {
    type: 'double',
    unit: 'share',
    meaning: 'Three of four of them were charged at least so far under it.',
    unknownWhen: noLike,
    of: ({ discounts }) => discounts?.ofThreeQuarters,
  },
  specified_labels: {
    type: 'double',
    unit: 'count',
    meaning: `The vendor's outbound labels ${OF_LATE} whose published price goes by weight.`,
    unknownWhen: 'too few labels of the vendor have a published price that goes by weight',
    of: ({ weightSpecs }) => weightSpecs?.labels,
  },
  spec_days: {
    type: 'double',
    unit: 'days',
    meaning: 'The days up to the latest label over which weights are looked at: 28 or 92.',
    unknownWhen: none,
    of: ({ weightSpecs }) => weightSpecs?.days,
  },
  lowest_cell_labels: {
    type: 'double',
    unit: 'count',
    meaning: 'Those of them that are in the cheapest step of weight of their service.',
    unknownWhen: none,
    of: ({ weightSpecs }) => weightSpecs?.lowest,
  },
  lowest_cell_weighed: {
    type: 'double',
    unit: 'count',
    meaning: 'Those of these that were on our own scale.',
    unknownWhen: 'too few of the labels in the cheapest step were on our own scale',
    of: ({ weightSpecs }) => weightSpecs?.weighed,
  },
  lowest_cell_heavier: {
    type: 'double',
    unit: 'count',
    meaning: 'Those of these that weigh more on it than the cheapest step takes.',
    unknownWhen: none,
    of: ({ weightSpecs }) => weightSpecs?.heavier,
  },
});

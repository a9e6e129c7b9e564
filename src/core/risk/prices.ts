/** How a vendor prices: whether what he charges follows what is published, and how far under it he sells. */
import { type Counted, commonest, median, percentile, rankCorrelation, totalCases, variation } from './statistics.ts';
import { type Dated, lookBack } from './window.ts';

/** So many labels sold by weight are wanted before a month is enough. */
const ENOUGH_BY_WEIGHT = 50;
/** So many labels with a published like. */
const ENOUGH_COMPARED = 30;

/** Labels sold by weight and zone at one price, whose published price is one. In mills of USD. */
export interface WeightPriceGroup extends Dated {
  zone: number;
  service: string;
  /** See core/rating/weight-cell.ts. */
  cell: number;
  chargedMills: number;
  expectedMills: number;
}

/** What the labels of a vendor that were sold by weight show. */
export interface WeightPrices {
  days: number;
  labels: number;
  zones: number;
  /** Steps of weight that differ in price, of each service by itself. */
  cells: number;
  /** How well the charges rise with the published prices; 0 where every label costs the same; null where those do not vary. */
  correlation: number | null;
  commonestMills: number | null;
  commonestLabels: number;
  /** Coefficient of variation of the published prices. */
  expectedVariation: number | null;
  /** Their 90th percentile as a multiple of the 10th. */
  expectedSpread: number | null;
}

/** Sums up what was sold by weight; of none, what nothing shows. */
export function weightPricesOf(all: readonly WeightPriceGroup[]): WeightPrices {
  const { groups, days } = lookBack(all, ENOUGH_BY_WEIGHT);
  const charged = groups.map(({ chargedMills, cases }): Counted => ({ value: chargedMills, cases }));
  const expected = groups.map(({ expectedMills, cases }): Counted => ({ value: expectedMills, cases }));
  const most = commonest(charged);
  const [low, high] = [percentile(expected, 0.1), percentile(expected, 0.9)];
  return {
    days,
    labels: totalCases(groups),
    zones: new Set(groups.map(({ zone }) => zone)).size,
    cells: new Set(groups.map(({ service, cell }) => `${service} ${cell}`)).size,
    correlation: correlationOf(groups),
    commonestMills: most?.value ?? null,
    commonestLabels: most?.cases ?? 0,
    expectedVariation: variation(expected),
    expectedSpread: low !== null && high !== null && low > 0 ? high / low : null,
  };
}

function correlationOf(groups: readonly WeightPriceGroup[]): number | null {
  const published = new Set(groups.map(({ expectedMills }) => expectedMills));
  if (published.size < 2) return null;
  return (
    rankCorrelation(
      groups.map(({ expectedMills, chargedMills, cases }) => ({ x: expectedMills, y: chargedMills, cases })),
    ) ?? 0
  );
}

/** Labels that were sold so far under what their like is published at, as a share of it; negative = over it. */
export interface DiscountGroup extends Dated {
  discount: number;
}

/** How far under published prices a vendor sells. */
export interface Discounts {
  days: number;
  labels: number;
  /** Null without a label to compare. */
  median: number | null;
  /** Three labels of four are sold at least so far under. */
  ofThreeQuarters: number | null;
}

/** What a charge lies under the published price of its like, as a share of that. */
export function discountOf({ chargedMills, publishedMills }: { chargedMills: number; publishedMills: number }): number {
  return 1 - chargedMills / publishedMills;
}

/** Sums up the discounts of a vendor. */
export function discountsOf(all: readonly DiscountGroup[]): Discounts {
  const { groups, days } = lookBack(all, ENOUGH_COMPARED);
  const discounts = groups.map(({ discount, cases }): Counted => ({ value: discount, cases }));
  return {
    days,
    labels: totalCases(groups),
    median: median(discounts),
    ofThreeQuarters: percentile(discounts, 0.25),
  };
}

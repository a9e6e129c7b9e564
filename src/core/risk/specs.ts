/** Whether a vendor writes the lowest weight on his labels whatever the parcel weighs. */
import { totalCases } from './statistics.ts';
import { type Dated, lookBack, within } from './window.ts';

/** So many weighed labels are wanted before a month is enough. */
const ENOUGH_WEIGHED = 30;

/** Labels with a price by weight, by whether they are in the cheapest step, and whether our scale says more than that. */
export interface SpecGroup extends Dated {
  lowest: boolean;
  /** Null = not on our scale. */
  heavier: boolean | null;
}

export interface WeightSpecs {
  days: number;
  labels: number;
  /** Those in the cheapest step of their service. */
  lowest: number;
  /** Those of them that were on our scale. */
  weighed: number;
  /** Those of these that weigh more than the cheapest step. */
  heavier: number;
}

/** Sums up the weights of a vendor's labels. */
export function weightSpecsOf(all: readonly SpecGroup[]): WeightSpecs {
  const isWeighed = ({ lowest, heavier }: SpecGroup): boolean => lowest && heavier !== null;
  const { days } = lookBack(all.filter(isWeighed), ENOUGH_WEIGHED);
  const groups = within(all, days);
  const lowest = groups.filter((group) => group.lowest);
  return {
    days,
    labels: totalCases(groups),
    lowest: totalCases(lowest),
    weighed: totalCases(lowest.filter(isWeighed)),
    heavier: totalCases(lowest.filter(({ heavier }) => heavier === true)),
  };
}

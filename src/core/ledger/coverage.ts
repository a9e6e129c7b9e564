/** For which days a vendor's invoices speak, and what another set of their periods changes. */
import { type Day, addDays } from '../units/day.ts';
import type { Period, VendorCoverage } from './charge.ts';

/**
 * The periods in order, each once. They are not joined, not even where they overlap: a label waits for the invoices of its own
 * day, and would wait for ever if each invoice made its period longer.
 */
export function distinctPeriods(periods: readonly Period[]): Period[] {
  const distinct = new Map(periods.map(({ from, to }) => [`${from}/${to}`, { from, to }]));
  return [...distinct.values()].toSorted((a, b) => compare(a.from, b.from) || compare(a.to, b.to));
}

/** A label of the last days of a period may stand on the invoice that follows: rules look on so many days at most. */
const EDGE_REACH_DAYS = 7;

/** What is different about a vendor's coverage, as far as an answer may depend on it. */
export interface CoverageChange {
  vendor: string;
  /** The days of labels for which a period is there now or was there before, but not both: its own one, or the one that follows. */
  periods: Period[];
  /** His invoices have lines in other currencies than before, or the first ones at all. */
  currencies: boolean;
}

/** The vendors whose coverage differs, in order of their names. A vendor that is in one of the two only had or has none. */
export function coverageChanges(
  before: ReadonlyMap<string, VendorCoverage>,
  after: ReadonlyMap<string, VendorCoverage>,
): CoverageChange[] {
  const vendors = [...new Set([...before.keys(), ...after.keys()])].toSorted(compare);
  return vendors.flatMap((vendor): CoverageChange[] => {
    const old = before.get(vendor) ?? NOTHING_COVERED;
    const now = after.get(vendor) ?? NOTHING_COVERED;
    const changed = [...without(old.invoiced, now.invoiced), ...without(now.invoiced, old.invoiced)];
    const periods = changed.map(({ from, to }) => ({ from: addDays(from, -EDGE_REACH_DAYS), to }));
    const currencies = old.currencies.join() !== now.currencies.join();
    const sold = without(old.sold, now.sold).length > 0 || without(now.sold, old.sold).length > 0;
    return periods.length > 0 || currencies || sold ? [{ vendor, periods, currencies }] : [];
  });
}

/** Of a vendor nobody gave a file of. */
export const NOTHING_COVERED: VendorCoverage = { invoiced: [], currencies: [], sold: [] };

function without(periods: readonly Period[], others: readonly Period[]): Period[] {
  return periods.filter(({ from, to }) => !others.some((other) => other.from === from && other.to === to));
}

function compare(a: Day, b: Day): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** For which days a vendor's invoices speak: periods put together, and what another set of them changes. */
import { type Day, addDays } from '../units/day.ts';
import type { Period, VendorCoverage } from './charge.ts';

/** The periods in order, each day once: those that overlap or follow upon each other are one. */
export function joinPeriods(periods: readonly Period[]): Period[] {
  const joined: Period[] = [];
  for (const { from, to } of periods.toSorted((a, b) => compare(a.from, b.from))) {
    const last = joined.at(-1);
    if (last === undefined || from > addDays(last.to, 1)) joined.push({ from, to });
    else if (to > last.to) last.to = to;
  }
  return joined;
}

/** What is different about a vendor's coverage, as far as an answer may depend on it. */
export interface CoverageChange {
  vendor: string;
  /** Periods that are there now or were there before, but not both: the end of a label's period matters, not only its being in one. */
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
    const periods = [...without(old.invoiced, now.invoiced), ...without(now.invoiced, old.invoiced)];
    const currencies = old.currencies.join() !== now.currencies.join();
    const sold = old.sold?.from !== now.sold?.from || old.sold?.to !== now.sold?.to;
    return periods.length > 0 || currencies || sold ? [{ vendor, periods, currencies }] : [];
  });
}

/** Of a vendor nobody gave a file of. */
export const NOTHING_COVERED: VendorCoverage = { invoiced: [], currencies: [], sold: null };

function without(periods: readonly Period[], others: readonly Period[]): Period[] {
  return periods.filter(({ from, to }) => !others.some((other) => other.from === from && other.to === to));
}

function compare(a: Day, b: Day): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Where a day lies in the time for which a vendor's invoices and label files were given. */
import type { Period, VendorCoverage } from '../ledger/charge.ts';
import { type Day, type Instant, addDays, dayOf, daysBetween } from '../units/day.ts';

/** The period of a vendor's invoices that the day lies in, of several the one that ends last; null = none covers it. */
export function invoicedPeriod(day: Day, { invoiced }: VendorCoverage): Period | null {
  let last: Period | null = null;
  for (const period of invoiced) {
    if (period.from <= day && day <= period.to && (last === null || period.to > last.to)) last = period;
  }
  return last;
}

/** The period that follows on that one without a gap; null = none does, or none covers the day. */
export function followingPeriod(day: Day, coverage: VendorCoverage): Period | null {
  const own = invoicedPeriod(day, coverage);
  return own && invoicedPeriod(addDays(own.to, 1), coverage);
}

/** Whole days from a day to the day of the audit in UTC; negative when it is still to come. */
export function daysUntil(asOf: Instant, day: Day): number {
  return daysBetween(day, dayOf(asOf));
}

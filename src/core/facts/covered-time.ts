/** Where a day lies in the time for which a vendor's invoices and label files were given. */
import type { Period, VendorCoverage } from '../ledger/charge.ts';
import { type Day, type Instant, dayOf, daysBetween } from '../units/day.ts';

/** The period of a vendor's invoices that the day lies in; null = none covers it. */
export function invoicedPeriod(day: Day, { invoiced }: VendorCoverage): Period | null {
  return invoiced.find(({ from, to }) => from <= day && day <= to) ?? null;
}

/** Whole days from a day to the day of the audit in UTC; negative when it is still to come. */
export function daysUntil(asOf: Instant, day: Day): number {
  return daysBetween(day, dayOf(asOf));
}

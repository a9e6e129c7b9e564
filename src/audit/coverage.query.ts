/** For which days the files of each vendor were given, as far as it is known by the clock of an audit. */
import type { QueryRunner } from 'typeorm';
import type { Period, VendorCoverage } from '../core/ledger/charge.ts';
import { NOTHING_COVERED, joinPeriods } from '../core/ledger/coverage.ts';
import { type Instant, formatInstant } from '../core/units/day.ts';
import { KNOWN_BY } from './context.query.ts';

/** The coverage of every vendor with a label or an invoice. */
export async function readCoverages(runner: QueryRunner, asOf: Instant): Promise<Map<string, VendorCoverage>> {
  const coverages = new Map<string, VendorCoverage>();
  for (const { vendor, from, to } of await readSold(runner, asOf)) {
    coverages.set(vendor, { ...NOTHING_COVERED, sold: { from, to } });
  }
  for (const [vendor, periods] of await readInvoiced(runner, asOf)) {
    const invoiced = joinPeriods(periods);
    const currencies = [...new Set(periods.flatMap((period) => period.currencies))].toSorted();
    coverages.set(vendor, { ...(coverages.get(vendor) ?? NOTHING_COVERED), invoiced, currencies });
  }
  return coverages;
}

async function readSold(runner: QueryRunner, asOf: Instant): Promise<(Period & { vendor: string })[]> {
  return runner.query(
    `SELECT l.vendor, min(l.purchased_day) AS "from", max(l.purchased_day) AS "to" FROM label l
      WHERE ${KNOWN_BY} GROUP BY l.vendor`,
    [formatInstant(asOf)],
  );
}

interface InvoicedPeriod extends Period {
  /** Of the lines about numbers on the invoice. */
  currencies: string[];
}

/** By vendor. An invoice of a later day than the audit's is not there yet; one without a day is not before its period has ended. */
async function readInvoiced(runner: QueryRunner, asOf: Instant): Promise<Map<string, InvoicedPeriod[]>> {
  const rows: (InvoicedPeriod & { vendor: string })[] = await runner.query(
    `WITH invoice AS (
       SELECT vendor, invoice_number, min(invoice_date) AS dated,
              array_agg(DISTINCT currency::text) FILTER (WHERE left(tracking_number, 1) <> '@') AS currencies
         FROM charge GROUP BY vendor, invoice_number),
     period AS (
       SELECT DISTINCT vendor, invoice_number, period_from AS "from", period_to AS "to" FROM charge
        WHERE period_from IS NOT NULL AND period_to IS NOT NULL)
     SELECT DISTINCT i.vendor, p."from", p."to", i.currencies
       FROM invoice i JOIN period p USING (vendor, invoice_number)
      WHERE i.currencies IS NOT NULL
        AND coalesce(i.dated, p."to")::timestamp AT TIME ZONE 'UTC' <= $1::timestamptz`,
    [formatInstant(asOf)],
  );
  const byVendor = new Map<string, InvoicedPeriod[]>();
  for (const { vendor, ...period } of rows) {
    const known = byVendor.get(vendor);
    if (known === undefined) byVendor.set(vendor, [period]);
    else known.push(period);
  }
  return byVendor;
}

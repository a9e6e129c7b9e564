/** For which days the files of each vendor were given, as far as it is known by the clock of an audit. */
import type { QueryRunner } from 'typeorm';
import type { Period, VendorCoverage } from '../core/ledger/charge.ts';
import { LABEL_CHARGE_TYPES } from '../core/ledger/component.ts';
import { NOTHING_COVERED, distinctPeriods } from '../core/ledger/coverage.ts';
import { type Instant, formatInstant } from '../core/units/day.ts';
import { KNOWN_BY } from './context.query.ts';

/** The coverage of every vendor with a label or an invoice. */
export async function readCoverages(runner: QueryRunner, asOf: Instant): Promise<Map<string, VendorCoverage>> {
  const coverages = new Map<string, VendorCoverage>();
  for (const { vendor, ...run } of await readSold(runner, asOf)) {
    const sold = [...(coverages.get(vendor)?.sold ?? []), run];
    coverages.set(vendor, { ...NOTHING_COVERED, sold });
  }
  for (const [vendor, periods] of await readInvoiced(runner, asOf)) {
    const invoiced = distinctPeriods(periods);
    const currencies = [...new Set(periods.flatMap((period) => period.currencies))].toSorted();
    coverages.set(vendor, { ...(coverages.get(vendor) ?? NOTHING_COVERED), invoiced, currencies });
  }
  return coverages;
}

/** Runs of days with a purchase, in order; days of one run are as far from its first as they have days of the vendor before them. */
async function readSold(runner: QueryRunner, asOf: Instant): Promise<(Period & { vendor: string })[]> {
  return runner.query(
    `WITH sold AS (SELECT l.vendor, l.purchased_day AS day FROM label l WHERE ${KNOWN_BY} GROUP BY 1, 2),
     placed AS (SELECT vendor, day, day - (row_number() OVER (PARTITION BY vendor ORDER BY day))::int AS run FROM sold)
     SELECT vendor, min(day) AS "from", max(day) AS "to" FROM placed GROUP BY vendor, run ORDER BY vendor, 2`,
    [formatInstant(asOf)],
  );
}

/** The same as `isLabelCharge`; $2 is `LABEL_CHARGE_TYPES`. */
const CHARGES_LABEL = `left(tracking_number, 1) <> '@' AND amount_mills > 0 AND charge_type = ANY ($2)`;

interface InvoicedPeriod extends Period {
  /** Of the charges for labels on the invoice. */
  currencies: string[];
}

/**
 * By vendor, the periods in which labels were charged (see `isLabelCharge`): credits and adjustments of a period show no label of it. A
 * charge without a period of its own is of those that its invoice states. An invoice of a later day than the audit's is not there yet; one
 * without a day is not before its period has ended.
 */
async function readInvoiced(runner: QueryRunner, asOf: Instant): Promise<Map<string, InvoicedPeriod[]>> {
  const rows: (InvoicedPeriod & { vendor: string })[] = await runner.query(
    `WITH told AS (
       SELECT vendor, invoice_number, period_from AS "from", period_to AS "to", currency::text AS currency,
              ${CHARGES_LABEL} AS charges_label, min(invoice_date) AS dated
         FROM charge GROUP BY 1, 2, 3, 4, 5, 6),
     period AS (
       SELECT vendor, invoice_number, "from", "to", array_agg(DISTINCT currency) FILTER (WHERE charges_label) AS currencies
         FROM told WHERE "from" IS NOT NULL AND "to" IS NOT NULL
        GROUP BY vendor, invoice_number, "from", "to"),
     invoice AS (
       SELECT vendor, invoice_number, min(dated) AS dated,
              array_agg(DISTINCT currency) FILTER (
                WHERE charges_label AND ("from" IS NULL OR "to" IS NULL)) AS currencies
         FROM told GROUP BY vendor, invoice_number)
     SELECT DISTINCT vendor, "from", "to", p.currencies || i.currencies AS currencies
       FROM period p JOIN invoice i USING (vendor, invoice_number)
      WHERE p.currencies || i.currencies IS NOT NULL
        AND coalesce(i.dated, "to")::timestamp AT TIME ZONE 'UTC' <= $1::timestamptz`,
    [formatInstant(asOf), LABEL_CHARGE_TYPES],
  );
  const byVendor = new Map<string, InvoicedPeriod[]>();
  for (const { vendor, ...period } of rows) {
    const known = byVendor.get(vendor);
    if (known === undefined) byVendor.set(vendor, [period]);
    else known.push(period);
  }
  return byVendor;
}

/** What rules about invoices need to know, gathered over all lines of each. */
import type { QueryRunner } from 'typeorm';
import type { InvoiceTold } from '../core/ledger/invoice.ts';
import { type Instant, formatInstant } from '../core/units/day.ts';

/** Every invoice that is not of a later day than the audit's, one row a currency, by vendor, number and currency. */
export async function readInvoices(runner: QueryRunner, asOf: Instant): Promise<InvoiceTold[]> {
  return runner.query(INVOICES, [formatInstant(asOf)]);
}

const IS_PARCEL = `left(c.tracking_number, 1) <> '@'`;
/** '' stands for no parcel. */
const PARCEL = `CASE WHEN ${IS_PARCEL} THEN c.tracking_number ELSE '' END`;
/** As the core has it (`totalOf`). */
const TOTAL = `CASE WHEN stated_mills = -mills THEN mills ELSE coalesce(stated_mills, mills) END`;

function hashed(texts: string): string {
  return `encode(sha256(convert_to(${texts}, 'UTF8')), 'hex')`;
}

/**
 * One pass over all lines adds up the invoices; lines are looked at again only where an invoice may be the same as another one
 * by what it adds up to or asks for, and under numbers that something was given back for. Of several equal lines so many are
 * given back as there are equal credits on other invoices.
 */
const INVOICES = `
  WITH added AS (
    SELECT vendor, invoice_number, currency, min(invoice_date) AS first_dated, min(period_from) AS period_from,
           max(period_to) AS period_to, count(*) AS lines,
           count(*) FILTER (WHERE left(tracking_number, 1) <> '@') AS numbered_lines, sum(amount_mills) AS mills,
           max(invoice_total_mills) AS stated_mills
      FROM charge GROUP BY vendor, invoice_number, currency),
  dated AS (SELECT *, min(first_dated) OVER (PARTITION BY vendor, invoice_number) AS dated FROM added),
  invoice AS (
    SELECT *, count(*) OVER (PARTITION BY vendor, currency, lines, numbered_lines, mills) > 1
           OR count(*) OVER (PARTITION BY vendor, currency, ${TOTAL}) > 1 AS may_repeat
      FROM dated WHERE dated IS NULL OR dated::timestamp AT TIME ZONE 'UTC' <= $1::timestamptz),
  contents AS (
    SELECT c.vendor, c.invoice_number, c.currency,
           ${hashed(`string_agg(
             jsonb_build_array(${PARCEL}, c.charge_type, c.charge_code, c.amount_mills, c.currency)::text, E'\n'
             ORDER BY ${PARCEL} COLLATE "C", c.charge_type COLLATE "C", c.charge_code COLLATE "C", c.amount_mills)`)} AS content,
           ${hashed(`string_agg(DISTINCT c.tracking_number COLLATE "C", E'\n' ORDER BY c.tracking_number COLLATE "C")
             FILTER (WHERE ${IS_PARCEL})`)} AS parcels
      FROM charge c JOIN invoice i USING (vendor, invoice_number, currency) WHERE i.may_repeat GROUP BY 1, 2, 3),
  opposed AS (
    SELECT c.* FROM charge c JOIN (SELECT DISTINCT tracking_number FROM charge WHERE amount_mills < 0) g
      USING (tracking_number) WHERE left(c.tracking_number, 1) <> '@'
    UNION ALL SELECT c.* FROM charge c WHERE c.tracking_number >= '@' AND c.tracking_number < 'A'),
  equal AS (
    SELECT c.vendor, c.invoice_number, c.currency, ${PARCEL} AS parcel, abs(c.amount_mills) AS mills,
           count(*) FILTER (WHERE c.amount_mills > 0) AS asked, count(*) FILTER (WHERE c.amount_mills < 0) AS given
      FROM opposed c JOIN invoice i USING (vendor, invoice_number, currency) GROUP BY 1, 2, 3, 4, 5),
  matched AS (
    SELECT vendor, invoice_number, currency,
           mills * least(asked, sum(given) OVER (PARTITION BY vendor, currency, parcel, mills) - given) AS mills
      FROM equal),
  credited AS (SELECT vendor, invoice_number, currency, sum(mills) AS mills FROM matched GROUP BY 1, 2, 3)
  SELECT vendor, invoice_number AS "invoiceNumber", currency, dated AS "invoiceDate", period_from AS "periodFrom",
         period_to AS "periodTo", lines, numbered_lines AS "numberedLines", i.mills::bigint AS "sumMills",
         stated_mills AS "statedTotalMills", coalesce(content, '#' || invoice_number) AS "contentKey",
         coalesce(parcels, '#' || invoice_number) AS "parcelsKey", coalesce(c.mills, 0)::bigint AS "creditedMills"
    FROM invoice i LEFT JOIN contents USING (vendor, invoice_number, currency)
    LEFT JOIN credited c USING (vendor, invoice_number, currency)
   ORDER BY vendor COLLATE "C", invoice_number COLLATE "C", currency COLLATE "C"`;

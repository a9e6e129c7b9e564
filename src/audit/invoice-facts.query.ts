/** What rules about invoices need to know, gathered over all lines of each. */
import type { QueryRunner } from 'typeorm';
import type { InvoiceTold } from '../core/ledger/invoice.ts';
import { type Instant, formatInstant } from '../core/units/day.ts';

/** Every invoice that is not of a later day than the audit's, one row a currency, by vendor, number and currency. */
export async function readInvoices(runner: QueryRunner, asOf: Instant): Promise<InvoiceTold[]> {
  return runner.query(INVOICES, [formatInstant(asOf)]);
}

/**
 * `known` are the lines of invoices that are there by now; '' stands for no parcel. Of several equal lines so many are given
 * back as there are equal credits on other invoices.
 */
const INVOICES = `
  WITH known AS (
    SELECT *, CASE WHEN left(tracking_number, 1) <> '@' THEN tracking_number ELSE '' END AS parcel
      FROM (SELECT *, min(invoice_date) OVER (PARTITION BY vendor, invoice_number) AS dated FROM charge) c
     WHERE dated IS NULL OR dated::timestamp AT TIME ZONE 'UTC' <= $1::timestamptz),
  same AS (
    SELECT vendor, invoice_number, currency, parcel, amount_mills, count(*) AS lines FROM known GROUP BY 1, 2, 3, 4, 5),
  matched AS (
    SELECT a.vendor, a.invoice_number, a.currency, a.amount_mills * least(min(a.lines), sum(g.lines)) AS mills
      FROM same a JOIN same g ON g.vendor = a.vendor AND g.currency = a.currency AND g.parcel = a.parcel
       AND g.amount_mills = -a.amount_mills AND g.invoice_number <> a.invoice_number
     WHERE a.amount_mills > 0 GROUP BY a.vendor, a.invoice_number, a.currency, a.parcel, a.amount_mills),
  credited AS (SELECT vendor, invoice_number, currency, sum(mills) AS mills FROM matched GROUP BY 1, 2, 3),
  invoice AS (
    SELECT vendor, invoice_number, currency, min(dated) AS dated, min(period_from) AS period_from,
           max(period_to) AS period_to, count(*) AS lines, count(*) FILTER (WHERE parcel <> '') AS numbered_lines,
           sum(amount_mills) AS mills, max(invoice_total_mills) AS stated_mills,
           encode(sha256(convert_to(string_agg(
             jsonb_build_array(parcel, charge_type, charge_code, amount_mills, currency)::text, E'\n'
             ORDER BY parcel COLLATE "C", charge_type COLLATE "C", charge_code COLLATE "C", amount_mills), 'UTF8')), 'hex')
             AS content
      FROM known GROUP BY vendor, invoice_number, currency)
  SELECT vendor, invoice_number AS "invoiceNumber", currency, dated AS "invoiceDate", period_from AS "periodFrom",
         period_to AS "periodTo", lines, numbered_lines AS "numberedLines", i.mills::bigint AS "sumMills",
         stated_mills AS "statedTotalMills", content AS "contentKey", coalesce(c.mills, 0)::bigint AS "creditedMills"
    FROM invoice i LEFT JOIN credited c USING (vendor, invoice_number, currency)
   ORDER BY vendor COLLATE "C", invoice_number COLLATE "C", currency COLLATE "C"`;

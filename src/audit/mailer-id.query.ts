/** Which mailer ids the numbers of each vendor have, and which label was the vendor's first under each. */
import type { QueryRunner } from 'typeorm';
import type { MailerIdUse } from '../core/finding/mailer-id.ts';
import { type Instant, formatInstant } from '../core/units/day.ts';
import { type ContextScope, KNOWN_BY, KNOWN_FROM } from './context.query.ts';

/** Digits and nothing else, of a length and beginning that can hold a mailer id: 95 has none, and 94 reads in two ways. */
const COMPLETE = `l.tracking_number ~ '^[0-9]+$' AND (octet_length(l.tracking_number) = 20
    OR octet_length(l.tracking_number) IN (22, 26, 30) AND l.tracking_number >= '91' AND l.tracking_number < '94')`;

/** Its place by the channel; null where it has not the length that the channel asks for. */
const MAILER_ID = `CASE
    WHEN octet_length(n.number) = 20 THEN substr(n.number, 3, 9)
    WHEN left(n.number, 2) = '91' THEN substr(n.number, 5, 9)
    WHEN left(n.number, 2) = '92' AND substr(n.number, 6, 1) = '9' THEN substr(n.number, 6, 9)
    WHEN left(n.number, 2) = '93' AND substr(n.number, 6, 1) <> '9' THEN substr(n.number, 6, 6) END`;

/**
 * Every label known by $1 of the vendors of the parcels $2 (null = of all), with its mailer id as core/barcode reads it (a test
 * holds the two together) or null. Check digits are left to the rule: a number that is wrong names its account all the same.
 * What is costly is computed once a label: hence the OFFSET, over which nothing is pulled up.
 */
const READ = `SELECT n.vendor, n.sale_key, n.number, n.at, ${MAILER_ID} AS mailer_id
   FROM (SELECT l.vendor, l.sale_key, l.tracking_number AS number, ${KNOWN_FROM} AS at
           FROM label l WHERE ${KNOWN_BY} AND ${COMPLETE}
            AND ($2::text[] IS NULL OR l.vendor IN (SELECT vendor FROM label WHERE tracking_number = ANY ($2::text[])))
         OFFSET 0) n`;

/**
 * One row a vendor and mailer id. Where a vendor has several, his labels are counted by the instants at which each of them
 * began: so the labels before it are known without sorting them all.
 */
export async function readMailerIds(runner: QueryRunner, asOf: Instant, scope: ContextScope): Promise<MailerIdUse[]> {
  const rows: {
    vendor: string;
    mailer_id: string;
    labels: number;
    before: number | null;
    number: string | null;
    sale_key: string | null;
  }[] = await runner.query(
    `WITH read AS MATERIALIZED (${READ}),
       used AS MATERIALIZED (
         SELECT vendor, mailer_id, count(*) AS labels, min(at) AS began
           FROM read WHERE mailer_id IS NOT NULL GROUP BY vendor, mailer_id),
       starts AS (
         SELECT vendor, array_agg(DISTINCT began ORDER BY began) AS instants FROM used
          GROUP BY vendor HAVING count(DISTINCT began) > 1),
       counted AS (
         SELECT r.vendor, width_bucket(r.at, s.instants) AS place, count(*) AS labels
           FROM read r JOIN starts s USING (vendor) WHERE r.mailer_id IS NOT NULL GROUP BY 1, 2),
       sums AS (
         SELECT vendor, place, (sum(labels) OVER (PARTITION BY vendor ORDER BY place))::bigint - labels AS before
           FROM counted),
       later AS (
         SELECT u.vendor, u.mailer_id, u.began, b.before
           FROM used u JOIN starts s USING (vendor)
           JOIN sums b ON b.vendor = u.vendor AND b.place = width_bucket(u.began, s.instants)
          WHERE b.before > 0),
       firsts AS (
         SELECT DISTINCT ON (r.vendor, r.mailer_id) r.vendor, r.mailer_id, f.before, r.number, r.sale_key
           FROM later f JOIN read r ON r.vendor = f.vendor AND r.mailer_id = f.mailer_id AND r.at = f.began
          ORDER BY r.vendor, r.mailer_id, r.number, r.sale_key)
     SELECT u.vendor, u.mailer_id, u.labels, f.before, f.number, f.sale_key
       FROM used u LEFT JOIN firsts f USING (vendor, mailer_id)`,
    [formatInstant(asOf), scope],
  );
  return rows.map(({ vendor, mailer_id: mailerId, labels, before, number, sale_key: saleKey }) => ({
    vendor,
    mailerId,
    labels,
    first:
      before === null || number === null || saleKey === null
        ? null
        : { trackingNumber: number, saleKey, labelsBefore: before },
  }));
}

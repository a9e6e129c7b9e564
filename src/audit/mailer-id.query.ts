/** Which mailer ids the numbers of each vendor have, and which label was the vendor's first under each. */
import type { QueryRunner } from 'typeorm';
import type { MailerIdUse } from '../core/finding/mailer-id.ts';
import { type Instant, formatInstant } from '../core/units/day.ts';
import { KNOWN_BY, KNOWN_FROM } from './context.query.ts';

/** No number of USPS is longer. Zeros put in front leave a check digit as it is. */
const LONGEST = 30;

/** Digits and nothing else, of a length and beginning that can hold a mailer id: 95 has none, and 94 reads in two ways. */
const COMPLETE = `l.tracking_number ~ '^[0-9]+$' AND (octet_length(l.tracking_number) = 20
    OR octet_length(l.tracking_number) IN (22, 26, ${LONGEST}) AND l.tracking_number >= '91' AND l.tracking_number < '94')`;

/** The digits as bytes: their codes are 48 more than they are worth, which over all 30 adds up to whole tens. */
const DIGITS = `convert_to(lpad(l.tracking_number, ${LONGEST}, '0'), 'UTF8')`;

const everySecondDigit = (from: 0 | 1): string =>
  Array.from({ length: LONGEST / 2 }, (_, index) => `get_byte(n.digits, ${2 * index + from})`).join(' + ');

/**
 * Whether the check digit is right: it makes threefold the digits at even places from the left and the others whole tens. Of
 * 20 digits it does so as printed, or with 91 in front, which adds 28.
 */
const CHECKED = `(3 * (${everySecondDigit(0)}) + ${everySecondDigit(1)}) % 10
    = ANY (CASE WHEN octet_length(n.number) = 20 THEN '{0,2}'::int[] ELSE '{0}'::int[] END)`;

/** Nothing but zeros up to the check digit, or where a spreadsheet puts them; the quick look comes first. */
const SPOILT = `(n.number LIKE '%00000' AND right(n.number, octet_length(n.number) - 15) ~ '^0+$'
    OR n.number LIKE '%00000_' AND n.number ~ (CASE WHEN octet_length(n.number) = 20 THEN '^..0+.$'
      WHEN left(n.number, 2) = '91' THEN '^....0+.$' ELSE '^.....0+.$' END))`;

/** Its place by the channel; null where it has not the length that the channel asks for. */
const MAILER_ID = `CASE
    WHEN octet_length(n.number) = 20 THEN substr(n.number, 3, 9)
    WHEN left(n.number, 2) = '91' THEN substr(n.number, 5, 9)
    WHEN left(n.number, 2) = '92' AND substr(n.number, 6, 1) = '9' THEN substr(n.number, 6, 9)
    WHEN left(n.number, 2) = '93' AND substr(n.number, 6, 1) <> '9' THEN substr(n.number, 6, 6) END`;

/**
 * Every label known by $1 whose number is right, with its mailer id as core/barcode reads it (a test holds the two together)
 * or null. What is costly is computed once a label: hence the OFFSET, over which nothing is pulled up.
 */
const READ = `SELECT n.vendor, n.sale_key, n.number, n.at, ${MAILER_ID} AS mailer_id
   FROM (SELECT l.vendor, l.sale_key, l.tracking_number AS number, ${KNOWN_FROM} AS at, ${DIGITS} AS digits
           FROM label l WHERE ${KNOWN_BY} AND ${COMPLETE} OFFSET 0) n
  WHERE ${CHECKED} AND NOT ${SPOILT}`;

/**
 * One row a vendor and mailer id. Where a vendor has several, his labels are counted by the instants at which each of them
 * began: so the labels before it are known without sorting them all.
 */
export async function readMailerIds(runner: QueryRunner, asOf: Instant): Promise<MailerIdUse[]> {
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
    [formatInstant(asOf)],
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

/**
 * What rules about vendors need to know, gathered in SQL over every label known by the clock of the audit. A new fact
 * about vendors is a query here, in the list of gatherers, and its entry in core/facts/vendor.ts.
 */
import type { QueryRunner } from 'typeorm';
import { type SavingChange, sumSavings } from '../core/finding/saving.ts';
import type { GatheredRow } from '../core/finding/vendor.ts';
import { type Day, type Instant, formatInstant } from '../core/units/day.ts';
import { KNOWN_BY } from './context.query.ts';

/** Reads one kind of figures, by vendor and week or over all its labels; runs after every label was judged. */
type Gatherer = (runner: QueryRunner, asOf: Instant) => Promise<GatheredRow[]>;

const GATHERERS: readonly Gatherer[] = [readPurchases, readSavings];

/** Everything that is gathered about vendors as of the instant. */
export async function gatherVendors(runner: QueryRunner, asOf: Instant): Promise<GatheredRow[]> {
  const rows: GatheredRow[] = [];
  for (const gather of GATHERERS) rows.push(...(await gather(runner, asOf)));
  return rows;
}

/** The Monday of a purchase's week. Not date_trunc, which goes by the time zone of the session. */
const WEEK = `(l.purchased_day - (extract(isodow FROM l.purchased_day)::int - 1))`;

/** Live outbound labels by week, and those of numbers with a published price. */
async function readPurchases(runner: QueryRunner, asOf: Instant): Promise<GatheredRow[]> {
  const rows: { vendor: string; week: Day; labels: number; rated: number }[] = await runner.query(
    `SELECT l.vendor, ${WEEK} AS week, count(*) AS labels, count(*) FILTER (WHERE d.rated > 0) AS rated
       FROM label l
       LEFT JOIN judged d USING (tracking_number)
      WHERE l.kind = 'outbound' AND ${KNOWN_BY}
        AND (l.status = 'purchased' OR least(l.voided_at, l.refunded_at) > $1::timestamptz)
      GROUP BY 1, 2`,
    [formatInstant(asOf)],
  );
  return rows.map(({ vendor, week, labels, rated }) => ({ vendor, week, gathered: { purchases: { labels, rated } } }));
}

/** What the last judgements left as savings. They are as of this audit: whatever was judged later is judged again first. */
async function readSavings(runner: QueryRunner): Promise<GatheredRow[]> {
  const rows: (SavingChange & { vendor: string; week: Day })[] = await runner.query(
    `SELECT vendor, week, service, packaging, to_service AS "toService", to_packaging AS "toPackaging", slower,
            count(*) AS labels, sum(saving_mills)::bigint AS "savingMills"
       FROM label_saving
      GROUP BY vendor, week, service, packaging, to_service, to_packaging, slower`,
  );
  const weeks = new Map<string, { vendor: string; week: Day; changes: SavingChange[] }>();
  for (const { vendor, week, ...change } of rows) {
    const key = `${vendor}\n${week}`;
    const known = weeks.get(key);
    if (known === undefined) weeks.set(key, { vendor, week, changes: [change] });
    else known.changes.push(change);
  }
  return [...weeks.values()].map(({ vendor, week, changes }) => ({
    vendor,
    week,
    gathered: { savings: sumSavings(changes) },
  }));
}

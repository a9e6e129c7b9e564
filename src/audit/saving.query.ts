/** How many labels each vendor sold in each week, and what cheaper services would have saved on them. */
import type { QueryRunner } from 'typeorm';
import { type SavingChange, sumSavings } from '../core/finding/saving.ts';
import type { GatheredRow } from '../core/finding/vendor.ts';
import { type Day, type Instant, formatInstant } from '../core/units/day.ts';
import { LIVE, WEEK } from './vendor-labels.query.ts';

interface VendorWeek {
  vendor: string;
  /** Its Monday. */
  week: Day;
}

/**
 * One row a vendor and week. Savings are told of where there are some, and as none where labels could be compared and none
 * would have cost less; where nothing could be compared they are left out.
 */
export async function gatherSavings(runner: QueryRunner, asOf: Instant): Promise<GatheredRow[]> {
  const sold = await readSold(runner, asOf);
  const changes = await readChanges(runner);
  const without = sold.filter((row) => !changes.has(keyOf(row)));
  for (const row of await readCompared(runner, without, asOf)) changes.set(keyOf(row), []);
  return sold.map(({ vendor, week, labels }) => {
    const found = changes.get(keyOf({ vendor, week }));
    const savings = found && { savings: sumSavings(found) };
    return { vendor, week, gathered: { purchases: { labels }, ...savings } };
  });
}

function keyOf({ vendor, week }: VendorWeek): string {
  return `${vendor}\n${week}`;
}

async function readSold(runner: QueryRunner, asOf: Instant): Promise<(VendorWeek & { labels: number })[]> {
  return runner.query(`SELECT l.vendor, ${WEEK} AS week, count(*) AS labels FROM label l WHERE ${LIVE} GROUP BY 1, 2`, [
    formatInstant(asOf),
  ]);
}

/** By vendor and week. They are as of this audit: what was judged as of a later clock has been judged again. */
async function readChanges(runner: QueryRunner): Promise<Map<string, SavingChange[]>> {
  const rows: (SavingChange & VendorWeek)[] = await runner.query(
    `SELECT vendor, week, service, packaging, to_service AS "toService", to_packaging AS "toPackaging", slower,
            count(*) AS labels, sum(saving_mills)::bigint AS "savingMills"
       FROM label_saving
      GROUP BY vendor, week, service, packaging, to_service, to_packaging, slower`,
  );
  const changes = new Map<string, SavingChange[]>();
  for (const { vendor, week, ...change } of rows) {
    const key = keyOf({ vendor, week });
    const known = changes.get(key);
    if (known === undefined) changes.set(key, [change]);
    else known.push(change);
  }
  return changes;
}

/** Those of the weeks in which at least one label has a published price. */
async function readCompared(
  runner: QueryRunner,
  weeks: readonly VendorWeek[],
  asOf: Instant,
): Promise<readonly VendorWeek[]> {
  if (weeks.length === 0) return [];
  const vendors = weeks.map(({ vendor }) => vendor);
  const mondays = weeks.map(({ week }) => week);
  return runner.query(
    `SELECT DISTINCT l.vendor, ${WEEK} AS week
       FROM unnest($2::text[], $3::date[]) AS asked(vendor, week)
       JOIN label l ON l.vendor = asked.vendor AND l.purchased_day BETWEEN asked.week AND asked.week + 6
       JOIN judged d USING (tracking_number)
      WHERE ${LIVE} AND d.rated > 0`,
    [formatInstant(asOf), vendors, mondays],
  );
}

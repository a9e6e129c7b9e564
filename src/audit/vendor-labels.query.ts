/** The labels that rules about vendors look at: which count, the week of each, and the time up to the vendor's latest. */
import type { QueryRunner } from 'typeorm';
import { LOOK_BACK } from '../core/risk/window.ts';
import { type Day, type Instant, formatInstant } from '../core/units/day.ts';
import { KNOWN_BY } from './context.query.ts';

/** The Monday of a purchase's week, counted from one long ago: date_trunc would go by the time zone of the session. */
export const WEEK = `(date '1970-01-05' + (l.purchased_day - date '1970-01-05') / 7 * 7)`;

/** Outbound labels known by the clock ($1). */
export const OUTBOUND = `l.kind = 'outbound' AND ${KNOWN_BY}`;

/** Those of them that were neither voided nor refunded by then. */
export const LIVE = `${OUTBOUND}
  AND (l.status = 'purchased' OR least(l.voided_at, l.refunded_at) > $1::timestamptz)`;

/** The day of each vendor's latest such label, as two lists beside each other; read once, for it asks every label. */
export interface LatestDays {
  vendors: readonly string[];
  days: readonly Day[];
}

/** Those days as of the instant. */
export async function readLatest(runner: QueryRunner, asOf: Instant): Promise<LatestDays> {
  const rows: { vendor: string; day: Day }[] = await runner.query(
    `SELECT l.vendor, max(l.purchased_day) AS day FROM label l WHERE ${LIVE} GROUP BY l.vendor ORDER BY l.vendor`,
    [formatInstant(asOf)],
  );
  return { vendors: rows.map(({ vendor }) => vendor), days: rows.map(({ day }) => day) };
}

/** What the labels of late are asked by: the clock ($1) and the latest days ($2 and $3). */
export interface OfLate {
  asOf: Instant;
  latest: LatestDays;
}

/** The first three values of a query about them. */
export function valuesOf({ asOf, latest }: OfLate): unknown[] {
  return [formatInstant(asOf), latest.vendors, latest.days];
}

/** The labels of the time each vendor is judged over, as `l`, and whether they lie in its recent days. */
export const OF_LATE = `label l
  JOIN unnest($2::text[], $3::date[]) AS latest(vendor, day)
    ON latest.vendor = l.vendor AND l.purchased_day > latest.day - ${LOOK_BACK.longDays}`;
export const RECENT = `l.purchased_day > latest.day - ${LOOK_BACK.recentDays}`;

/** A row about a vendor's labels. */
export type OfVendor<T> = T & { vendor: string };

/** The rows of each vendor, in their order. */
export function byVendor<T>(rows: readonly OfVendor<T>[]): Map<string, OfVendor<T>[]> {
  const groups = new Map<string, OfVendor<T>[]>();
  for (const row of rows) {
    const group = groups.get(row.vendor);
    if (group === undefined) groups.set(row.vendor, [row]);
    else group.push(row);
  }
  return groups;
}

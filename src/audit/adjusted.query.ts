/** What adjustments say over many labels: of which vendors less was claimed at the carrier, and what their rows said before. */
import type { PoolClient } from 'pg';
import type { QueryRunner } from 'typeorm';
import { claimedForLess } from '../core/finding/claimed-lower.ts';
import { labelSubject } from '../core/finding/judge.ts';
import type { EarlierSpecs } from '../core/ledger/assessed.ts';
import type { RateTables } from '../core/rating/tables.ts';
import { type Instant, formatInstant } from '../core/units/day.ts';
import { type ContextScope, KNOWN_BY } from './context.query.ts';
import { readNumbers } from './work.query.ts';

const STATES_CLAIM = '(a.claimed_weight_milli_oz IS NOT NULL OR a.claimed_zone IS NOT NULL)';

/** From when on an adjustment `a` can have been known, as core/ledger says; days begin in UTC. */
export const ADJUSTMENT_TOLD = `coalesce(a.notified_at, a.notified_day::timestamp AT TIME ZONE 'UTC', a.assessed_at,
  a.assessed_day::timestamp AT TIME ZONE 'UTC')`;

/** Whether a claimed weight is lighter than a stated one beyond rounding, as core/ledger's isLighter (a test holds the two together). */
const isLighter = (claimed: string, stated: string): string => `(${stated} > ceil(${claimed} / 1000.0) * 1000
  AND ${stated} <> ceil(${claimed} / 16000.0) * 16000)`;

/** So many parcels are read at once. */
const SLICE = 4_000;

/**
 * By vendor, the live labels that were claimed at the carrier for less postage than their rows state and ever stated. Which may be
 * is asked of the rows alone; whether they are, by the latest claim and its price, says core as it does of a single label.
 */
export async function readClaimedLower(
  runner: QueryRunner,
  asOf: Instant,
  { tables, scope }: { tables: RateTables; scope: ContextScope },
): Promise<Map<string, number>> {
  const rows: { number: string }[] = await runner.query(
    `SELECT DISTINCT l.tracking_number AS number
       FROM adjustment a JOIN label l USING (tracking_number)
      WHERE ${STATES_CLAIM} AND ${ADJUSTMENT_TOLD} <= $1::timestamptz AND ${KNOWN_BY}
        AND (l.status = 'purchased' OR least(l.voided_at, l.refunded_at) > $1::timestamptz)
        AND (${isLighter('a.claimed_weight_milli_oz', 'l.weight_milli_oz')} OR a.claimed_zone < l.zone)
        AND ($2::text[] IS NULL OR l.vendor IN (SELECT vendor FROM label WHERE tracking_number = ANY ($2::text[])))
      ORDER BY 1`,
    [formatInstant(asOf), scope],
  );
  const labels = new Map<string, number>();
  for (let from = 0; from < rows.length; from += SLICE) {
    const numbers = rows.slice(from, from + SLICE).map(({ number }) => number);
    const earlierSpecs = await readEarlierSpecs(runner, numbers);
    const client = (await runner.connect()) as PoolClient;
    for await (const parcels of readNumbers(client, numbers)) {
      for (const { vendor } of parcels.flatMap((parcel) => claimedForLess(parcel, { asOf, tables, earlierSpecs }))) {
        labels.set(vendor, (labels.get(vendor) ?? 0) + 1);
      }
    }
  }
  return labels;
}

/** What the rows of labels with a claim on file said before they were corrected, by `labelSubject`. */
export async function readEarlierSpecs(runner: QueryRunner, scope: ContextScope): Promise<Map<string, EarlierSpecs[]>> {
  const rows: (EarlierSpecs & { trackingNumber: string; vendor: string; saleKey: string })[] = await runner.query(
    `SELECT h.tracking_number AS "trackingNumber", h.vendor, h.sale_key AS "saleKey",
            (h.label ->> 'weight_milli_oz')::integer AS "weightMilliOz", (h.label ->> 'zone')::integer AS zone
       FROM label_history h
      WHERE h.tracking_number IN (SELECT a.tracking_number FROM adjustment a WHERE ${STATES_CLAIM})
        AND ($1::text[] IS NULL OR h.tracking_number = ANY ($1::text[]))
      ORDER BY h.tracking_number, h.vendor, h.sale_key, h.replaced_by, h.sequence`,
    [scope],
  );
  const earlier = new Map<string, EarlierSpecs[]>();
  for (const { weightMilliOz, zone, ...purchase } of rows) {
    const key = labelSubject(purchase);
    const known = earlier.get(key);
    if (known) known.push({ weightMilliOz, zone });
    else earlier.set(key, [{ weightMilliOz, zone }]);
  }
  return earlier;
}

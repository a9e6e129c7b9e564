/** What adjustments say over many labels: of which vendors less was claimed at the carrier, and what their rows said before. */
import type { QueryRunner } from 'typeorm';
import { labelSubject } from '../core/finding/judge.ts';
import type { EarlierSpecs } from '../core/ledger/assessed.ts';
import { type Instant, formatInstant } from '../core/units/day.ts';
import { type ContextScope, KNOWN_BY } from './context.query.ts';

const STATES_CLAIM = '(a.claimed_weight_milli_oz IS NOT NULL OR a.claimed_zone IS NOT NULL)';

/** From when on an adjustment `a` can have been known, as core/ledger says; days begin in UTC. */
export const ADJUSTMENT_TOLD = `coalesce(a.notified_at, a.notified_day::timestamp AT TIME ZONE 'UTC', a.assessed_at,
  a.assessed_day::timestamp AT TIME ZONE 'UTC')`;

/** Whether a claimed weight is lighter than a stated one beyond rounding, as core/ledger's isLighter (a test holds the two together). */
const isLighter = (claimed: string, stated: string): string => `(${stated} > ceil(${claimed} / 1000.0) * 1000
  AND ${stated} <> ceil(${claimed} / 16000.0) * 16000)`;

/** Priced by the piece or by its volume, whatever it weighs. */
const BY_WEIGHT = `coalesce(l.rate_type, 'weight') IN ('weight', 'contract')
  AND coalesce(l.packaging, 'package') IN ('package', 'soft_pack', 'letter', 'flat')`;

/** By vendor, the live labels of which less weight or a nearer zone was claimed than their rows state and ever stated. */
export async function readClaimedLower(
  runner: QueryRunner,
  asOf: Instant,
  scope: ContextScope,
): Promise<Map<string, number>> {
  const rows: { vendor: string; labels: number }[] = await runner.query(
    `SELECT l.vendor, count(DISTINCT (l.tracking_number, l.sale_key)) AS labels
       FROM adjustment a JOIN label l USING (tracking_number)
      WHERE ${STATES_CLAIM} AND ${ADJUSTMENT_TOLD} <= $1::timestamptz AND ${KNOWN_BY} AND ${BY_WEIGHT}
        AND l.purchased_day <= a.assessed_day + 1
        AND (l.vendor = a.vendor OR NOT EXISTS (
              SELECT FROM label s WHERE s.tracking_number = l.tracking_number AND s.vendor = a.vendor))
        AND (l.status = 'purchased' OR least(l.voided_at, l.refunded_at) > $1::timestamptz)
        AND (${isLighter('a.claimed_weight_milli_oz', 'l.weight_milli_oz')} AND NOT ${everStated(
          'weight_milli_oz',
          (stated) => isLighter('a.claimed_weight_milli_oz', stated),
        )}
          OR a.claimed_zone < l.zone AND NOT ${everStated('zone', (stated) => `a.claimed_zone < ${stated}`)})
        AND ($2::text[] IS NULL OR l.vendor IN (SELECT vendor FROM label WHERE tracking_number = ANY ($2::text[])))
      GROUP BY l.vendor`,
    [formatInstant(asOf), scope],
  );
  return new Map(rows.map((row) => [row.vendor, row.labels]));
}

/** Whether an earlier version of the row stated a value that the claim is not below. */
function everStated(column: string, isBelow: (stated: string) => string): string {
  const stated = `(h.label ->> '${column}')::integer`;
  return `EXISTS (SELECT FROM label_history h
           WHERE h.tracking_number = l.tracking_number AND h.vendor = l.vendor AND h.sale_key = l.sale_key
             AND NOT ${isBelow(stated)})`;
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

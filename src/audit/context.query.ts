/** What the judging of one parcel needs to know about others: orders of several parcels, vendors, days of many holds. */
import type { QueryRunner } from 'typeorm';
import type { OrderContext } from '../core/facts/input.ts';
import { type OrderedLabel, surplusOf } from '../core/finding/order-surplus.ts';
import type { DailyCount } from '../core/risk/surge.ts';
import { type Day, type Instant, formatInstant } from '../core/units/day.ts';

/** One service's cheapest published cell, while that price is in force. */
export interface CheapestPrice {
  service: string;
  from: Day;
  to: Day;
  mills: number;
}

/** From when on a label is known: its purchase; of one without a time of day, the beginning of its day. */
export const KNOWN_FROM = `coalesce(l.purchased_at, l.purchased_day::timestamp at time zone 'UTC')`;

/** Whether a label is known by an instant. */
export const KNOWN_BY = `(${KNOWN_FROM} <= $1::timestamptz)`;

/** The parcels that are to be judged; null = all. What belongs to none of them is not read. */
export type ContextScope = readonly string[] | null;

/** Orders with more than one live parcel by `asOf`, or said to have more; an order of one parcel needs no sum. */
export async function readOrders(
  runner: QueryRunner,
  asOf: Instant,
  scope: ContextScope,
): Promise<Map<string, OrderContext>> {
  const rows: {
    order_id: string;
    parcels: number;
    declared: number | null;
    summable: boolean;
    customs: number | null;
    customs_currency: string | null;
    stated: number | null;
  }[] = await runner.query(
    `SELECT l.order_id, count(*) AS parcels, sum(l.declared_mills)::bigint AS declared,
            bool_and(l.declared_mills IS NOT NULL) AND count(DISTINCT l.currency) = 1 AS summable,
            sum(l.customs_mills)::bigint AS customs,
            CASE WHEN bool_and(l.customs_mills IS NOT NULL AND l.customs_currency IS NOT NULL)
                  AND min(l.customs_currency) = max(l.customs_currency) THEN min(l.customs_currency) END AS customs_currency,
            max(l.order_parcels) AS stated
       FROM label l
      WHERE l.order_id IS NOT NULL AND l.kind = 'outbound' AND ${KNOWN_BY}
        AND (l.status = 'purchased' OR least(l.voided_at, l.refunded_at) > $1::timestamptz)
        AND ($2::text[] IS NULL OR l.order_id IN (SELECT order_id FROM label WHERE tracking_number = ANY ($2::text[])))
      GROUP BY l.order_id
     HAVING count(*) > 1 OR max(l.order_parcels) > 1`,
    [formatInstant(asOf), scope],
  );
  const over = rows.filter(({ parcels, stated }) => stated !== null && parcels > stated);
  const surplus = await readSurplus(runner, asOf, new Map(over.map((row) => [row.order_id, row.stated ?? 0])));
  return new Map(
    rows.map((row) => [
      row.order_id,
      {
        parcels: row.parcels,
        declaredMills: row.summable ? row.declared : null,
        complete: row.parcels >= (row.stated ?? 0),
        customs:
          row.customs === null || row.customs_currency === null
            ? null
            : { mills: row.customs, currency: row.customs_currency },
        stated: row.stated,
        surplus: surplus.get(row.order_id) ?? NO_SURPLUS,
      },
    ]),
  );
}

/** What changes a label's part in its order, by the row alone. */
const ORDER_TIMES = [KNOWN_FROM, 'l.voided_at', 'l.refunded_at', 'l.refund_requested_at'];

/**
 * By order id, the first instant after `asOf` at which the rows that are there already say something else of the order: a label
 * is bought, voided or given back. Until then time alone changes nothing about it; what an import changes touches all its parcels.
 */
export async function readOrderChanges(
  runner: QueryRunner,
  asOf: Instant,
  scope: ContextScope,
): Promise<Map<string, Instant>> {
  const later = ORDER_TIMES.map((time) => `CASE WHEN ${time} > $1::timestamptz THEN ${time} END`).join(', ');
  const rows: { orderId: string; at: Instant }[] = await runner.query(
    `SELECT c.order_id AS "orderId", (extract(epoch from c.at) * 1000)::bigint AS at
       FROM (SELECT l.order_id, min(least(${later})) AS at FROM label l
              WHERE l.order_id IS NOT NULL AND l.kind = 'outbound' AND greatest(${ORDER_TIMES.join(', ')}) > $1::timestamptz
                AND ($2::text[] IS NULL OR l.order_id IN (SELECT order_id FROM label WHERE tracking_number = ANY ($2::text[])))
              GROUP BY l.order_id) c
      WHERE c.order_id IN (SELECT l.order_id FROM label l WHERE l.kind = 'outbound' AND ${KNOWN_BY})`,
    [formatInstant(asOf), scope],
  );
  return new Map(rows.map(({ orderId, at }) => [orderId, at]));
}

const NO_SURPLUS: OrderContext['surplus'] = new Map();

/** Of orders that have more live labels than parcels, by order id, the labels beyond their number. */
async function readSurplus(
  runner: QueryRunner,
  asOf: Instant,
  stated: ReadonlyMap<string, number>,
): Promise<Map<string, OrderContext['surplus']>> {
  if (stated.size === 0) return new Map();
  const rows: (OrderedLabel & { orderId: string })[] = await runner.query(
    `SELECT l.order_id AS "orderId", l.tracking_number AS "trackingNumber",
            to_char(l.purchased_day, 'YYYY-MM-DD') AS "purchasedDay",
            (extract(epoch from l.purchased_at) * 1000)::bigint AS "purchasedAt",
            least((j.digest->>'returnedAt')::bigint, (j.digest->'delivered'->>'at')::bigint,
                  (j.digest->'notice'->>'at')::bigint, (j.digest->>'firstHoldAt')::bigint,
                  (j.digest->'seized'->>'at')::bigint) AS "endedAt"
       FROM label l LEFT JOIN journey j USING (tracking_number)
      WHERE l.order_id = ANY ($2::text[]) AND l.kind = 'outbound' AND ${KNOWN_BY}
        AND (l.status = 'purchased' OR least(l.voided_at, l.refunded_at) > $1::timestamptz)
        AND (l.refund_requested_at IS NULL OR l.refund_requested_at > $1::timestamptz)`,
    [formatInstant(asOf), [...stated.keys()]],
  );
  const byOrder = new Map<string, OrderedLabel[]>();
  for (const { orderId, ...label } of rows) {
    const labels = byOrder.get(orderId);
    if (labels) labels.push(label);
    else byOrder.set(orderId, [label]);
  }
  return new Map([...byOrder].map(([orderId, labels]) => [orderId, surplusOf(labels, stated.get(orderId) ?? 0)]));
}

/** By vendor, the labels whose postage part is under half of their service's cheapest published cell. */
export async function readLabelsUnderHalf(
  runner: QueryRunner,
  asOf: Instant,
  { cheapest, scope }: { cheapest: readonly CheapestPrice[]; scope: ContextScope },
): Promise<Map<string, number>> {
  if (cheapest.length === 0) return new Map();
  const rows: { vendor: string; labels: number }[] = await runner.query(
    `SELECT l.vendor, count(*) AS labels
       FROM label l
       JOIN jsonb_to_recordset($2::jsonb) AS h(service text, "from" date, "to" date, mills bigint)
         ON h.service = l.service AND l.purchased_day BETWEEN h."from" AND h."to"
      WHERE ${KNOWN_BY} AND l.currency = 'USD' AND l.kind = 'outbound' AND l.charged_mills > 0
        AND 2 * coalesce(nullif(l.postage_mills, 0), l.charged_mills - coalesce(l.surcharges_mills, 0)
              - coalesce(l.insurance_fee_mills, 0) - coalesce(l.other_fees_mills, 0)) < h.mills
        AND ($3::text[] IS NULL OR l.vendor IN (SELECT vendor FROM label WHERE tracking_number = ANY ($3::text[])))
      GROUP BY l.vendor`,
    [formatInstant(asOf), JSON.stringify(cheapest), scope],
  );
  return new Map(rows.map((row) => [row.vendor, row.labels]));
}

/** Parcels held for postage, by vendor and UTC day of the hold that stands (else of the first one), up to `asOf`. */
export async function readHolds(runner: QueryRunner, asOf: Instant): Promise<DailyCount[]> {
  return runner.query(
    `SELECT l.vendor, to_char(h.at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day,
            count(DISTINCT l.tracking_number)::int AS count
       FROM (SELECT tracking_number, to_timestamp(coalesce(digest->'hold'->>'at', digest->>'firstHoldAt')::bigint / 1000.0) AS at
               FROM journey WHERE alarming AND digest->>'firstHoldAt' IS NOT NULL) h
       JOIN label l USING (tracking_number)
      WHERE h.at <= $1::timestamptz AND ${KNOWN_BY}
      GROUP BY 1, 2 ORDER BY 1, 2`,
    [formatInstant(asOf)],
  );
}

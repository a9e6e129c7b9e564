/** The SQL of labels that are still here or on their way, read-only. */
import type { EntityManager } from 'typeorm';
import type { OutstandingCounts, OutstandingScope, StoppableLabel, TransitLabel } from './outstanding.ts';

/** What the carrier or a partner of it has had in hand: a parcel it stopped it has, too. */
const WITH_CARRIER = `coalesce(j.digest->>'firstScan', j.digest->>'inductedAt', j.digest->>'delivered',
  j.digest->>'returnedAt', j.digest->>'notice', j.digest->>'firstHoldAt', j.digest->>'seized') IS NOT NULL`;

/** Milliseconds of the earliest instant that can be of this label; a day before its purchase, as some sources state no zone. */
const USABLE_FROM = `extract(epoch FROM coalesce(l.purchased_at, l.purchased_day::timestamp AT TIME ZONE 'UTC')
  - interval '1 day') * 1000`;

/** When a parcel under the number was last in hand. */
const LAST_IN_HAND = `coalesce((j.digest->'lastScan'->>'at')::float8, greatest((j.digest->>'inductedAt')::float8,
  (j.digest->'delivered'->>'at')::float8, (j.digest->>'returnedAt')::float8, (j.digest->'notice'->>'at')::float8,
  (j.digest->>'firstHoldAt')::float8, (j.digest->'seized'->>'at')::float8))`;

/** A number may have been used before: that its earlier parcel is gone says nothing of this one. */
const ARRIVED = `coalesce(greatest((j.digest->'delivered'->>'at')::float8, (j.digest->>'returnedAt')::float8)
  >= ${USABLE_FROM}, false)`;

/**
 * $1 vendors, $2 day from which bought, $3 now: what was bought later is not looked at, while what tracking has shown since
 * counts, for a label that has left is not to be stopped. A journey that ended before the purchase is an earlier label's, and none of
 * this one's; one with nothing in hand is kept, as it shows that a source was asked.
 */
const OUTSTANDING = `FROM label l LEFT JOIN journey j ON j.tracking_number = l.tracking_number
    AND coalesce(${LAST_IN_HAND} >= ${USABLE_FROM}, true)
  WHERE l.vendor = ANY($1) AND l.purchased_day >= $2::date AND l.kind = 'outbound'
    AND CASE WHEN l.purchased_at IS NULL THEN l.purchased_day <= $3::timestamptz::date ELSE l.purchased_at <= $3::timestamptz END`;
const STOPPABLE = `${OUTSTANDING} AND l.status = 'purchased'
  AND (l.handed_over_at IS NULL OR l.handed_over_at > $3::timestamptz) AND NOT ${WITH_CARRIER}`;
const IN_TRANSIT = `${OUTSTANDING} AND NOT ${ARRIVED}
  AND (${WITH_CARRIER} OR (l.status = 'purchased' AND l.handed_over_at <= $3::timestamptz))`;

const LABEL_COLUMNS = `l.tracking_number AS "trackingNumber", l.vendor, l.label_id AS "labelId", l.order_id AS "orderId",
  coalesce(to_char(l.purchased_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), l.purchased_day::text) AS "purchasedAt",
  l.ship_date::text AS "shipDate"`;
const LATEST_FIRST = `ORDER BY l.vendor, l.purchased_day DESC, l.tracking_number, l.sale_key`;

/** Labels in use that nobody has handed over and no source has seen in hand, the latest of each vendor first. */
export async function readStoppable(manager: EntityManager, scope: OutstandingScope): Promise<StoppableLabel[]> {
  return manager.query<StoppableLabel[]>(
    `SELECT ${LABEL_COLUMNS}, l.charged_mills::float8 AS "chargedMills", l.currency,
        coalesce((j.digest->>'events')::int > 0 OR j.digest->>'answeredAt' IS NOT NULL, false) AS tracked
      ${STOPPABLE} ${LATEST_FIRST}`,
    clockOf(scope),
  );
}

/** Parcels that were handed over or seen in hand, and neither delivered nor returned. */
export async function readTransit(manager: EntityManager, scope: OutstandingScope): Promise<TransitLabel[]> {
  return manager.query<TransitLabel[]>(
    `SELECT ${LABEL_COLUMNS}, l.order_mills::float8 AS "orderMills", l.order_currency AS "orderCurrency",
        to_char(to_timestamp((j.digest->'lastScan'->>'at')::float8 / 1000), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "lastScanAt",
        CASE WHEN j.digest->>'hold' IS NOT NULL OR j.digest->>'seized' IS NOT NULL
            OR (j.digest->>'notice' IS NOT NULL AND j.digest->>'movedAfterNoticeAt' IS NULL) THEN 'stopped'
          WHEN j.digest->>'firstScan' IS NOT NULL THEN 'scanned'
          WHEN ${WITH_CARRIER} THEN 'partner' ELSE 'handed_over' END AS standing
      ${IN_TRANSIT} ${LATEST_FIRST}`,
    clockOf(scope),
  );
}

/** Counts the same without reading a row of it. An order is worth what it is worth once, however many its parcels. */
export async function countOutstanding(manager: EntityManager, scope: OutstandingScope): Promise<OutstandingCounts> {
  const clock = clockOf(scope);
  const [stop] = await manager.query<{ count: number }[]>(`SELECT count(*)::int AS count ${STOPPABLE}`, clock);
  const [transit] = await manager.query<{ count: number }[]>(`SELECT count(*)::int AS count ${IN_TRANSIT}`, clock);
  const worth = await manager.query<{ currency: string; mills: number }[]>(
    `SELECT currency, sum(mills)::float8 AS mills FROM (
        SELECT l.order_currency AS currency, max(l.order_mills) AS mills ${IN_TRANSIT} AND l.order_mills IS NOT NULL
        GROUP BY l.order_currency, jsonb_build_array(l.order_id, CASE WHEN l.order_id IS NULL THEN l.tracking_number END)
      ) AS orders WHERE currency IS NOT NULL GROUP BY currency`,
    clock,
  );
  return {
    stop: stop?.count ?? 0,
    transit: transit?.count ?? 0,
    orderMills: Object.fromEntries(worth.map(({ currency, mills }) => [currency, mills])),
  };
}

function clockOf({ vendors, now, from }: OutstandingScope): unknown[] {
  return [vendors, from, now];
}

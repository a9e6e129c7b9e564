/** The SQL of what is to be done about findings: peers beside an accusation, labels to stop, claims whose days run out. Read-only. */
import type { EntityManager } from 'typeorm';
import { isShown } from '../audit/suppression.query.ts';
import { OPEN_STATES } from '../core/finding/lifecycle.ts';
import { type Day, type Instant, addDays, dayOf } from '../core/units/day.ts';
import { CLAIM_DAYS, CREDIT, KIND_OF_RULE } from './claims.ts';
import { OUTSTANDING_DAYS } from './outstanding.ts';
import { readStoppable, readTransit } from './outstanding.query.ts';
import { accusedWeeks } from './peers.ts';
import type { AuditRows, ClaimRow, FollowUpRows, OutstandingRows, PassedRow, PeerRow } from './report-rows.ts';
import { vendorsToStop } from './stop-list.ts';
import type { StoppingRules } from './stopped-vendors.ts';

export interface FollowUpScope {
  asOf: Instant;
  judgedBy: string;
  stopping: StoppingRules;
  /** Findings that the report before listed as claims and whose deadline has passed since. */
  passed: readonly string[];
}

/** Reads it in the transaction that read `rows`. */
export async function readFollowUp(
  manager: EntityManager,
  rows: AuditRows,
  scope: FollowUpScope,
): Promise<FollowUpRows> {
  // One after the other: a transaction has one connection.
  return {
    peers: await readPeers(manager, rows, scope.judgedBy),
    outstanding: await readOutstanding(manager, rows, scope),
    claims: await readClaims(manager, scope.asOf),
    passed: await readPassed(manager, scope.passed, scope.asOf),
  };
}

/** A number that two vendors sold, whenever they did, is left out: which of its answers is whose cannot be told. */
const PEERS = `WITH owned AS (
    SELECT tracking_number, min(vendor) AS vendor, min(purchased_day) AS purchased_day FROM label l
    WHERE purchased_day >= $2::date AND purchased_day < $3::date AND NOT EXISTS (
      SELECT FROM label other WHERE other.tracking_number = l.tracking_number AND other.vendor <> l.vendor)
    GROUP BY tracking_number)
  SELECT owned.vendor, date_trunc('week', owned.purchased_day)::date::text AS week, code, count(*)::int AS purchases
  FROM owned JOIN judged ON judged.tracking_number = owned.tracking_number, unnest(judged.outcomes) AS code
  WHERE judged.book = $1
  GROUP BY 1, 2, 3 ORDER BY 1, 2, code COLLATE "C"`;

/** Nobody is accused: nothing is compared. */
async function readPeers(manager: EntityManager, rows: AuditRows, judgedBy: string): Promise<PeerRow[]> {
  const weeks = accusedWeeks(rows);
  return weeks === null ? [] : manager.query<PeerRow[]>(PEERS, [judgedBy, weeks.from, weeks.to]);
}

async function readOutstanding(
  manager: EntityManager,
  rows: AuditRows,
  { asOf, stopping }: FollowUpScope,
): Promise<OutstandingRows> {
  const vendors = vendorsToStop(rows, stopping);
  const scope = { vendors, now: new Date(asOf), from: addDays(dayOf(asOf), -OUTSTANDING_DAYS) };
  if (vendors.length === 0) return { vendors, from: scope.from, stop: [], transit: [] };
  return {
    vendors,
    from: scope.from,
    stop: await readStoppable(manager, scope),
    transit: await readTransit(manager, scope),
  };
}

/** The first of the days, the rule's and people's own, that has not passed on $2. */
const DUE = `least(CASE WHEN f.deadline >= $2::date THEN f.deadline END,
  CASE WHEN f.own_deadline >= $2::date THEN f.own_deadline END)`;

/** Of a finding `f` that nothing hides at $4; what is disputed was claimed already. */
const CLAIMED_NOW = `state = ANY($1) AND state <> 'disputed' AND amount_kind = 'recoverable' AND amount_mills > 0
  AND currency IS NOT NULL AND ${DUE} <= $3::date AND ${isShown('$4')}`;

/** The purchase a finding is about; where it names none, the first under its number. */
const CLAIMS = `SELECT DISTINCT ON (f.tracking_number, f.id) f.id, f.tracking_number AS "trackingNumber",
    f.due::text AS deadline, l.account, l.order_id AS "orderId", l.purchased_day::text AS "purchasedDay",
    l.ship_date::text AS "shipDate"
  FROM (SELECT *, ${DUE} AS due FROM finding f WHERE ${CLAIMED_NOW}) AS f
  LEFT JOIN label l ON l.tracking_number = f.tracking_number AND l.vendor = coalesce(f.vendor, l.vendor)
    AND l.sale_key = coalesce(f.sale_key, l.sale_key)
  ORDER BY f.tracking_number, f.id, l.purchased_day, l.vendor, l.sale_key`;

async function readClaims(manager: EntityManager, asOf: Instant): Promise<ClaimRow[]> {
  return manager.query<ClaimRow[]>(CLAIMS, claimedNow(asOf));
}

function claimedNow(asOf: Instant): unknown[] {
  const day: Day = dayOf(asOf);
  return [OPEN_STATES, day, addDays(day, CLAIM_DAYS), new Date(asOf)];
}

/** The same counted by the database itself: of each purchase and kind, and of each charge, the greatest, by currency. */
export async function countClaims(
  manager: EntityManager,
  asOf: Instant,
): Promise<{ count: number; mills: Record<string, number> }> {
  const rows = await manager.query<{ currency: string; count: number; mills: number }[]>(
    `SELECT currency, count(*)::int AS count, sum(mills)::float8 AS mills FROM (
        SELECT currency, max(amount_mills) AS mills FROM finding f WHERE ${CLAIMED_NOW}
        GROUP BY currency, tracking_number, vendor, sale_key, coalesce($5::jsonb ->> rule, '${CREDIT}'),
          CASE WHEN subject = 'label' THEN '' ELSE id END) AS claim
      GROUP BY currency`,
    [...claimedNow(asOf), JSON.stringify(KIND_OF_RULE)],
  );
  return {
    count: rows.reduce((sum, { count }) => sum + count, 0),
    mills: Object.fromEntries(rows.map(({ currency, mills }) => [currency, mills])),
  };
}

/** Whether somebody disputed a finding `f` or got money for it, though the audit may have ended it since, or found it again. */
const FILED = `(f.state IN ('disputed', 'recovered') OR f.dispute_reference IS NOT NULL OR f.recovered_mills > 0
  OR f.state IN ('resolved', 'reopened') AND (SELECT h.state FROM finding_history h
    WHERE h.tracking_number = f.tracking_number AND h.id = f.id AND h.reason = 'set'
    ORDER BY h.sequence DESC LIMIT 1) = 'disputed')`;

/**
 * Of what nothing hides at $2. Let go: on $3 both the rule's day and people's own have passed, and nobody decided anything and it
 * is still open; or it ended by itself while the label is in use by our records, without a request for a refund and without any
 * sign of its parcel.
 */
const PASSED = `SELECT f.id, CASE WHEN ${FILED} THEN 'filed'
      WHEN greatest(f.deadline, f.own_deadline) >= $3::date THEN 'ended'
      WHEN f.state IN ('open', 'reopened', 'acknowledged') OR f.state = 'resolved' AND EXISTS (
        SELECT FROM label l LEFT JOIN journey j ON j.tracking_number = l.tracking_number
        WHERE l.tracking_number = f.tracking_number AND l.vendor = f.vendor AND l.sale_key = f.sale_key
          AND l.status = 'purchased' AND l.refund_requested_at IS NULL AND l.refunded_at IS NULL
          AND coalesce(j.digest->>'firstScan', j.digest->>'inductedAt', j.digest->>'delivered') IS NULL) THEN 'missed'
      ELSE 'ended' END AS standing
  FROM finding f WHERE f.id = ANY($1) AND ${isShown('$2')} ORDER BY f.id`;

async function readPassed(manager: EntityManager, ids: readonly string[], asOf: Instant): Promise<PassedRow[]> {
  return ids.length === 0 ? [] : manager.query<PassedRow[]>(PASSED, [ids, new Date(asOf), dayOf(asOf)]);
}

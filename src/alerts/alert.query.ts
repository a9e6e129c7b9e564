/** The SQL of an alert's mail, read-only: the findings of a batch with their purchases, and the counts they are held against. */
import type { EntityManager } from 'typeorm';
import { isShown } from '../audit/suppression.query.ts';
import { OPEN_STATES } from '../core/finding/lifecycle.ts';
import { countOutstanding } from '../reports/outstanding.query.ts';
import type { OutstandingCounts, OutstandingScope } from '../reports/outstanding.ts';
import type { OpenFinding } from '../reports/report-rows.ts';
import { FINDING_COLUMNS } from '../reports/report.query.ts';

/** The purchase a finding is about, as far as a mail tells of it. */
export interface AlertedSale {
  trackingNumber: string;
  vendor: string;
  saleKey: string;
  orderId: string | null;
  chargedMills: number;
  currency: string;
}

/** What the database counts for itself; a mail is held against it. */
export interface AlertCounts extends OutstandingCounts {
  findings: number;
  labels: number;
}

const OF_BATCH = `(tracking_number, id) IN (SELECT tracking_number, finding_id FROM alert WHERE batch = $1)
  AND state = ANY($2) AND ${isShown('$3')}`;

/** The findings of a batch that are still somebody's work, the gravest first. */
export async function readBatchFindings(manager: EntityManager, batch: string, now: Date): Promise<OpenFinding[]> {
  return manager.query<OpenFinding[]>(`SELECT ${FINDING_COLUMNS} FROM finding f WHERE ${OF_BATCH} ORDER BY order_key`, [
    batch,
    OPEN_STATES,
    now,
  ]);
}

/** The purchases under the numbers. */
export async function readSales(manager: EntityManager, trackingNumbers: readonly string[]): Promise<AlertedSale[]> {
  return manager.query<AlertedSale[]>(
    `SELECT tracking_number AS "trackingNumber", vendor, sale_key AS "saleKey", order_id AS "orderId",
        charged_mills::float8 AS "chargedMills", currency
      FROM label WHERE tracking_number = ANY($1)`,
    [trackingNumbers],
  );
}

/** The vendors whose labels were told of after `since`, by findings that do not name somebody else. */
export async function readVendorsTold(manager: EntityManager, since: Date): Promise<string[]> {
  const rows = await manager.query<{ vendor: string }[]>(
    `SELECT DISTINCT f.vendor FROM alert a
      JOIN finding f ON f.tracking_number = a.tracking_number AND f.id = a.finding_id
      WHERE a.settled_at >= $1 AND a.outcome IN ('told', 'filed') AND f.attribution IN ('vendor', 'open') AND f.vendor IS NOT NULL
      ORDER BY f.vendor`,
    [since],
  );
  return rows.map(({ vendor }) => vendor);
}

/** Counts the same without reading a row of it. */
export async function readAlertCounts(
  manager: EntityManager,
  batch: string,
  scope: OutstandingScope,
): Promise<AlertCounts> {
  const [told] = await manager.query<{ findings: number; labels: number }[]>(
    `SELECT count(*)::int AS findings, count(DISTINCT jsonb_build_array(tracking_number, vendor, sale_key))
        FILTER (WHERE subject = 'label')::int AS labels FROM finding f WHERE ${OF_BATCH}`,
    [batch, OPEN_STATES, scope.now],
  );
  return {
    findings: told?.findings ?? 0,
    labels: told?.labels ?? 0,
    ...(await countOutstanding(manager, scope)),
  };
}

/** Suppressions as rows: made, ended, and marked when they hid something. */
import type { EntityManager } from 'typeorm';
import { OPEN_STATES } from '../core/finding/lifecycle.ts';
import { NUMBERS_TO_ASK_AGAIN } from './suppression.query.ts';
import type { SuppressionRow } from './suppression.table.ts';

type Querying = Pick<EntityManager, 'query'>;

/** A suppression as it is made. */
export type NewSuppression = Omit<SuppressionRow, 'endedAt' | 'endedBy' | 'endReason' | 'lastHidAt'>;

export async function insertSuppression(manager: Querying, row: NewSuppression): Promise<void> {
  await manager.query(
    `INSERT INTO suppression (id, rule, vendor, tracking_number, label_id, order_id, expression, reason, owner,
        created_at, created_by, expires_on)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      row.id,
      row.rule,
      row.vendor,
      row.trackingNumber,
      row.labelId,
      row.orderId,
      row.expression,
      row.reason,
      row.owner,
      row.createdAt,
      row.createdBy,
      row.expiresOn,
    ],
  );
}

/** Ends it from now on; one that was ended before stays as it is. */
export async function endSuppression(
  manager: Querying,
  { id, reason, by, now }: { id: string; reason: string | null; by: string; now: Date },
): Promise<void> {
  await manager.query(
    `UPDATE suppression SET ended_at = $2, ended_by = $3, end_reason = $4 WHERE id = $1 AND ended_at IS NULL`,
    [id, now, by, reason],
  );
}

/** Remembers that they hid something as of the instant. */
export async function markHiding(manager: Querying, ids: readonly string[], asOf: Date): Promise<void> {
  if (ids.length === 0) return;
  await manager.query(
    `UPDATE suppression SET last_hid_at = greatest(last_hid_at, $2::timestamptz) WHERE id = ANY($1)`,
    [ids, asOf],
  );
}

/** Has the run that is beginning judge the parcels whose findings expressions in force are about. */
export async function askExpressionsAgain(manager: Querying, asOf: Date): Promise<void> {
  await manager.query(
    `UPDATE judged SET due_next_run = true WHERE NOT due_next_run AND tracking_number IN (${NUMBERS_TO_ASK_AGAIN})`,
    [asOf, OPEN_STATES],
  );
}

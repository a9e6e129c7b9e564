/** Merges staged adjustments. */
import type { PoolClient } from 'pg';
import type { Adjustment, Measured } from '../core/ledger/adjustment.ts';
import type { AdjustmentColumn } from '../core/ledger/adjustment-row.ts';
import { type AdjustmentRow, AdjustmentTable } from './adjustment.table.ts';
import { gatherTouched } from './charge-digest.store.ts';
import { type MergeOptions, execute, mergeIncoming } from './merge.store.ts';
import { type StagedRow, stagingOf } from './staging.store.ts';

/** An adjustment with both its sides spread out, as its table has them. */
type FlatAdjustment = Omit<AdjustmentRow, 'importId' | 'assessedAt' | 'notifiedAt'> &
  Pick<Adjustment, 'assessedAt' | 'notifiedAt'>;

const SOURCES: Readonly<Partial<Record<keyof FlatAdjustment, AdjustmentColumn>>> = {
  notifiedDay: 'notified_at',
  notifiedAt: 'notified_at',
  disputeId: 'dispute_id',
  processingFeeMills: 'processing_fee',
  claimedWeightMilliOz: 'claimed_weight_oz',
  claimedLengthMilliIn: 'claimed_length_in',
  claimedWidthMilliIn: 'claimed_width_in',
  claimedHeightMilliIn: 'claimed_height_in',
  claimedZone: 'claimed_zone',
  claimedPackaging: 'claimed_packaging',
  claimedService: 'claimed_service',
  claimedAmountMills: 'claimed_amount',
  assessedWeightMilliOz: 'assessed_weight_oz',
  assessedLengthMilliIn: 'assessed_length_in',
  assessedWidthMilliIn: 'assessed_width_in',
  assessedHeightMilliIn: 'assessed_height_in',
  assessedZone: 'assessed_zone',
  assessedPackaging: 'assessed_packaging',
  assessedService: 'assessed_service',
  assessedAmountMills: 'assessed_amount',
};

export const ADJUSTMENT_STAGING = stagingOf<AdjustmentRow, FlatAdjustment>(AdjustmentTable, { sources: SOURCES });

/** The row of the table for an adjustment. */
export function adjustmentRow({ claimed, assessed, ...rest }: Adjustment): StagedRow {
  return { ...rest, ...side('claimed', claimed), ...side('assessed', assessed) };
}

/** What one side states, under the names of the table's columns. */
function side(name: 'claimed' | 'assessed', measured: Measured): Partial<FlatAdjustment> {
  const entries = Object.entries(measured).map(([key, value]) => [
    `${name}${key[0]?.toUpperCase()}${key.slice(1)}`,
    value,
  ]);
  return Object.fromEntries(entries) as Partial<FlatAdjustment>;
}

/**
 * Merges `incoming`, fills `touched` and gathers the touched parcels again. An adjustment that names another parcel than
 * before has moved there. Answers how many rows said something new.
 */
export async function mergeAdjustments(client: PoolClient, options: MergeOptions): Promise<number> {
  await execute(client, LEAVE_OLD_PARCELS);
  const { accepted } = await mergeIncoming(client, ADJUSTMENT_STAGING, options);
  if (accepted === 0) return 0;
  await execute(client, TOUCH, [options.importId]);
  await gatherTouched(client);
  return accepted;
}

const KEY = ADJUSTMENT_STAGING.key.join(', ');

/** Some give one id to all parcels of a batch: one that stands under several numbers, in the file or in the table, has not moved. */
const LEAVE_OLD_PARCELS = `
  WITH named AS (
    SELECT vendor, adjustment_id, min(tracking_number) AS tracking_number FROM incoming WHERE problems IS NULL
    GROUP BY vendor, adjustment_id HAVING count(DISTINCT tracking_number) = 1
  ),
  known AS (
    SELECT vendor, adjustment_id, min(a.tracking_number) AS tracking_number
    FROM named JOIN adjustment a USING (vendor, adjustment_id) GROUP BY vendor, adjustment_id HAVING count(*) = 1
  ),
  gone AS (
    DELETE FROM adjustment a USING named n JOIN known k USING (vendor, adjustment_id)
    WHERE k.tracking_number <> n.tracking_number
      AND a.tracking_number = k.tracking_number AND a.vendor = k.vendor AND a.adjustment_id = k.adjustment_id
    RETURNING a.tracking_number
  )
  INSERT INTO touched (tracking_number) SELECT tracking_number FROM gone`;

const TOUCH = `
  INSERT INTO touched (tracking_number)
  SELECT DISTINCT tracking_number FROM adjustment
  JOIN (SELECT DISTINCT ${KEY} FROM incoming WHERE problems IS NULL) i USING (${KEY}) WHERE import_id = $1`;

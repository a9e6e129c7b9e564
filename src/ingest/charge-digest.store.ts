/** Gathers what was charged and adjusted for a parcel into one row, as core/ledger's ChargeDigest describes it. */
import type { PoolClient } from 'pg';
import { execute } from './merge.store.ts';

/** Gathers the parcels of `touched` again; a parcel may have lost its only charge. */
export async function gatherTouched(client: PoolClient): Promise<void> {
  await execute(client, FORGET);
  await execute(client, GATHER);
}

const TOUCHED = 'tracking_number IN (SELECT tracking_number FROM touched)';

const FORGET = `
  DELETE FROM charge_digest d WHERE ${TOUCHED}
    AND NOT EXISTS (SELECT FROM charge c WHERE c.tracking_number = d.tracking_number)
    AND NOT EXISTS (SELECT FROM adjustment a WHERE a.tracking_number = d.tracking_number)`;

/** Milliseconds since 1970. */
const instant = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::bigint`;

const LINES = `
  SELECT tracking_number, jsonb_agg(
    jsonb_build_object(
      'vendor', vendor, 'chargeKey', charge_key, 'invoiceNumber', invoice_number, 'lineNumber', line_number,
      'trackingNumber', CASE WHEN tracking_number LIKE '@%' THEN NULL ELSE tracking_number END,
      'chargeType', charge_type, 'chargeCode', charge_code, 'amountMills', amount_mills, 'currency', currency,
      'invoiceDate', invoice_date, 'periodFrom', period_from, 'periodTo', period_to, 'labelId', label_id,
      'chargedDay', charged_day, 'chargedAt', ${instant('charged_at')},
      'reversesLine', reverses_line, 'invoiceTotalMills', invoice_total_mills)
    ORDER BY vendor, charge_key) AS gathered
  FROM charge WHERE ${TOUCHED} GROUP BY tracking_number`;

/** One side of an adjustment: `claimed` or `assessed`. */
const measured = (side: string): string => `jsonb_build_object(
      'weightMilliOz', ${side}_weight_milli_oz, 'lengthMilliIn', ${side}_length_milli_in,
      'widthMilliIn', ${side}_width_milli_in, 'heightMilliIn', ${side}_height_milli_in, 'zone', ${side}_zone,
      'packaging', ${side}_packaging, 'service', ${side}_service, 'amountMills', ${side}_amount_mills)`;

const ADJUSTMENTS = `
  SELECT tracking_number, jsonb_agg(
    jsonb_build_object(
      'adjustmentId', adjustment_id, 'vendor', vendor, 'trackingNumber', tracking_number,
      'assessedDay', assessed_day, 'assessedAt', ${instant('assessed_at')}, 'reason', reason,
      'amountMills', amount_mills, 'currency', currency, 'notifiedDay', notified_day,
      'notifiedAt', ${instant('notified_at')}, 'disputeId', dispute_id, 'processingFeeMills', processing_fee_mills,
      'claimed', ${measured('claimed')}, 'assessed', ${measured('assessed')})
    ORDER BY vendor, adjustment_id) AS gathered
  FROM adjustment WHERE ${TOUCHED} GROUP BY tracking_number`;

const GATHER = `
  INSERT INTO charge_digest (tracking_number, digest)
  SELECT tracking_number, jsonb_build_object(
    'lines', coalesce(l.gathered, '[]'::jsonb), 'adjustments', coalesce(a.gathered, '[]'::jsonb))
  FROM (${LINES}) l FULL JOIN (${ADJUSTMENTS}) a USING (tracking_number)
  ON CONFLICT (tracking_number) DO UPDATE SET digest = excluded.digest
  WHERE charge_digest.digest IS DISTINCT FROM excluded.digest`;

/** Merges staged labels: corrections keep what they replace, and a parcel is touched with all parcels of its order. */
import type { PoolClient } from 'pg';
import type { Label } from '../core/label/label.ts';
import { LabelTable } from './label.table.ts';
import { differs, execute, lastIncoming, mergeIncoming } from './merge.store.ts';
import { type StagedRow, stagingOf } from './staging.ts';

export const LABEL_STAGING = stagingOf(LabelTable);

const KEY = LABEL_STAGING.key.join(', ');

/** The label as its table holds it. */
export function labelRow(label: Label): StagedRow {
  return { ...label, extraServices: label.extraServices.join(';') };
}

/** Merges `incoming` and fills `touched`. Answers how many rows said something new. */
export async function mergeLabels(client: PoolClient, options: { importId: string; valid: number }): Promise<number> {
  await execute(client, KEEP_HISTORY, [options.importId]);
  const accepted = await mergeIncoming(client, LABEL_STAGING, options);
  if (accepted > 0) await execute(client, TOUCH_ORDERS, [options.importId]);
  return accepted;
}

/** Stored labels that the file corrects; rows of a first import meet none, so the join comes before the sorting. */
const KEEP_HISTORY = `
  INSERT INTO label_history (${KEY}, replaced_by, label)
  SELECT ${LABEL_STAGING.key.map((name) => `s.${name}`).join(', ')}, $1, to_jsonb(s)
  FROM label s JOIN (
    ${lastIncoming(LABEL_STAGING, { table: LABEL_STAGING.table })}
  ) i USING (${KEY})
  WHERE ${differs(LABEL_STAGING, 's', 'i')}
  ON CONFLICT DO NOTHING`;

/** Values of an order are compared over all its parcels, so the parcels of both the old and the new order are touched. */
const TOUCH_ORDERS = `
  WITH changed AS (
    SELECT l.tracking_number, l.order_id FROM label l
    JOIN (SELECT DISTINCT ${KEY} FROM incoming WHERE problems IS NULL) i USING (${KEY}) WHERE l.import_id = $1
  ), orders AS (
    SELECT order_id FROM changed
    UNION SELECT h.label ->> 'order_id' FROM label_history h JOIN changed c USING (tracking_number) WHERE h.replaced_by = $1
  )
  INSERT INTO touched (tracking_number)
  SELECT tracking_number FROM changed
  UNION SELECT s.tracking_number FROM label s JOIN orders o ON s.order_id = o.order_id WHERE o.order_id IS NOT NULL`;

/** Merges staged labels: corrections keep what they replace, and a parcel is touched with all parcels of its order. */
import type { PoolClient } from 'pg';
import type { Label } from '../core/label/label.ts';
import { LABEL_SOURCES } from '../core/mapping/label-row.ts';
import { type LabelRow, LabelTable } from './label.table.ts';
import { type MergeOptions, differs, execute, lastIncoming, mergeIncoming } from './merge.store.ts';
import { stagingOf } from './staging.store.ts';

export const LABEL_STAGING = stagingOf<LabelRow, Label>(LabelTable, { sources: LABEL_SOURCES });

const KEY = LABEL_STAGING.key.join(', ');
const CONTENT = LABEL_STAGING.content.join(', ');

/** Merges `incoming` and fills `touched`. Answers how many rows said something new. */
export async function mergeLabels(client: PoolClient, options: MergeOptions): Promise<number> {
  const { accepted, allNew } = await mergeIncoming(client, LABEL_STAGING, { ...options, keep: KEEP_HISTORY });
  if (accepted === 0) return 0;
  if (allNew) {
    await execute(client, TOUCH_ALL);
    await execute(client, touchOrders('SELECT order_id FROM incoming WHERE problems IS NULL'), [options.importId]);
  } else {
    await execute(client, TOUCH_CHANGED, [options.importId]);
    await execute(client, touchOrders(ORDERS_OF_CHANGED), [options.importId]);
  }
  return accepted;
}

/** Adds to `touched`, which holds the parcels of labels that are all new, the parcels of other imports they share orders with. */
export async function touchOrdersOfNew(client: PoolClient, importId: string): Promise<void> {
  await execute(client, touchOrders(ORDERS_OF_NEW), [importId]);
}

const ORDERS_OF_NEW = `
  SELECT order_id FROM label JOIN touched USING (tracking_number) WHERE import_id = $1 AND order_id IS NOT NULL`;

/**
 * What the file corrects: labels of other imports, and rows of its own that a later row corrects. A row that only repeats
 * the label it finds stands in the history once, as that label.
 */
const KEEP_HISTORY = `
  WITH last AS (${lastIncoming(LABEL_STAGING)}),
  several AS (SELECT ${KEY} FROM incoming WHERE problems IS NULL GROUP BY ${KEY} HAVING count(*) > 1),
  earlier AS (
    SELECT DISTINCT ON (${KEY}, ${CONTENT}) * FROM incoming JOIN several USING (${KEY})
    WHERE problems IS NULL ORDER BY ${KEY}, ${CONTENT}, row_number
  ),
  replaced AS (
    SELECT ${KEY}, 0 AS row_number, to_jsonb(s) AS label FROM label s JOIN last i USING (${KEY})
    WHERE s.import_id <> $1 AND ${differs(LABEL_STAGING, 's', 'i')}
    UNION ALL
    SELECT ${KEY}, e.row_number,
      to_jsonb(e) - '{row_number,problems}'::text[] || jsonb_build_object('import_id', $1::text)
    FROM earlier e JOIN last i USING (${KEY}) JOIN label s USING (${KEY})
    WHERE ${differs(LABEL_STAGING, 'e', 'i')} AND (s.import_id = $1 OR ${differs(LABEL_STAGING, 'e', 's')})
  )
  INSERT INTO label_history (${KEY}, replaced_by, sequence, label)
  SELECT ${KEY}, $1, row_number() OVER (PARTITION BY ${KEY} ORDER BY row_number), label FROM replaced`;

const TOUCH_ALL =
  'INSERT INTO touched (tracking_number) SELECT DISTINCT tracking_number FROM incoming WHERE problems IS NULL';

const TOUCH_CHANGED = `
  INSERT INTO touched (tracking_number)
  SELECT DISTINCT tracking_number FROM label JOIN (SELECT ${KEY} FROM incoming WHERE problems IS NULL) i USING (${KEY})
  WHERE import_id = $1`;

/** A label may have been moved from one order to another: both have changed. */
const ORDERS_OF_CHANGED = `
  SELECT order_id FROM label JOIN touched USING (tracking_number) WHERE import_id = $1
  UNION SELECT label ->> 'order_id' FROM label_history JOIN touched USING (tracking_number) WHERE replaced_by = $1`;

/** Values of an order are compared over all its parcels, so the parcels that other imports brought are touched too. */
function touchOrders(orders: string): string {
  return `
    INSERT INTO touched (tracking_number)
    SELECT DISTINCT s.tracking_number FROM label s
    WHERE s.import_id <> $1 AND s.order_id IN (${orders})
      AND NOT EXISTS (SELECT FROM touched t WHERE t.tracking_number = s.tracking_number)`;
}

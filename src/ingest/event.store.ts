/** Merges staged events: an event is known by its number, instant and hash, whatever source brings it again. */
import type { PoolClient } from 'pg';
import { TRACKING_SOURCES, type TrackingRow } from '../core/mapping/tracking-row.ts';
import { type EventRow, EventTable } from './event.table.ts';
import { type MergeOptions, execute, insertNewSql } from './merge.store.ts';
import { stagingOf } from './staging.store.ts';

export const EVENT_STAGING = stagingOf<EventRow, TrackingRow>(EventTable, {
  sources: TRACKING_SOURCES,
  named: { eventTime: 'at', eventHash: 'hash' },
});

const KEY = EVENT_STAGING.key.join(', ');

/**
 * Merges `incoming` and fills `touched`. An event seen again learns a more trusted source, so that the carrier's own
 * statement is not lost behind somebody's note of it, a later time of retrieval, a missing mailpiece and a missing
 * outcome. Answers how many rows said something new.
 */
export async function mergeEvents(client: PoolClient, { importId, valid }: MergeOptions): Promise<number> {
  const inserted = await execute(client, INSERT, [importId]);
  if (inserted === valid) {
    await execute(client, TOUCH_ALL);
    return inserted;
  }
  await execute(client, MAKE_NEWS);
  const learnt = await execute(client, FIND_NEWS);
  if (learnt > 0) await execute(client, LEARN);
  if (inserted + learnt > 0) await execute(client, TOUCH_CHANGED, [importId]);
  return inserted + learnt;
}

const INSERT = insertNewSql(EVENT_STAGING);

const MAKE_NEWS = `
  CREATE TEMPORARY TABLE IF NOT EXISTS news ON COMMIT DROP AS
  SELECT ${KEY}, retrieved_at, mailpiece_id, outcome, source, source_rank FROM event WITH NO DATA; TRUNCATE news`;

/** The events about which the file knows more than is stored now. */
const FIND_NEWS = `
  INSERT INTO news
  SELECT ${KEY}, i.retrieved_at, i.mailpiece_id, i.outcome, i.source, i.source_rank
  FROM (
    SELECT ${KEY}, max(retrieved_at) AS retrieved_at, min(mailpiece_id) AS mailpiece_id, min(outcome) AS outcome,
      min(source_rank) AS source_rank, (array_agg(source ORDER BY source_rank, row_number))[1] AS source
    FROM incoming WHERE problems IS NULL GROUP BY ${KEY}
  ) i JOIN event e USING (${KEY})
  WHERE greatest(e.retrieved_at, i.retrieved_at) IS DISTINCT FROM e.retrieved_at
    OR (e.mailpiece_id IS NULL AND i.mailpiece_id IS NOT NULL)
    OR (e.outcome IS NULL AND i.outcome IS NOT NULL)
    OR i.source_rank < e.source_rank`;

const LEARN = `
  UPDATE event e SET retrieved_at = greatest(e.retrieved_at, n.retrieved_at),
    mailpiece_id = coalesce(e.mailpiece_id, n.mailpiece_id), outcome = coalesce(e.outcome, n.outcome),
    source = CASE WHEN n.source_rank < e.source_rank THEN n.source ELSE e.source END,
    source_rank = least(e.source_rank, n.source_rank)
  FROM news n WHERE ${EVENT_STAGING.key.map((name) => `e.${name} = n.${name}`).join(' AND ')}`;

const TOUCH_ALL =
  'INSERT INTO touched (tracking_number) SELECT DISTINCT tracking_number FROM incoming WHERE problems IS NULL';

const TOUCH_CHANGED = `
  INSERT INTO touched (tracking_number)
  SELECT tracking_number FROM incoming JOIN event USING (${KEY}) WHERE problems IS NULL AND import_id = $1
  UNION SELECT tracking_number FROM news`;

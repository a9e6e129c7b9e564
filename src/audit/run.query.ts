/** The record of audits as readers see it. */
import type { DataSource } from 'typeorm';
import type { RunRow } from './run.table.ts';

export interface StoredRun extends Omit<RunRow, 'vendorOutcomes' | 'invoiceOutcomes'> {
  state: 'queued' | 'running' | 'done' | 'failed';
}

const COLUMNS = `id, as_of AS "asOf", book, state, parcels, started_at AS "startedAt", finished_at AS "finishedAt",
  problem, later_rows AS "laterRows"`;

/** The run of that id, or null. */
export async function readRun(dataSource: DataSource, id: string): Promise<StoredRun | null> {
  const [run] = await dataSource.query<StoredRun[]>(`SELECT ${COLUMNS} FROM run WHERE id = $1`, [id]);
  return run ?? null;
}

/** Runs begun before a place in the list (null = from its start), the last first. */
export async function readRuns(
  dataSource: DataSource,
  { before, limit }: { before: { startedAt: Date; id: string } | null; limit: number },
): Promise<StoredRun[]> {
  return dataSource.query<StoredRun[]>(
    `SELECT ${COLUMNS} FROM run WHERE $1::timestamptz IS NULL OR (started_at, id) < ($1, $2)
      ORDER BY started_at DESC, id DESC LIMIT $3`,
    [before?.startedAt ?? null, before?.id ?? null, limit],
  );
}

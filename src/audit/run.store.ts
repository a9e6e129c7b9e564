/** The record of audits, by their clock and book. */
import type { QueryRunner } from 'typeorm';
import { type Instant, formatInstant } from '../core/units/day.ts';
import { sha256Hex } from '../platform/hash.ts';

/** Opens the record of the audit, or goes on with the one that is there; answers its id. */
export async function openRun(
  runner: QueryRunner,
  { asOf, book, startedAt }: { asOf: Instant; book: string; startedAt: Date },
): Promise<string> {
  const id = sha256Hex(JSON.stringify([asOf, book])).slice(0, 32);
  await runner.query(
    `INSERT INTO run (id, as_of, book, state, parcels, started_at) VALUES ($1, $2, $3, 'running', 0, $4)
     ON CONFLICT (id) DO NOTHING`,
    [id, formatInstant(asOf), book, startedAt],
  );
  return id;
}

/** Ends the record: the parcels whose judgement stands as of this clock and book, however many tries it took. */
export async function closeRun(runner: QueryRunner, id: string, finishedAt: Date): Promise<void> {
  await runner.query(
    `UPDATE run SET state = 'done', finished_at = $2,
            parcels = (SELECT count(*) FROM judged d WHERE d.as_of = run.as_of AND d.book = run.book)
      WHERE id = $1`,
    [id, finishedAt],
  );
}

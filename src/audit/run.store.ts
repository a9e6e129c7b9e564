/** The record of audits, by their clock and book. */
import type { EntityManager, QueryRunner } from 'typeorm';
import type { VendorOutcome } from '../core/finding/vendor.ts';
import { type Instant, formatInstant } from '../core/units/day.ts';
import type { LaterRows } from './run.table.ts';
import { sha256Hex } from '../platform/hash.ts';

type Runner = Pick<QueryRunner | EntityManager, 'query'>;

/** What makes an audit the one it is. */
export interface RunKey {
  asOf: Instant;
  /** Hash of the rules, data and digest version it judges by; not of what we said of ourselves, which may change meanwhile. */
  book: string;
}

export type WaitingState = 'queued' | 'running';

/** A run somebody asked for, or that did not come to its end. */
export interface WaitingRun {
  id: string;
  asOf: Instant;
}

/** First 32 hex digits of SHA-256 over clock and book. */
export function runId({ asOf, book }: RunKey): string {
  return sha256Hex(JSON.stringify([asOf, book])).slice(0, 32);
}

/** Writes down that an audit is wanted. One that waits or runs stays as it is; one that has ended is wanted again. */
export async function queueRun(
  runner: Runner,
  key: RunKey,
  askedAt: Date,
): Promise<{ id: string; state: WaitingState }> {
  const id = runId(key);
  await runner.query(
    `INSERT INTO run (id, as_of, book, state, parcels, started_at) VALUES ($1, $2, $3, 'queued', 0, $4)
     ON CONFLICT (id) DO UPDATE SET state = 'queued', started_at = excluded.started_at, finished_at = NULL, problem = NULL
      WHERE run.state NOT IN ('queued', 'running')`,
    [id, formatInstant(key.asOf), key.book, askedAt],
  );
  const rows: { state: WaitingState }[] = await runner.query('SELECT state FROM run WHERE id = $1', [id]);
  return { id, state: rows[0]?.state ?? 'queued' };
}

/**
 * Opens the record of the audit, or goes on with the one that is there; answers its id. `judgedBy` is what parcels are judged
 * by: the book of the key and what we said of ourselves, which may have changed since the audit was asked for.
 */
export async function openRun(
  runner: Runner,
  { judgedBy, ...key }: RunKey & { judgedBy: string },
  startedAt: Date,
): Promise<string> {
  const id = runId(key);
  await runner.query(
    `INSERT INTO run (id, as_of, book, state, parcels, started_at) VALUES ($1, $2, $3, 'running', 0, $4)
     ON CONFLICT (id) DO UPDATE SET state = 'running', book = excluded.book, started_at = excluded.started_at,
       finished_at = NULL, problem = NULL`,
    [id, formatInstant(key.asOf), judgedBy, startedAt],
  );
  return id;
}

/** How many parcels the run has judged so far. */
export async function noteProgress(runner: Runner, id: string, parcels: number): Promise<void> {
  await runner.query('UPDATE run SET parcels = $2 WHERE id = $1', [id, parcels]);
}

/** What is known of a run when it has ended. */
export interface RunEnd {
  finishedAt: Date;
  laterRows: LaterRows;
  vendorOutcomes: readonly VendorOutcome[];
  invoiceOutcomes: readonly VendorOutcome[];
}

/** Ends the record: the parcels whose judgement stands as of this clock and book, however many tries it took. */
export async function closeRun(
  runner: Runner,
  id: string,
  { finishedAt, laterRows, vendorOutcomes, invoiceOutcomes }: RunEnd,
): Promise<void> {
  await runner.query(
    `UPDATE run SET state = 'done', finished_at = $2, later_rows = $3, vendor_outcomes = $4, invoice_outcomes = $5,
            parcels = (SELECT count(*) FROM judged d WHERE d.as_of = run.as_of AND d.book = run.book)
      WHERE id = $1`,
    [id, finishedAt, JSON.stringify(laterRows), JSON.stringify(vendorOutcomes), JSON.stringify(invoiceOutcomes)],
  );
}

/** Ends the record of an audit that cannot be made, with the reason. */
export async function failRun(
  runner: Runner,
  id: string,
  { problem, at }: { problem: string; at: Date },
): Promise<void> {
  await runner.query(`UPDATE run SET state = 'failed', problem = $2, finished_at = $3 WHERE id = $1`, [
    id,
    problem,
    at,
  ]);
}

/** Runs that are queued, or were running when their process ended; the earliest clock first. */
export async function readWaiting(runner: Runner): Promise<WaitingRun[]> {
  const rows: { id: string; asOf: Date }[] = await runner.query(
    `SELECT id, as_of AS "asOf" FROM run WHERE state IN ('queued', 'running') ORDER BY as_of, id`,
  );
  return rows.map((row) => ({ ...row, asOf: row.asOf.getTime() }));
}

/** The clock of the latest audit done that does not lie after `now`; null when there is none. */
export async function readLatestDone(runner: Runner, now: Date): Promise<Instant | null> {
  const rows: { asOf: Date | null }[] = await runner.query(
    `SELECT max(as_of) AS "asOf" FROM run WHERE state = 'done' AND as_of <= $1`,
    [now],
  );
  return rows[0]?.asOf?.getTime() ?? null;
}

/** What a backtest reads beside what audits read: one snapshot nobody can write in, the days stored, and what people decided. */
import type { PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import type { FindingState } from '../core/finding/lifecycle.ts';
import { type Day, type Instant, formatInstant } from '../core/units/day.ts';
import { rollBack, withClient } from '../platform/database-client.ts';
import { KNOWN_BY, KNOWN_FROM } from './context.query.ts';
import { ADJUSTMENT_KNOWN_FROM, LINE_KNOWN_FROM } from './known-charges.ts';

/** Two connections that see the same, for one that streams leaves no room for questions. */
export interface Snapshot {
  runner: QueryRunner;
  /** The same connection as `runner`. */
  client: PoolClient;
  /** Another one. */
  reader: PoolClient;
}

/** Runs the work over the database as it stands now, in transactions that cannot write. */
export async function inSnapshot<T>(dataSource: DataSource, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    const client = (await runner.connect()) as PoolClient;
    await runner.startTransaction('REPEATABLE READ');
    await runner.query('SET TRANSACTION READ ONLY');
    const [exported]: { id: string }[] = await runner.query('SELECT pg_export_snapshot() AS id');
    return await withClient(dataSource, async (reader) => {
      await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      await reader.query(`SET TRANSACTION SNAPSHOT ${reader.escapeLiteral(exported?.id ?? '')}`);
      const result = await work({ runner, client, reader });
      await reader.query('ROLLBACK');
      return result;
    });
  } finally {
    await rollBack(runner);
    await runner.release();
  }
}

/** The last day on which something stored became known, of what was known by the instant; null where nothing was. */
export async function readLastDay(runner: QueryRunner, until: Instant): Promise<Day | null> {
  const [row]: { day: Day | null }[] = await runner.query(
    `SELECT to_char(max(at) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day FROM (
       SELECT max(${KNOWN_FROM}) AS at FROM label l WHERE ${KNOWN_BY}
       UNION ALL SELECT max(event_time) FROM event WHERE event_time <= $1::timestamptz
       UNION ALL SELECT max(retrieved_at) FROM event WHERE retrieved_at <= $1::timestamptz
       UNION ALL SELECT max(${LINE_KNOWN_FROM}) FROM charge WHERE ${LINE_KNOWN_FROM} <= $1::timestamptz
       UNION ALL SELECT max(${ADJUSTMENT_KNOWN_FROM}) FROM adjustment WHERE ${ADJUSTMENT_KNOWN_FROM} <= $1::timestamptz) known`,
    [formatInstant(until)],
  );
  return row?.day ?? null;
}

/** States that audits alone lead to. */
const UNDECIDED: readonly FindingState[] = ['open', 'reopened', 'resolved'];

/** By finding, what people decided about findings of the rules. */
export async function readDecided(runner: QueryRunner, rules: readonly string[]): Promise<Map<string, FindingState>> {
  const rows: { id: string; state: FindingState }[] = await runner.query(
    'SELECT id, state FROM finding WHERE rule = ANY ($1::text[]) AND state <> ALL ($2::text[])',
    [rules, UNDECIDED],
  );
  return new Map(rows.map(({ id, state }) => [id, state]));
}

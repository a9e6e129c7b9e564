/** What a database says of itself, without changing anything in it: for people who look for what is wrong. */
import { Client } from 'pg';
import type { DatabaseSchema } from './database.ts';
import { explainDatabaseError } from './database-errors.ts';

export interface DatabaseState {
  /** As the server writes it ("18.4"). */
  version: string;
  /** The server's clock minus ours, in milliseconds. */
  clockAheadMs: number;
  /** Migrations of this program that the database has not seen; the next start runs them. */
  pending: string[];
  /** Whether the tables of the job queue are there. */
  hasQueue: boolean;
  /** Access keys that open something; null while their table is missing. */
  keys: number | null;
}

const TIMEOUT_MS = 10_000;

/** Looks at the database at the URL. Throws an error that says what to do when it cannot be opened. */
export async function inspectDatabase(url: string, { migrations }: Pick<DatabaseSchema, 'migrations'>) {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: TIMEOUT_MS, query_timeout: TIMEOUT_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await look(
      client,
      migrations.map(({ name }) => name),
    );
  } catch (error) {
    throw explainDatabaseError(error, 'cannot open the database');
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function look(client: Client, migrations: readonly string[]): Promise<DatabaseState> {
  const askedMs = Date.now();
  const { rows } = await client.query<
    { version: string; now: number } & Record<'migrated' | 'keyed' | 'queued', boolean>
  >(
    `SELECT current_setting('server_version') AS version,
            EXTRACT(epoch FROM clock_timestamp())::float8 * 1000 AS now,
            to_regclass('migration') IS NOT NULL AS migrated,
            to_regclass('access_key') IS NOT NULL AS keyed,
            to_regclass('pgboss.version') IS NOT NULL AS queued`,
  );
  const oursMs = (askedMs + Date.now()) / 2;
  const [row] = rows;
  if (row === undefined) throw new Error('the database answered nothing');
  const ran = row.migrated ? await namesIn(client) : new Set();
  return {
    version: row.version.split(' ')[0] ?? row.version,
    clockAheadMs: row.now - oursMs,
    pending: migrations.filter((name) => !ran.has(name)),
    hasQueue: row.queued,
    keys: row.keyed ? await countKeys(client) : null,
  };
}

async function namesIn(client: Client): Promise<Set<string>> {
  const { rows } = await client.query<{ name: string }>('SELECT name FROM migration');
  return new Set(rows.map(({ name }) => name));
}

async function countKeys(client: Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM access_key WHERE revoked_at IS NULL',
  );
  return rows[0]?.count ?? 0;
}

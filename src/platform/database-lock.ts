/** Work that one process at a time may do, whatever the number of processes: the lock ends with its connection. */
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { poolOf } from './database-client.ts';

/** What is locked; the numbers only have to differ from each other and from those of imports. */
export const LOCKS = {
  migrate: 7_420_919_205,
  queue: 7_420_919_214,
  fold: 7_420_919_210,
  audit: 7_420_919_211,
  report: 7_420_919_212,
  mail: 7_420_919_213,
  webhooks: 7_420_919_215,
  alert: 7_420_919_225,
  askUsps: 7_420_919_231,
  ask17track: 7_420_919_232,
} as const;
export type LockName = keyof typeof LOCKS;

/** Waits for the lock, then does the work. Throws when the lock was lost in the middle, whatever the work came to. */
export async function withLock<T>(dataSource: DataSource, name: LockName, work: () => Promise<T>): Promise<T> {
  return withLockAt(urlOf(dataSource), name, work);
}

/** Does the work unless another process is at it; answers null then. */
export async function tryWithLock<T>(
  dataSource: DataSource,
  name: LockName,
  work: () => Promise<T>,
): Promise<T | null> {
  return onConnection(urlOf(dataSource), async (client) => {
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
      LOCKS[name],
    ]);
    return rows[0]?.locked === true ? work() : null;
  });
}

/** `withLock` before there is a DataSource. */
export async function withLockAt<T>(url: string, name: LockName, work: () => Promise<T>): Promise<T> {
  return onConnection(url, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [LOCKS[name]]);
    return work();
  });
}

/**
 * A connection of its own, none of the pool's: those who wait for a lock must not keep from the holder the connections
 * its work needs. Closing the connection frees the lock.
 */
async function onConnection<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'postage-auditor lock', keepAlive: true });
  let lost: Error | null = null;
  client.on('error', (error) => (lost = error));
  await client.connect();
  try {
    const result = await work(client);
    if (lost !== null) throw new Error('the database lock was lost in the middle of the work', { cause: lost });
    return result;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function urlOf(dataSource: DataSource): string {
  const { connectionString } = poolOf(dataSource).options;
  if (connectionString === undefined) throw new TypeError('the database was not opened by its URL');
  return connectionString;
}

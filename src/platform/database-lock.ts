/** Work that one process at a time may do, whatever the number of processes: the lock ends with its connection. */
import type { DataSource } from 'typeorm';
import { withClient } from './database-client.ts';

/** What is locked; the numbers only have to differ from each other and from those of imports and migrations. */
export const LOCKS = { fold: 7_420_919_210, audit: 7_420_919_211, report: 7_420_919_212, mail: 7_420_919_213 } as const;
export type LockName = keyof typeof LOCKS;

/** Waits for the lock, then does the work. */
export async function withLock<T>(dataSource: DataSource, name: LockName, work: () => Promise<T>): Promise<T> {
  return withClient(dataSource, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [LOCKS[name]]);
    try {
      return await work();
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [LOCKS[name]]);
    }
  });
}

/** Does the work unless another process is at it; answers null then. */
export async function tryWithLock<T>(
  dataSource: DataSource,
  name: LockName,
  work: () => Promise<T>,
): Promise<T | null> {
  return withClient(dataSource, async (client) => {
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
      LOCKS[name],
    ]);
    if (rows[0]?.locked !== true) return null;
    try {
      return await work();
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [LOCKS[name]]);
    }
  });
}

/** A connection of its own for work that streams: put back when it ends well, closed when it does not. */
import type { Pool, PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';

/** Runs the work on a connection of the pool. One that fails in the middle of a COPY is no use to anybody and is closed. */
export async function withClient<T>(dataSource: DataSource, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await poolOf(dataSource).connect();
  client.on('error', hearBreak);
  try {
    const result = await work(client);
    client.off('error', hearBreak);
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** As `withClient`, in one transaction; a failed one ends with its connection. */
export async function inTransaction<T>(dataSource: DataSource, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return withClient(dataSource, async (client) => {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  });
}

/** Ends a failed transaction. A connection that broke has rolled back already; what broke it is the error to tell. */
export async function rollBack(runner: QueryRunner): Promise<void> {
  try {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
  } catch {
    return;
  }
}

/**
 * A connection that breaks while no query runs on it says so by an event, which without a listener ends the process.
 * The next query on it fails, and that is soon enough.
 */
function hearBreak(): void {}

/** The pool under a DataSource: TypeORM’s own connections go back to it whatever happened to them, no good for streams. */
export function poolOf({ driver }: DataSource): Pool {
  if (!(driver instanceof PostgresDriver)) throw new TypeError('the database is not PostgreSQL');
  return driver.master;
}

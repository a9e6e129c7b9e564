/** A connection of its own for work that streams: put back when it ends well, closed when it does not. */
import type { Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';

/** Runs the work on a connection of the pool. One that fails in the middle of a COPY is no use to anybody and is closed. */
export async function withClient<T>(dataSource: DataSource, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await poolOf(dataSource).connect();
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** TypeORM's own connections go back to the pool whatever happened to them, so streams do not use them. */
function poolOf({ driver }: DataSource): Pool {
  if (!(driver instanceof PostgresDriver)) throw new TypeError('the database is not PostgreSQL');
  return driver.master;
}

/** A connection of its own for work that streams: put back when it ends well, closed when it does not. */
import type { Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';

/** Runs the work on a connection of the pool. One that fails in the middle of a COPY is no use to anybody and is closed. */
export async function withClient<T>(dataSource: DataSource, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const { master } = dataSource.driver as PostgresDriver & { master: Pool };
  const client = await master.connect();
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

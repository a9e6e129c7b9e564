/** A few connections beside those of TypeORM: for the queue, which brings its own SQL, and for probes. */
import type { OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';

const CONNECTIONS = 4;
const CONNECTION_TIMEOUT_MS = 10_000;

/** A burst of requests that takes every connection of the program must keep neither jobs nor probes waiting. */
export class SidePool implements OnApplicationShutdown {
  private readonly pool: Pool;

  /** Opens nothing yet: connections are made when they are needed, again also after the server was away. */
  constructor(url: string) {
    this.pool = new Pool({
      connectionString: url,
      application_name: 'postage-auditor queue',
      max: CONNECTIONS,
      connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
      options: '-c TimeZone=UTC',
    });
    // An idle connection that breaks is replaced by the next query; without a listener the event would end the process.
    this.pool.on('error', () => undefined);
  }

  async query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }> {
    return this.pool.query(text, values);
  }

  /** Waits for the queries that run. Safe to call twice. */
  async close(): Promise<void> {
    if (!this.pool.ending) await this.pool.end();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }
}

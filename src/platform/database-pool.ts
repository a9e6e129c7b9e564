/** A few connections beside those of TypeORM, for a library that brings its own SQL. */
import { Pool } from 'pg';

export interface SqlPool {
  query: (text: string, values?: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>;
  /** Waits for the queries that run. Safe to call twice. */
  close: () => Promise<void>;
}

const CONNECTION_TIMEOUT_MS = 10_000;

/** Opens nothing yet: connections are made when they are needed, again also after the server was away. */
export function sqlPool(options: { url: string; applicationName: string; max: number }): SqlPool {
  const pool = new Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.max,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    options: '-c TimeZone=UTC',
  });
  // An idle connection that breaks is replaced by the next query; without a listener the event would end the process.
  pool.on('error', () => undefined);
  return {
    query: (text, values) => pool.query(text, values),
    close: async () => {
      if (!pool.ending) await pool.end();
    },
  };
}

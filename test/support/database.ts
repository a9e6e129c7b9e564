/** A database for one test file: a clone of the migrated template, dropped when the file is done. */
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { openDatabase } from '../../src/platform/database.ts';
import { schema } from '../../src/schema.ts';

/** How the server's URL comes from the run's setup to the processes of the tests. */
export const SERVER_VARIABLE = 'POSTAGE_AUDITOR_TEST_SERVER';
export const TEMPLATE = 'migrated_template';

export interface TestDatabase {
  /** Call it inside a test or hook, not while the file is being loaded. */
  dataSource: () => DataSource;
  url: () => string;
}

/** Gives the test file (or the describe block it is called in) a migrated database of its own, empty at the start. */
export function useDatabase(): TestDatabase {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  let opened: DataSource | undefined;
  beforeAll(async () => {
    await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
    opened = await openDatabase({ url: urlOfDatabase(serverUrl(), name), ...schema });
  });
  afterAll(async () => {
    await opened?.destroy();
    await asAdmin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });
  return {
    dataSource: () => {
      if (opened === undefined) throw new Error('the test database is open only inside tests and hooks');
      return opened;
    },
    url: () => urlOfDatabase(serverUrl(), name),
  };
}

/** The URL of another database on the same server. */
export function urlOfDatabase(server: string, database: string): string {
  return server.replace(/^(\w+:\/\/[^/?]*\/)[^?]*/, `$1${database}`);
}

async function asAdmin(sql: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function serverUrl(): string {
  const url = process.env[SERVER_VARIABLE];
  if (url === undefined) throw new Error('no test server: run the tests through jest.config.js');
  return url;
}

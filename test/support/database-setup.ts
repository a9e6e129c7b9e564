/**
 * Before the run, by jest: the command line compiled if a test runs it, and one throw-away PostgreSQL for all test files
 * with a migrated template they clone.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '@jest/types';
import { Client } from 'pg';
import { openDatabase } from '../../src/platform/database.ts';
import { startThrowAway } from '../../src/platform/database-throwaway.ts';
import { schema } from '../../src/schema.ts';
import { buildWhenStale } from './built.ts';
import { SERVER_VARIABLE, TEMPLATE, urlOfDatabase } from './database.ts';
import { stopLater } from './database-teardown.ts';

export default async function setUp(config: Config.GlobalConfig): Promise<void> {
  if (isWanted(config, 'support/built.ts') || isWanted(config, 'support/program.ts')) buildWhenStale();
  if (!isWanted(config, 'support/database.ts') && !isWanted(config, 'support/told-audit.ts')) return;
  const server = await startThrowAway();
  stopLater(server);
  const admin = new Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${TEMPLATE}`);
  await admin.end();
  const template = await openDatabase({ url: urlOfDatabase(server.url, TEMPLATE), ...schema });
  await template.destroy();
  process.env[SERVER_VARIABLE] = server.url;
}

/** Whether a test file of this run imports the support file: a run of pure tests should wait for nothing. */
function isWanted(config: Config.GlobalConfig, support: string): boolean {
  const tests = join(config.rootDir, 'test');
  const patterns = config.testPathPatterns.toExecutor({ rootDir: config.rootDir });
  return readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .map((name) => join(tests, name))
    .filter((path) => path.endsWith('.test.ts') && patterns.isMatch(path))
    .some((path) => readFileSync(path, 'utf8').includes(support));
}

/** `doctor`: tries everything the service is configured for, one line each, with what to do about what fails. */
import type { Command } from 'commander';
import { Catalog } from '../catalog/catalog.ts';
import { type Day, dayOf } from '../core/units/day.ts';
import { type Config, readConfig } from '../platform/config.ts';
import { inspectDatabase } from '../platform/database-inspect.ts';
import { databaseSource } from '../platform/database-source.ts';
import type { DatabaseSchema } from '../platform/database.ts';
import { EXIT_FOUND } from '../platform/errors.ts';
import { type ConnectionsOptions, type Tried, tryConnections } from '../tracking/connections.service.ts';
import {
  type Verdict,
  checkCalendar,
  checkDataDir,
  checkDatabase,
  checkKeys,
  checkMail,
  checkMigrations,
  checkNode,
  checkPort,
  checkPrices,
  checkQueue,
  checkRecipients,
  checkSchedule,
  failure,
  checkZoneCharts,
  ok,
} from './doctor-checks.ts';
import { checkTrack17, checkUsps, checkWebhooks } from './doctor-providers.ts';
import type { CliIo } from './io.ts';

interface Finding extends Verdict {
  check: string;
}

/** Adds the command. */
export function registerDoctor(program: Command, io: CliIo, schema: DatabaseSchema): void {
  program
    .command('doctor')
    .description('try everything the service needs; exit 1 when something fails')
    .option('--json', 'print the checks as JSON')
    .action(async ({ json }: { json?: true }) => {
      const findings: Finding[] = [];
      for await (const finding of examine(io, schema)) {
        findings.push(finding);
        if (json === undefined) io.stdout.write(`${lineOf(finding)}\n`);
      }
      if (json) io.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
      if (findings.some(({ status }) => status === 'failure')) io.exitCode = EXIT_FOUND;
    });
}

async function* examine(io: CliIo, schema: DatabaseSchema): AsyncGenerator<Finding> {
  const now = new Date(io.now());
  yield await tried('node', () => checkNode(process.versions.node));
  const catalog = yield* examineCatalog(io.root, dayOf(now.getTime()));
  let config: Config;
  try {
    config = readConfig();
  } catch (error) {
    // Nothing else can be tried: which database, which mail server, is what could not be read.
    yield { check: 'configuration', ...failure(sentenceOf(error)) };
    return;
  }
  yield { check: 'configuration', ...ok('every variable has a value it may have') };
  yield await tried('zone charts', () => checkZoneCharts(io.root, config));
  yield* examineData(config, io, { schema, catalog });
  yield await tried('webhooks', () => checkWebhooks(config));
  yield await tried('recipients', () => checkRecipients(config));
  yield await tried('schedule', () => checkSchedule(config, now));
  yield await tried('port', () => checkPort(config));
}

/** What others publish, and what we judge by. */
async function* examineCatalog(root: string, today: Day): AsyncGenerator<Finding, Catalog | null> {
  let catalog: Catalog;
  try {
    catalog = new Catalog(root);
  } catch (error) {
    yield { check: 'catalog', ...failure(sentenceOf(error)) };
    return null;
  }
  yield { check: 'catalog', ...ok(`${catalog.rules.rules.length} rules and their data can be read`) };
  yield await tried('prices', () => checkPrices(catalog, today));
  yield await tried('calendar', () => checkCalendar(catalog, today));
  return catalog;
}

/** What needs the data folder, and the database that may lie in it. */
async function* examineData(
  config: Config,
  io: CliIo,
  { schema, catalog }: { schema: DatabaseSchema; catalog: Catalog | null },
): AsyncGenerator<Finding> {
  let source;
  try {
    source = await databaseSource(config, { root: io.root, whenOwned: 'join' });
  } catch (error) {
    yield { check: 'database', ...failure(sentenceOf(error)) };
    yield* examineProviders(config, null);
    return;
  }
  const { url, where, dataDir } = source;
  let isReady = false;
  try {
    yield await tried('data folder', () => checkDataDir(dataDir));
    const state = await inspectDatabase(url, schema);
    yield { check: 'database', ...checkDatabase(state, where) };
    yield { check: 'tables', ...checkMigrations(state) };
    yield { check: 'queue', ...checkQueue(state) };
    yield { check: 'keys', ...checkKeys(state, config) };
    isReady = state.pending.length === 0;
  } catch (error) {
    yield { check: 'database', ...failure(sentenceOf(error)) };
  }
  try {
    yield* examineProviders(config, catalog && isReady ? { url, schema, catalog } : null);
  } finally {
    await source.stop();
  }
  yield await tried('mail', () => checkMail(config, dataDir));
}

/** Those who are asked for tracking; without a database that is up to date, whose quota may not be spent, untried. */
async function* examineProviders(
  config: Config,
  over: Omit<ConnectionsOptions, 'config'> | null,
): AsyncGenerator<Finding> {
  let all: Tried[] = [];
  try {
    if (over !== null) all = await tryConnections({ ...over, config });
  } catch (error) {
    yield { check: 'tracking', ...failure(sentenceOf(error)) };
  }
  const of = (provider: Tried['provider']) => all.find((each) => each.provider === provider);
  yield await tried('USPS', () => checkUsps(config, of('usps')));
  yield await tried('17TRACK', () => checkTrack17(config, of('17track')));
}

async function tried(check: string, attempt: () => Verdict | Promise<Verdict>): Promise<Finding> {
  try {
    return { check, ...(await attempt()) };
  } catch (error) {
    return { check, ...failure(sentenceOf(error)) };
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function lineOf({ check, status, says }: Finding): string {
  return `${status.padEnd('failure'.length)}  ${check.padEnd('configuration'.length)}  ${says}`;
}

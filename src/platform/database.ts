/** Opens a database: how its values become JavaScript values, its session settings, and its migrations. */
import { setTimeout as sleep } from 'node:timers/promises';
import { types } from 'pg';
import { DataSource, type DataSourceOptions, type EntitySchema, type MigrationInterface } from 'typeorm';
import { explainDatabaseError, mayBeStarting } from './database-errors.ts';
import { withLockAt } from './database-lock.ts';
import { UsageError } from './errors.ts';

/** The tables of the program and the steps that make them. */
export interface DatabaseSchema {
  entities: EntitySchema[];
  migrations: (new () => MigrationInterface)[];
}

export interface OpenDatabaseOptions extends DatabaseSchema {
  url: string;
  /** Connections this process may hold. */
  poolSize?: number;
  /** How long to wait for a server that is starting. */
  waitMs?: number;
}

const RETRY_EVERY_MS = 200;
/** Longest wait for a connection, a free one of the pool or a new one, before a caller is told that there is none. */
const CONNECTION_TIMEOUT_MS = 30_000;

let parsersSet = false;

/**
 * Dates stay the text they are, since a Date would move them by the machine's time zone; whole numbers beyond what a
 * number holds exactly are an error, never rounded. NUMERIC is text by default. Set once, for every pool of the process.
 */
function setTypeParsers(): void {
  if (parsersSet) return;
  parsersSet = true;
  types.setTypeParser(types.builtins.DATE, (text) => text);
  types.setTypeParser(types.builtins.INT8, safeInteger);
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} is beyond the numbers held exactly`);
  return value;
}

/** The options of a DataSource over the URL; `openDatabase` and the TypeORM command line share them. */
export function dataSourceOptions({ url, poolSize = 8, ...schema }: OpenDatabaseOptions): DataSourceOptions {
  setTypeParsers();
  return {
    type: 'postgres',
    entities: schema.entities,
    migrations: schema.migrations,
    migrationsTableName: 'migration',
    synchronize: false,
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    poolSize,
    connectTimeoutMS: CONNECTION_TIMEOUT_MS,
    applicationName: 'postage-auditor',
    // pg reads the URL itself: TypeORM's own reading knows no socket folder and no TLS parameters.
    extra: { connectionString: url, options: '-c TimeZone=UTC -c DateStyle=ISO -c jit=off' },
  };
}

/**
 * Connects, waiting for a server that is starting, and brings the schema up to date.
 * Throws a UsageError for a text that is no URL and a DatabaseError that says what to do for anything that refuses.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<DataSource> {
  checkUrl(options.url);
  const dataSource = new DataSource(dataSourceOptions(options));
  try {
    await initialize(dataSource, Date.now() + (options.waitMs ?? 10_000));
  } catch (error) {
    throw explainDatabaseError(error, `cannot open the database ${withoutPassword(options.url)}`);
  }
  try {
    await migrate(dataSource, options.url);
  } catch (error) {
    await dataSource.destroy();
    throw explainDatabaseError(error, 'cannot bring the database up to date');
  }
  return dataSource;
}

/** Connects as the database stands, without bringing it up to date: for a look at one that may be behind. */
export async function joinDatabase(options: OpenDatabaseOptions): Promise<DataSource> {
  const dataSource = new DataSource(dataSourceOptions(options));
  try {
    return await dataSource.initialize();
  } catch (error) {
    throw explainDatabaseError(error, `cannot open the database ${withoutPassword(options.url)}`);
  }
}

/** Throws a UsageError for a text that is no URL of PostgreSQL. */
export function checkUrl(url: string): void {
  if (/^postgres(ql)?:\/\//.test(url)) return;
  throw new UsageError('a database URL looks like postgres://user:password@host:5432/database');
}

async function initialize(dataSource: DataSource, until: number): Promise<void> {
  for (;;) {
    try {
      await dataSource.initialize();
      return;
    } catch (error) {
      if (!mayBeStarting(error) || Date.now() > until) throw error;
      await sleep(RETRY_EVERY_MS);
    }
  }
}

/** Runs what is pending, one process at a time. */
async function migrate(dataSource: DataSource, url: string): Promise<void> {
  await withLockAt(url, 'migrate', () => dataSource.runMigrations({ transaction: 'each' }));
}

/** The URL as it may be shown. */
export function withoutPassword(url: string): string {
  return url.replace(/^(\w+:\/\/[^:/@]*):[^@]*@/, '$1:***@');
}

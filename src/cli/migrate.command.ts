/** `migrate`: brings a database up to date, as every start does, without starting anything. */
import type { Command } from 'commander';
import { readConfig } from '../platform/config.ts';
import { type DatabaseSchema, openDatabase } from '../platform/database.ts';
import { databaseSource } from '../platform/database-source.ts';
import { type CliIo, tellOn } from './io.ts';

/** Adds the command. */
export function registerMigrate(program: Command, io: CliIo, schema: DatabaseSchema): void {
  program
    .command('migrate')
    .description('create or update the tables of the database')
    .option('--database <url>', 'the database (default: DATABASE_URL, else the embedded one)')
    .action((options: { database?: string }) => migrate(options.database, io, schema));
}

async function migrate(databaseUrl: string | undefined, io: CliIo, schema: DatabaseSchema): Promise<void> {
  const config = readConfig();
  const named = { dataDir: config.dataDir, databaseUrl: databaseUrl ?? config.databaseUrl };
  const source = await databaseSource(named, { root: io.root, whenOwned: 'join', tell: tellOn(io.stderr) });
  try {
    const dataSource = await openDatabase({ url: source.url, ...schema });
    await dataSource.destroy();
    io.stdout.write(`up to date: ${source.where}\n`);
  } finally {
    await source.stop();
  }
}

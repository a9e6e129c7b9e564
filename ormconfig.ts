/** The TypeORM command line's way in: the database of DATABASE_URL, else a throw-away one brought up to date. */
import { DataSource } from 'typeorm';
import { readConfig } from './src/platform/config.ts';
import { dataSourceOptions, openDatabase } from './src/platform/database.ts';
import { startThrowAway } from './src/platform/database-throwaway.ts';
import { schema } from './src/schema.ts';

async function throwAwayUrl(): Promise<string> {
  const { url } = await startThrowAway();
  const migrated = await openDatabase({ url, ...schema });
  await migrated.destroy();
  return url;
}

const url = readConfig().databaseUrl ?? (await throwAwayUrl());

export default new DataSource(dataSourceOptions({ url, ...schema }));

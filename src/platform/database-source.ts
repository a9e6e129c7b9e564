/** The database a service or command works on: the one its user named, else the embedded one of the data folder. */
import { resolve } from 'node:path';
import type { Config } from './config.ts';
import { untilDatabaseAnswers } from './database-wait.ts';
import { withoutPassword } from './database.ts';
import { joinOrStartEmbedded, startEmbedded } from './database-embedded.ts';
import type { RunningServer } from './database-throwaway.ts';

export interface DatabaseSource extends RunningServer {
  /** Which database it is, in words for people. */
  where: string;
  /** Absolute path of the folder for what is not in the database; may not exist yet. */
  dataDir: string;
}

/**
 * Opens the way to the database. An embedded one that another process owns is joined or refused as asked: a command
 * works beside the service, a second service does not. `keepRunning` starts one of ours again that is gone in the middle.
 * With `tell` a server that the user named is waited for, and people are told so.
 */
export async function databaseSource(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  options: { root: string; whenOwned: 'join' | 'refuse'; keepRunning?: boolean; tell?: (line: string) => void },
): Promise<DatabaseSource> {
  if (config.databaseUrl !== null) {
    const { databaseUrl: url } = config;
    if (options.tell !== undefined) await untilDatabaseAnswers(url, { tell: options.tell });
    const dataDir = resolve(options.root, config.dataDir ?? '.data');
    return { url, where: withoutPassword(url), dataDir, stop: async () => undefined };
  }
  const open = options.whenOwned === 'join' ? joinOrStartEmbedded : startEmbedded;
  const { root, keepRunning = false } = options;
  const server = await open({ dataDir: config.dataDir, root, keepRunning });
  const { url, dataDir, stop } = server;
  return { url, where: `embedded PostgreSQL in ${dataDir}`, dataDir, stop };
}

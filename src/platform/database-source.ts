/** The database a service or command works on: the one its user named, else the embedded one of the data folder. */
import type { Config } from './config.ts';
import { withoutPassword } from './database.ts';
import { joinOrStartEmbedded, startEmbedded } from './database-embedded.ts';
import type { RunningServer } from './database-throwaway.ts';

export interface DatabaseSource extends RunningServer {
  /** Which database it is, in words for people. */
  where: string;
}

/**
 * Opens the way to the database. An embedded one that another process owns is joined or refused as asked: a command
 * works beside the service, a second service does not.
 */
export async function databaseSource(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  options: { root: string; whenOwned: 'join' | 'refuse' },
): Promise<DatabaseSource> {
  if (config.databaseUrl !== null) {
    return { url: config.databaseUrl, where: withoutPassword(config.databaseUrl), stop: async () => undefined };
  }
  const open = options.whenOwned === 'join' ? joinOrStartEmbedded : startEmbedded;
  const server = await open({ dataDir: config.dataDir, root: options.root });
  return { url: server.url, where: `embedded PostgreSQL in ${server.dataDir}`, stop: server.stop };
}

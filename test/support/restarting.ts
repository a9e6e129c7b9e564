/** A throw-away server of a test's own that can be stopped and started again under those who use it. */
import { join } from 'node:path';
import { findPrograms } from '../../src/platform/database-binaries.ts';
import { type Cluster, makePrivate, startCluster, stopCluster, urlOf } from '../../src/platform/database-cluster.ts';
import { serverUser } from '../../src/platform/database-user.ts';

export interface RestartingServer {
  url: string;
  /** Ends it as a crash does: nobody is told, nothing is finished. */
  crash: () => Promise<void>;
  start: () => Promise<void>;
}

/** Starts one in the folder, which every user must be able to pass. Crash it in the end, then remove the folder. */
export async function restartingServer(folder: string): Promise<RestartingServer> {
  const user = serverUser();
  const place = join(folder, 'server');
  makePrivate(place, user);
  // Durable: what was answered for before a crash has to be there after it.
  const cluster: Cluster = { programs: findPrograms(user), user, folder: place, socketFolder: place, durable: true };
  const start = (): Promise<void> => startCluster(cluster);
  await start();
  return { url: urlOf(place), crash: () => stopCluster(cluster, 'immediate'), start };
}

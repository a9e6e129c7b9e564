/** A PostgreSQL server for one audit or one test run, in a temporary folder that goes with it. */
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type DatabasePrograms, findPrograms } from './database-binaries.ts';
import { type Cluster, makePrivate, startCluster, stopCluster, urlOf } from './database-cluster.ts';
import { guard, ownerFileOf } from './database-guard.ts';
import { lock, ownerAt, readOwner } from './database-owner.ts';
import { type ServerUser, serverUser, temporaryFolderOf } from './database-user.ts';
import { isAlive } from './process-identity.ts';

export interface RunningServer {
  url: string;
  /** Ends the server; of a throw-away one nothing is left. Safe to call twice. */
  stop: () => Promise<void>;
}

const PREFIX = 'postage-auditor-db-';
/** A folder without a note of its owner is one being made, or one whose maker died in that very moment. */
const NAMELESS_AFTER_MS = 600_000;

/**
 * Starts a server over an empty database; no setting protects its data against a crash. It ends with this process,
 * however that ends; what a killed one could not clear is cleared by the next start.
 */
export async function startThrowAway(): Promise<RunningServer> {
  const user = serverUser();
  const programs = findPrograms(user);
  const parent = temporaryFolderOf(user);
  await sweep(parent, programs, user);
  const folder = mkdtempSync(join(parent, PREFIX));
  const cluster: Cluster = { programs, user, folder, socketFolder: folder, durable: false };
  const owner = ownerAt(urlOf(folder));
  lock(ownerFileOf(folder), owner);
  makePrivate(folder, user);
  const watch = guard(cluster, { token: owner.token, file: ownerFileOf(folder), remove: true });
  const stop = async (): Promise<void> => {
    await watch.release();
    await removeCluster(cluster);
  };
  try {
    await startCluster(cluster);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: owner.url, stop };
}

/** Clears the folders whose owners are dead; owners that cannot be known, in other containers, keep theirs. */
async function sweep(parent: string, programs: DatabasePrograms, user: ServerUser): Promise<void> {
  for (const name of readdirSync(parent)) {
    const folder = join(parent, name);
    if (!name.startsWith(PREFIX) || !isAbandoned(folder, user)) continue;
    await removeCluster({ programs, user, folder, socketFolder: folder, durable: false });
  }
}

function isAbandoned(folder: string, user: ServerUser): boolean {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (stat === undefined || stat.uid !== (user?.uid ?? process.getuid?.())) return false;
  const owner = readOwner(ownerFileOf(folder));
  return owner === null ? Date.now() - stat.mtimeMs > NAMELESS_AFTER_MS : isAlive(owner) === false;
}

/** Stops what runs in the folder and removes it; what is left then belongs to a guard at the same work. */
async function removeCluster(cluster: Cluster): Promise<void> {
  if (!existsSync(cluster.folder)) return;
  await stopCluster(cluster, 'immediate');
  rmSync(cluster.folder, { recursive: true, force: true, maxRetries: 5 });
}

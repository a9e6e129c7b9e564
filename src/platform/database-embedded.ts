/** The PostgreSQL server of a data folder: kept between runs, owned by one process at a time, joined by others. */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { findPrograms } from './database-binaries.ts';
import {
  type Cluster,
  canHoldSocket,
  forgetServer,
  makePrivate,
  startCluster,
  stopCluster,
  urlOf,
} from './database-cluster.ts';
import { isGone } from './database-gone.ts';
import { guard, ownerFileOf } from './database-guard.ts';
import { type DatabaseOwner, lock, ownerAt, unlock } from './database-owner.ts';
import type { RunningServer } from './database-throwaway.ts';
import { type ServerUser, canReach, serverUser, temporaryFolderOf } from './database-user.ts';
import { watchCluster } from './database-watch.ts';
import { DatabaseError, UsageError } from './errors.ts';
import { sha256Hex } from './hash.ts';

export interface EmbeddedOptions {
  /** The data folder the user named; null = one of our choice. */
  dataDir: string | null;
  /** The project's folder, beside which the data lie by default. */
  root: string;
  /** Start the server again when it is gone in the middle: for processes that run for long. */
  keepRunning?: boolean;
}

export interface EmbeddedServer extends RunningServer {
  dataDir: string;
  /** Another process owns the server; `stop` leaves it running. */
  joined: boolean;
  /** The owning process in words. */
  owner: string;
}

/** Starts the server of the data folder. Throws a UsageError naming the process that has it already. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const server = await joinOrStartEmbedded(options);
  if (!server.joined) return server;
  throw new UsageError(`${server.dataDir} is in use by ${server.owner}; stop it first, or set another DATA_DIR`);
}

/** Joins the server that runs on the data folder, else starts it. */
export async function joinOrStartEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { dataDir, user } = placeOf(options);
  const folder = join(dataDir, 'cluster');
  const socketFolder = canHoldSocket(folder) ? folder : shortSocketFolder(dataDir, user);
  const file = ownerFileOf(dataDir);
  const us = ownerAt(urlOf(socketFolder));
  const found = lock(file, us);
  const gone = found !== null && (await isGone(found, file)) ? found : null;
  const holder = gone === null ? found : lock(file, us, gone);
  const owner = nameOf(holder ?? us, file);
  if (holder !== null) return { url: holder.url, dataDir, joined: true, owner, stop: async () => undefined };
  try {
    const cluster: Cluster = { programs: findPrograms(user), user, folder, socketFolder, durable: true };
    if (gone !== null) forgetServer(cluster);
    const stop = await start(cluster, file, us);
    const watch = options.keepRunning === true ? watchCluster(cluster) : null;
    return {
      url: us.url,
      dataDir,
      joined: false,
      owner,
      stop: async () => {
        await watch?.end();
        await stop();
      },
    };
  } catch (error) {
    unlock(file, us);
    throw error;
  }
}

async function start(cluster: Cluster, file: string, us: DatabaseOwner): Promise<() => Promise<void>> {
  makePrivate(cluster.folder, cluster.user);
  if (cluster.socketFolder !== cluster.folder) makePrivate(cluster.socketFolder, cluster.user);
  const watch = guard(cluster, { token: us.token, file, remove: false });
  const stop = async (): Promise<void> => {
    await watch.release();
    await stopCluster(cluster, 'fast');
    unlock(file, us);
  };
  try {
    // What a killed owner left running, if its guard was killed with it.
    await stopCluster(cluster, 'fast');
    await startCluster(cluster);
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

function nameOf(owner: DatabaseOwner, file: string): string {
  return `process ${owner.pid} (${owner.place.trim()}, database ${owner.url}; if that is long gone, remove ${file})`;
}

/** Where the data lie and who the server runs as. Makes the folder. */
function placeOf({ dataDir, root }: EmbeddedOptions): { dataDir: string; user: ServerUser } {
  const wanted = resolve(root, dataDir ?? '.data');
  const user = serverUser(statSync(join(wanted, 'cluster'), { throwIfNoEntry: false })?.uid);
  if (isUsable(wanted, user)) return { dataDir: wanted, user };
  if (dataDir !== null) {
    const who =
      user === null ? 'this user' : `the user "${user.name}", whom PostgreSQL runs as because it refuses root,`;
    throw new UsageError(`DATA_DIR ${wanted} cannot be used: ${who} cannot reach it or may not write to it`);
  }
  const elsewhere = fallbackOf(root);
  if (isUsable(elsewhere, user)) return { dataDir: elsewhere, user };
  throw new DatabaseError(
    `neither ${wanted} nor ${elsewhere} can hold the database: set DATA_DIR to a folder that can`,
  );
}

/** A folder a checkout out of reach (root's home, a read-only disk) keeps its data in instead, one a checkout. */
function fallbackOf(root: string): string {
  const name = `postage-auditor-${sha256Hex(root).slice(0, 8)}`;
  return process.getuid?.() === 0 ? join('/var/lib', name) : join(homedir(), '.local', 'share', name);
}

/** Whether we may write the folder and the server's user can pass through it; makes it, and keeps it only if so. */
function isUsable(folder: string, user: ServerUser): boolean {
  let made: string | undefined;
  try {
    made = mkdirSync(folder, { recursive: true, mode: 0o755 });
  } catch {
    return false;
  }
  const usable = canReach(null, folder, 'w') && canReach(user, folder, 'x');
  if (!usable && made !== undefined) rmSync(made, { recursive: true });
  return usable;
}

/** The path of a socket is limited; this name for it depends on the data folder alone, so it can be found again. */
function shortSocketFolder(dataDir: string, user: ServerUser): string {
  return join(temporaryFolderOf(user), `postage-auditor-socket-${sha256Hex(dataDir).slice(0, 12)}`);
}

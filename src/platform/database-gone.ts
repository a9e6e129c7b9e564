/** Finds out whether the owner of a database who wrote its note in another container is gone. */
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SOCKET_NAME } from './database-cluster.ts';
import type { DatabaseOwner } from './database-owner.ts';
import { errorCodeOf } from './errors.ts';
import { isAlive, ranUnderThisName } from './process-identity.ts';

/** Longer than an owner needs to start its server again, and to make a new one. */
const TRIES = 10;
const BETWEEN_TRIES_MS = 500;

/**
 * Whether the owner is gone although its process cannot be looked at from here: a container that was killed is started
 * again under the same name, with process numbers of its own, and no server listens on the socket. Under another name it
 * may live on another machine, over a disk that both share, where a socket tells nothing.
 */
export async function isGone(owner: DatabaseOwner, file: string): Promise<boolean> {
  if (isAlive(owner) !== null || !ranUnderThisName(owner)) return false;
  for (let left = TRIES; ; left -= 1) {
    if (await mayListen(owner, dirname(file))) return false;
    if (left === 1) return true;
    await sleep(BETWEEN_TRIES_MS);
  }
}

/** False when nobody listens on the owner's socket; true also for a socket that this process cannot judge by. */
async function mayListen({ url }: DatabaseOwner, dataDir: string): Promise<boolean> {
  const folder = new URL(url).searchParams.get('host');
  if (folder === null) return true;
  const code = await refusalOf(join(folder, SOCKET_NAME));
  // A temporary folder is a container's own: what is missing from ours says nothing about another's.
  return code !== 'ECONNREFUSED' && !(code === 'ENOENT' && folder.startsWith(join(dataDir, '/')));
}

/** The code of the error with which the socket refuses, null when it accepts. */
function refusalOf(socket: string): Promise<string | null> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    const end = (code: string | null): void => {
      connection.destroy();
      resolve(code);
    };
    connection.once('connect', () => end(null));
    connection.once('error', (error) => end(errorCodeOf(error)));
  });
}

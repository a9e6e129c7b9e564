/**
 * Ends an embedded server with the process that owns it, however that process ends. A shell holds the reading end of a
 * pipe whose writing end only the owner has: when the owner stops, is killed or crashes, the system closes the pipe.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Cluster, dataOf } from './database-cluster.ts';
import { spawnOptionsOf } from './database-user.ts';

/** The file beside the data that names the owner. */
export const OWNER_FILE = 'owner.json';

/**
 * "$1" pg_ctl, "$2" data, "$3" the owner's token, "$4" the owner's file, "$5" the folder to remove or ''.
 * A server that has a new owner by now is left alone. A folder is removed again as long as a program that was just
 * starting (initdb, the server itself) still writes into it.
 */
const script = `
cat > /dev/null
grep -qs "$3" "$4" || exit 0
if [ -z "$5" ]; then exec "$1" -D "$2" -m fast -w -s stop; fi
tries=0
while [ -e "$5" ] && [ $tries -lt 20 ]; do
  [ $tries -gt 0 ] && sleep 0.3
  [ -e "$2/postmaster.pid" ] && "$1" -D "$2" -m immediate -w -s stop
  rm -rf "$5"
  tries=$((tries + 1))
done
`;

export interface Guard {
  /** Ends the server now and waits until it is gone. */
  release: () => Promise<void>;
}

/** Sets a guard over a cluster that is about to be started. */
export function guard(cluster: Cluster, owner: { token: string; file: string; remove: boolean }): Guard {
  const remove = owner.remove ? cluster.folder : '';
  const words = [
    '-c',
    script,
    'guard',
    cluster.programs.pgCtl,
    dataOf(cluster.folder),
    owner.token,
    owner.file,
    remove,
  ];
  // Detached: Ctrl-C at the terminal goes to a whole group of processes and must not reach the guard.
  const child = spawn('/bin/sh', words, {
    ...spawnOptionsOf(cluster.user),
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Neither the process nor its pipe keeps the owner alive.
  child.unref();
  unrefPipe(child);
  child.on('error', () => undefined);
  return { release: () => release(child) };
}

function unrefPipe(child: ChildProcess): void {
  const pipe = child.stdin;
  if (pipe !== null && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref();
}

async function release(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const gone = once(child, 'exit');
  child.stdin?.end();
  await gone;
}

/** Where the owner of a folder is named. */
export function ownerFileOf(folder: string): string {
  return join(folder, OWNER_FILE);
}

/** The system user a PostgreSQL server runs as (it refuses root), and what that user can reach. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { DatabaseError } from './errors.ts';

/** The user to start programs as; null = as ourselves. */
export type ServerUser = { name: string; uid: number; gid: number } | null;

/** Root's stand-ins in order of preference; initdb needs one with a name. */
const standIns = ['postgres', '_postgres', 'nobody', 'daemon'];

/**
 * The user the server runs as; when we are root and its data exist already, the owner of those.
 * Throws a DatabaseError when we are root and the system knows no other user.
 */
export function serverUser(ownerUid?: number): ServerUser {
  if (process.getuid?.() !== 0) return null;
  const users = systemUsers();
  const owner = users.find((user) => user.uid === ownerUid);
  const found = owner ?? standIns.map((name) => users.find((user) => user.name === name)).find(Boolean);
  if (found !== undefined) return found;
  throw new DatabaseError(
    'PostgreSQL does not run as root, and this system has no user "postgres" or "nobody": run as another user, or set DATABASE_URL',
  );
}

/** The users of the system, root left out. */
function systemUsers(): NonNullable<ServerUser>[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter((user) => Number.isInteger(user.uid) && Number.isInteger(user.gid) && user.uid !== 0);
}

/** Spawn options that start a program as the user, with nothing of our environment that would lead PostgreSQL astray. */
export function spawnOptionsOf(user: ServerUser): { uid?: number; gid?: number; env: NodeJS.ProcessEnv; cwd: string } {
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' };
  return user === null ? { env, cwd: '/' } : { uid: user.uid, gid: user.gid, env, cwd: '/' };
}

/** Whether the user may read (r), write (w) or execute or enter (x) the path; asked of the system itself, as the user. */
export function canReach(user: ServerUser, path: string, rights: 'r' | 'w' | 'x'): boolean {
  const asked = spawnSync('/bin/sh', ['-c', `test -${rights} "$1"`, 'sh', path], spawnOptionsOf(user));
  if (asked.error)
    throw new DatabaseError(`cannot start a program as ${user?.name ?? 'this user'}`, { cause: asked.error });
  return asked.status === 0;
}

/** The path of a socket may take 107 bytes on Linux, 103 on macOS; our own names below the folder take under 45. */
const LONGEST_TEMPORARY_FOLDER = 58;

/** A folder for temporary files that the user can write to, its path short enough to put a socket under. */
export function temporaryFolderOf(user: ServerUser): string {
  const found = [tmpdir(), '/tmp', '/var/tmp']
    .filter((folder) => Buffer.byteLength(folder) <= LONGEST_TEMPORARY_FOLDER)
    .find((folder) => canReach(user, folder, 'w') && canReach(user, folder, 'x'));
  if (found !== undefined) return found;
  throw new DatabaseError(`no temporary folder that ${user?.name ?? 'this user'} can write to: set TMPDIR to one`);
}

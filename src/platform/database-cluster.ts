/** One PostgreSQL cluster in a folder of its own: made by initdb, started and stopped by pg_ctl, reached by a socket. */
import { spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import type { DatabasePrograms } from './database-binaries.ts';
import { type ServerUser, spawnOptionsOf } from './database-user.ts';
import { DatabaseError } from './errors.ts';

export interface Cluster {
  programs: DatabasePrograms;
  user: ServerUser;
  /** Holds the data, the log and the socket; owned by the user, closed to others. */
  folder: string;
  /** Where the socket lies: the folder, unless its path is too long for one. */
  socketFolder: string;
  /** Whether the data must survive a crash of the machine. */
  durable: boolean;
}

const START_SECONDS = 60;
/** PostgreSQL's name for the socket carries a port even where none is opened. */
export const SOCKET_NAME = '.s.PGSQL.5432';
/** sun_path on macOS, the shorter of the two systems, less its closing zero. */
const LONGEST_SOCKET_PATH = 103;

/** The folder of the data themselves (PGDATA). */
export function dataOf(folder: string): string {
  return join(folder, 'data');
}

/** The URL of the server, in the form psql and pg both take. */
export function urlOf(socketFolder: string): string {
  return `postgresql:///postgres?host=${encodeURIComponent(socketFolder)}&user=postgres`;
}

/** Whether a socket can lie directly in the folder. */
export function canHoldSocket(folder: string): boolean {
  return Buffer.byteLength(join(folder, SOCKET_NAME)) <= LONGEST_SOCKET_PATH;
}

/** Makes the folder if need be, owned by the user and closed to others. */
export function makePrivate(folder: string, user: ServerUser): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  if (user !== null) chownSync(folder, user.uid, user.gid);
}

/** Starts the cluster, making it first where there is none. Throws a DatabaseError that says what went wrong. */
export async function startCluster(cluster: Cluster): Promise<void> {
  const data = dataOf(cluster.folder);
  if (!existsSync(data)) await createCluster(cluster);
  checkVersion(data);
  writeFileSync(join(data, 'postgresql.conf'), configurationOf(cluster));
  const log = logOf(cluster);
  const from = existsSync(log) ? readFileSync(log).length : 0;
  const words = ['-D', data, '-l', log, '-w', '-t', String(START_SECONDS), '-s', 'start'];
  const { code, output } = await run(cluster.programs.pgCtl, words, cluster.user);
  if (code === 0) return;
  const said = existsSync(log) ? readFileSync(log).subarray(from).toString('utf8') : output;
  throw failure('the embedded PostgreSQL does not start', said, log);
}

/** Stops the server of the folder, if one runs; `immediate` is for data that are about to be removed. */
export async function stopCluster(cluster: Cluster, mode: 'fast' | 'immediate'): Promise<void> {
  const data = dataOf(cluster.folder);
  if (existsSync(join(data, 'postmaster.pid'))) {
    await run(cluster.programs.pgCtl, ['-D', data, '-m', mode, '-w', '-s', 'stop'], cluster.user);
  }
}

/**
 * Forgets a server that is known to be gone, with the container it ran in. Its process number now is nobody's or some
 * other process's: pg_ctl would send its signal there, and a new server would take that process for its predecessor.
 */
export function forgetServer({ folder, socketFolder }: Cluster): void {
  rmSync(join(dataOf(folder), 'postmaster.pid'), { force: true });
  rmSync(join(socketFolder, `${SOCKET_NAME}.lock`), { force: true });
}

function logOf(cluster: Cluster): string {
  return join(cluster.folder, 'server.log');
}

/** initdb works beside the final place: one that was interrupted leaves nothing that looks like a cluster. */
async function createCluster({ programs, user, folder, durable }: Cluster): Promise<void> {
  const making = join(folder, 'data.making');
  rmSync(making, { recursive: true, force: true });
  const settings = ['-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-instructions'];
  // The built-in locale sorts the same on every machine and after every system upgrade.
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const words = ['-D', making, ...settings, ...locale, ...(durable ? [] : ['--no-sync'])];
  const { code, output } = await run(programs.initdb, words, user);
  if (code !== 0) throw failure('the embedded PostgreSQL cannot be set up', output, folder);
  const moved = await run('/bin/mv', [making, dataOf(folder)], user);
  if (moved.code !== 0) throw failure('the embedded PostgreSQL cannot be set up', moved.output, folder);
}

function checkVersion(data: string): void {
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (version === '18') return;
  throw new DatabaseError(
    `${data} was written by PostgreSQL ${version}, this program brings 18: move it over with pg_dump, or choose another DATA_DIR`,
  );
}

function configurationOf({ socketFolder, durable }: Cluster): string {
  const bufferMegabytes = Math.max(64, Math.min(1024, Math.floor(totalmem() / 2 ** 20 / 16)));
  const settings: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: `"${socketFolder}"`,
    unix_socket_permissions: '0700',
    max_connections: '100',
    shared_buffers: `${bufferMegabytes}MB`,
    work_mem: '32MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    jit: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`);
  return ['# Written by postage-auditor at every start; ALTER SYSTEM keeps your own settings.', ...lines, ''].join(
    '\n',
  );
}

function failure(what: string, said: string, where: string): DatabaseError {
  if (/No space left on device|Disk quota exceeded/.test(said)) {
    return new DatabaseError(`${what}: the disk is full, free some space (${where})`);
  }
  const telling = said.split('\n').filter((line) => /FATAL|PANIC|ERROR|error|could not|cannot/.test(line));
  return new DatabaseError(`${what}: ${telling[0]?.trim() ?? said.trim()} (see ${where})`);
}

function run(program: string, words: string[], user: ServerUser): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { ...spawnOptionsOf(user), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
    child.on('error', (error) =>
      reject(new DatabaseError(`cannot run ${program}: ${error.message}`, { cause: error })),
    );
    child.on('close', (code) => resolve({ code, output }));
  });
}

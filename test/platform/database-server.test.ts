/** The embedded PostgreSQL: it starts wherever the program lies and whoever runs it, and it ends with its owner. */
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { ownerFileOf } from '../../src/platform/database-guard.ts';
import { readOwner } from '../../src/platform/database-owner.ts';
import { canReach, serverUser, spawnOptionsOf } from '../../src/platform/database-user.ts';
import { type OwnServer, ownServer } from '../support/own-server.ts';

const isRoot = process.getuid?.() === 0;
const asRoot = isRoot ? test : test.skip;

let temporaryFolder = '';
beforeEach(() => {
  temporaryFolder = mkdtempSync('/tmp/pa-test-');
  chmodSync(temporaryFolder, 0o777);
});
afterEach(() => rmSync(temporaryFolder, { recursive: true, force: true, maxRetries: 3 }));

const throwAway = (uid?: number): Promise<OwnServer> =>
  ownServer('throw-away', uid === undefined ? { temporaryFolder } : { temporaryFolder, uid });
const embedded = (path: string): Promise<OwnServer> => ownServer('embedded', { temporaryFolder, path });

async function ask<T>(url: string | undefined, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

const databases = (): string[] => readdirSync(temporaryFolder).filter((name) => name.startsWith('postage-auditor-db-'));

async function until(what: () => boolean): Promise<void> {
  for (let tries = 0; !what() && tries < 100; tries += 1) await sleep(100);
  expect(what()).toBe(true);
}

/** Kills everything a killed machine would: owner, guard and server, in the order that lets nobody tidy up. */
async function crash(owner: OwnServer, folder: string): Promise<void> {
  for (const pid of processesNaming(folder)) if (pid !== owner.pid) process.kill(pid, 'SIGKILL');
  await owner.kill();
}

/** Processes whose command names the folder. A bare Linux has no `ps`, other systems no /proc. */
function processesNaming(folder: string): number[] {
  if (!existsSync('/proc/self/cmdline')) {
    const lines = execFileSync('ps', ['-A', '-o', 'pid=,command='], { encoding: 'utf8' }).split('\n');
    return lines.filter((line) => line.includes(folder)).map((line) => Number.parseInt(line, 10));
  }
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => commandOf(pid).includes(folder)).map(Number);
}

/** Empty for a process that has just ended. */
function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

describe('a throw-away server', () => {
  test('two at once answer apart from each other, and nothing is left of them', async () => {
    const [one, other] = await Promise.all([throwAway(), throwAway()]);
    await ask(one.said.url, 'CREATE TABLE mine (a integer)');
    expect(await ask(other.said.url, `SELECT to_regclass('mine') AS found`)).toEqual([{ found: null }]);
    await Promise.all([one.end(), other.end()]);
    expect(databases()).toEqual([]);
  });

  test('it goes with an owner that is killed', async () => {
    const owner = await throwAway();
    expect(databases()).toHaveLength(1);
    await owner.kill();
    await until(() => databases().length === 0);
    await expect(ask(owner.said.url, 'SELECT 1')).rejects.toThrow('ENOENT');
  });

  test('the next start sweeps what a crash left, and spares servers whose owners live', async () => {
    const living = await throwAway();
    const [kept = ''] = databases();
    const dead = await throwAway();
    const [left = ''] = databases().filter((name) => name !== kept);
    await crash(dead, left);
    expect(databases().sort()).toEqual([kept, left].sort());
    const next = await throwAway();
    expect(databases()).toContain(kept);
    expect(databases()).not.toContain(left);
    expect(await ask(living.said.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await Promise.all([living.end(), next.end()]);
  });

  asRoot('a user without rights can run it too', async () => {
    const user = serverUser();
    // A checkout in root's home is out of that user's reach: then there is nothing to try.
    if (user === null || !canReach(user, import.meta.filename, 'r')) return;
    const owner = await throwAway(user.uid);
    expect(await ask(owner.said.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await owner.end();
    expect(databases()).toEqual([]);
  });
});

describe('the server of a data folder', () => {
  test.each([
    { story: 'with spaces and quotes in its path', name: "it's my data" },
    { story: 'too deep for a socket', name: `${'deep/'.repeat(20)}data` },
  ])('a folder $story keeps its data between runs', async ({ name }) => {
    const folder = join(temporaryFolder, name);
    const first = await embedded(folder);
    await ask(first.said.url, 'CREATE TABLE kept AS SELECT 7 AS seven');
    await first.end();
    const second = await embedded(folder);
    expect(await ask(second.said.url, 'SELECT seven FROM kept')).toEqual([{ seven: 7 }]);
    await second.end();
    expect(readdirSync(folder)).toEqual(['cluster']);
  });

  test('a second process joins the first, whose server outlives it', async () => {
    const folder = join(temporaryFolder, 'data');
    const first = await embedded(folder);
    const second = await embedded(folder);
    expect(second.said).toMatchObject({ joined: true, url: first.said.url });
    expect(second.said.owner).toContain(`process ${first.pid}`);
    await second.end();
    expect(await ask(first.said.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await first.end();
  });

  test('after kill -9 the server goes down in order, and the next start takes over', async () => {
    const folder = join(temporaryFolder, 'data');
    const killed = await embedded(folder);
    await ask(killed.said.url, 'CREATE TABLE kept AS SELECT 7 AS seven');
    await killed.kill();
    const next = await embedded(folder);
    expect(next.said.joined).toBe(false);
    expect(await ask(next.said.url, 'SELECT seven FROM kept')).toEqual([{ seven: 7 }]);
    await next.end();
  });

  test('after a crash of everything the note of the dead owner is in nobody’s way', async () => {
    const folder = join(temporaryFolder, 'data');
    const killed = await embedded(folder);
    await ask(killed.said.url, 'CREATE TABLE kept AS SELECT 7 AS seven');
    await crash(killed, folder);
    expect(readOwner(ownerFileOf(folder))?.pid).toBe(killed.pid);
    const next = await embedded(folder);
    expect(await ask(next.said.url, 'SELECT seven FROM kept')).toEqual([{ seven: 7 }]);
    await next.end();
  });

  describe('under this machine’s name in another container', () => {
    /** Lets the note be one from a container of the same name, whose processes cannot be looked at. */
    function moveNote(folder: string): void {
      const note = readOwner(ownerFileOf(folder));
      writeFileSync(ownerFileOf(folder), JSON.stringify({ ...note, place: `${hostname()} pid:[1]` }));
    }

    test('a killed owner is nobody’s hindrance, and the number of its server is not taken for the server', async () => {
      const folder = join(temporaryFolder, 'data');
      const killed = await embedded(folder);
      await ask(killed.said.url, 'CREATE TABLE kept AS SELECT 7 AS seven');
      await crash(killed, folder);
      moveNote(folder);
      const stranger = spawn('sleep', ['120'], { ...spawnOptionsOf(serverUser()), stdio: 'ignore' });
      const lockFile = join(folder, 'cluster', 'data', 'postmaster.pid');
      writeFileSync(lockFile, readFileSync(lockFile, 'utf8').replace(/^\d+/, String(stranger.pid)));
      try {
        const next = await embedded(folder);
        expect(next.said).toMatchObject({ joined: false });
        expect(await ask(next.said.url, 'SELECT seven FROM kept')).toEqual([{ seven: 7 }]);
        await next.end();
        expect([stranger.exitCode, stranger.signalCode]).toEqual([null, null]);
      } finally {
        stranger.kill();
      }
    });

    test('an owner whose server answers keeps it', async () => {
      const folder = join(temporaryFolder, 'data');
      const first = await embedded(folder);
      moveNote(folder);
      const second = await embedded(folder);
      expect(second.said).toMatchObject({ joined: true, url: first.said.url });
      await second.end();
      expect(await ask(first.said.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      await first.end();
    });
  });

  asRoot('a folder out of reach is named, not worked around', async () => {
    const closed = join(temporaryFolder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const { said } = await embedded(join(closed, 'data'));
    expect(said.error).toContain(`UsageError: DATA_DIR ${join(closed, 'data')} cannot be used`);
  });
});

describe('the programs', () => {
  /** A package such as npm installs, with scripts for programs: what is tested is where things lie. */
  function install(folder: string): string {
    const native = join(folder, 'native');
    for (const part of ['bin', 'lib', 'share']) mkdirSync(join(native, part), { recursive: true });
    for (const name of ['initdb', 'pg_ctl', 'postgres']) {
      writeFileSync(join(native, 'bin', name), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    }
    writeFileSync(join(native, 'lib', 'libpq.so.5.18'), 'the library\n');
    writeFileSync(join(native, 'share', 'postgres.bki'), '');
    const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
    writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify(links));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '18.0.0' }));
    return native;
  }

  const find = async (path: string, uid?: number): Promise<string> => {
    const options = { path, temporaryFolder };
    const owner = await ownServer('programs', uid === undefined ? options : { ...options, uid });
    await owner.end();
    return owner.said.folder ?? `${owner.said.error}`;
  };

  const library = (native: string): string => readFileSync(join(native, 'lib', 'libpq.so.5'), 'utf8');

  test('library links that npm did not make are made', async () => {
    const native = install(join(temporaryFolder, 'package'));
    expect(await find(native)).toBe(native);
    expect(library(native)).toBe('the library\n');
  });

  asRoot('programs the server’s user cannot reach are copied once to where it can', async () => {
    const closed = join(temporaryFolder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const native = install(join(closed, 'package'));
    const copy = await find(native);
    expect(copy.startsWith(join(temporaryFolder, 'postage-auditor-postgresql-'))).toBe(true);
    expect(canReach(serverUser(), join(copy, 'bin', 'postgres'), 'x')).toBe(true);
    expect(library(copy)).toBe('the library\n');
    // What a cleaner of temporary folders took from the copy is noticed, and put back.
    rmSync(join(copy, 'share', 'postgres.bki'));
    expect(await find(native)).toBe(copy);
    expect(existsSync(join(copy, 'share', 'postgres.bki'))).toBe(true);
  });

  asRoot('links that are missing where we may not write are made in a copy', async () => {
    const user = serverUser();
    if (user === null || !canReach(user, import.meta.filename, 'r')) return;
    const native = install(join(temporaryFolder, 'package'));
    const copy = await find(native, user.uid);
    expect(copy).not.toBe(native);
    expect(library(copy)).toBe('the library\n');
  });
});

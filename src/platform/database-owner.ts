/** The note beside a database that says which process owns it, and the lock it makes. */
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { errorCodeOf } from './errors.ts';
import { isAlive, ownIdentity, processIdentitySchema } from './process-identity.ts';

const ownerSchema = processIdentitySchema.extend({
  /** Tells this ownership from every other, also of the same process. */
  token: z.string(),
  /** The server's URL; it answers once the server has started. */
  url: z.string(),
});
export type DatabaseOwner = z.infer<typeof ownerSchema>;

/** This process as the owner of the server at the URL. */
export function ownerAt(url: string): DatabaseOwner {
  return { ...ownIdentity(), token: randomUUID(), url };
}

/** Who owns the database by the file; null when there is no file, or one that was cut off while being written. */
export function readOwner(file: string): DatabaseOwner | null {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/**
 * Takes the lock, also from an owner that is dead: one of this place whose process has ended, or `gone`, of whom that was
 * found out otherwise. Answers null, or the owner that has it.
 */
export function lock(file: string, owner: DatabaseOwner, gone: DatabaseOwner | null = null): DatabaseOwner | null {
  for (;;) {
    if (writeNew(file, owner)) return null;
    const holder = readOwner(file);
    if (holder !== null && holder.token !== gone?.token && isAlive(holder) !== false) return holder;
    discard(file, holder?.token ?? null);
  }
}

/** Gives the lock back if it is still ours. */
export function unlock(file: string, owner: DatabaseOwner): void {
  if (readOwner(file)?.token === owner.token) rmSync(file, { force: true });
}

/** Writes the whole note under another name first, so that nobody reads half of one. False when there is one already. */
function writeNew(file: string, owner: DatabaseOwner): boolean {
  const written = `${file}.${owner.token}`;
  writeFileSync(written, `${JSON.stringify(owner)}\n`);
  try {
    linkSync(written, file);
    return true;
  } catch (error) {
    if (errorCodeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(written, { force: true });
  }
}

/** Removes a dead owner's note by moving it aside; when a faster process has put its own there meanwhile, puts that back. */
function discard(file: string, deadToken: string | null): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return;
    throw error;
  }
  if ((readOwner(aside)?.token ?? null) !== deadToken) linkSync(aside, file);
  rmSync(aside, { force: true });
}

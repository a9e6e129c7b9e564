/** Tells whether the process that wrote a note is still the one alive under that number. */
import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

/** A number alone is not an identity: it is given again after the process, or the machine, has ended. */
export const processIdentitySchema = z.object({
  pid: z.number().int().positive(),
  /** When the process started, in the system's own writing. */
  started: z.string(),
  /** The machine, and the process namespace (container) the number counts in. */
  place: z.string(),
});
export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

/** This process. */
export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, started: startOf(process.pid) ?? '', place: ownPlace() };
}

/** Whether the process still runs; null when it ran elsewhere, in another container, and nobody here can know. */
export function isAlive(identity: ProcessIdentity): boolean | null {
  if (identity.place !== ownPlace()) return null;
  return startOf(identity.pid) === identity.started;
}

/** Whether the process ran on a machine, or in a container, of this one's name: perhaps this one before it was restarted. */
export function ranUnderThisName({ place }: ProcessIdentity): boolean {
  return place.split(' ', 1)[0] === hostname();
}

/** Whether a process runs under the number; one that has ended and waits to be collected does not. */
export function isRunning(pid: number): boolean {
  return startOf(pid) !== null;
}

function ownPlace(): string {
  return `${hostname()} ${processNamespace()}`;
}

function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

/** The start of the process with the number, null when there is none (a zombie is none). */
function startOf(pid: number): string | null {
  return process.platform === 'linux' ? startByProc(pid) : startByPs(pid);
}

function startByProc(pid: number): string | null {
  try {
    // The name, in parentheses, may hold anything; state is field 3 and the start, in ticks since boot, field 22.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : `${bootId()} ${fields[19] ?? ''}`;
  } catch {
    return null;
  }
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
}

function startByPs(pid: number): string | null {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

/** The file of the lock, rules/versions.lock: written by `rules check --lock`, read wherever the book is checked. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import type { RuleLock } from '../core/rules/lock.ts';
import { readYaml } from './yaml.ts';

const lockSchema = z.record(z.string(), z.record(z.string(), z.string()));
const HEAD =
  '# What judged in each version of each rule, by hash. Written by `npm run cli -- rules check --lock`; never edit it.\n';

/** Where the lock of a root folder lies. */
export function lockPath(root: string): string {
  return join(root, 'rules', 'versions.lock');
}

/** The lock of a root folder; empty where there is none. */
export function readLock(root: string): RuleLock {
  const path = lockPath(root);
  return existsSync(path) ? readYaml(path, lockSchema) : {};
}

export function writeLock(root: string, lock: RuleLock): void {
  writeFileSync(lockPath(root), HEAD + stringify(lock));
}

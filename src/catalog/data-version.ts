/** One hash over every file of data/: two audits with the same data version read the same published facts. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { sha256Hex } from '../platform/hash.ts';

/** The first 16 hex digits of SHA-256 over names and contents below data/, in order of their names. */
export function hashData(root: string): string {
  const folder = join(root, 'data');
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((name) => name.split(sep).join('/'))
    .sort();
  const contents = names.map((name) => [name, sha256Hex(readFileSync(join(folder, name), 'utf8'))]);
  return sha256Hex(JSON.stringify(contents)).slice(0, 16);
}

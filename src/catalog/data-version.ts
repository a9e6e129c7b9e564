/** One hash over every file that states facts: two audits with the same data version read the same ones. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { sha256Hex } from '../platform/hash.ts';

/** Folders of the user's own whose files decide beside those of data/; null = none. */
export interface OwnFolders {
  zoneCharts: string | null;
  contracts: string | null;
}

/**
 * The first 16 hex digits of SHA-256 over names and contents below data/, in order of their names, and then of the
 * user's own folders. Where a folder lies makes no difference, only what its files are called and hold.
 */
export function hashData(root: string, { zoneCharts, contracts }: Partial<OwnFolders> = {}): string {
  const own = [
    ...contentsOf(zoneCharts).map(([name, hash]) => [`zone-charts/${name}`, hash]),
    ...contentsOf(contracts).map(([name, hash]) => [`contracts/${name}`, hash]),
  ];
  return sha256Hex(JSON.stringify([...contentsOf(join(root, 'data')), ...own])).slice(0, 16);
}

/** What the meaning of a journey hangs on: another word, code, source or place makes other digests of the same events. */
const TRACKING_FILES = [
  'tracking/event-codes.csv',
  'tracking/sentences.yaml',
  'tracking/sources.yaml',
  'zones/points.csv',
];

/** The first 12 hex digits of SHA-256 over the files by which journeys are folded. */
export function hashTrackingData(root: string): string {
  return sha256Hex(TRACKING_FILES.map((name) => readFileSync(join(root, 'data', name), 'utf8')).join('\0')).slice(
    0,
    12,
  );
}

/** Name and hash of every file below a folder; none without one. */
function contentsOf(folder: string | null | undefined): [string, string][] {
  if (folder === null || folder === undefined) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
    .map((name) => [name, sha256Hex(readFileSync(join(folder, name), 'utf8'))]);
}

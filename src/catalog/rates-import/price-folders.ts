/** What the price folders at hand cover: their days, and what each table had before. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PRICE_LISTS } from '../../core/label/label.ts';
import type { EarlierTable } from '../../core/rating/notice/completeness.ts';
import type { PublishedTable } from '../../core/rating/notice/published-table.ts';
import type { Day } from '../../core/units/day.ts';
import { type PriceManifest, type TableManifest, manifestSchema } from '../price-manifest.ts';
import { weightSteps } from '../price-table.ts';
import { readYaml } from '../yaml.ts';

export interface PriceFolder {
  path: string;
  manifest: PriceManifest;
  /** The manifest as written. */
  text: string;
}

/** The folders below data/prices in order of their days. Throws a CatalogError for a manifest that is wrong. */
export function readPriceFolders(dataFolder: string): PriceFolder[] {
  const prices = join(dataFolder, 'prices');
  return readdirSync(prices, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const path = join(prices, name);
      const file = join(path, 'manifest.yaml');
      return { path, manifest: readYaml(file, manifestSchema), text: readFileSync(file, 'utf8') };
    })
    .sort((a, b) => (a.manifest.effective_from < b.manifest.effective_from ? -1 : 1));
}

/**
 * What the lists before a day had of a table. Where no list had it, what the other list of the product had: retail and
 * commercial are printed to the same weights.
 */
export function earlierTable(folders: readonly PriceFolder[], before: Day, table: PublishedTable): EarlierTable | null {
  const known = folders.filter(({ manifest }) => manifest.effective_from < before).toReversed();
  const all = known.flatMap(({ manifest }) => manifest.tables.filter((other) => samePart(other, table)));
  const own = all.filter(({ price_lists: lists }) => table.priceLists.some((list) => lists.includes(list)));
  const other = all.filter(({ price_lists: lists }) => PRICE_LISTS.some((list) => lists.includes(list)));
  const candidates = own.length > 0 ? own : other;
  const [latest] = candidates;
  if (latest === undefined) return null;
  return {
    steps: stepsOf(latest),
    items: own.length > 0 && latest.by === 'item' ? latest.items : [],
    zones: latest.zones,
    greatestStep: Math.max(0, ...candidates.flatMap(stepsOf)),
  };
}

/** Tables that a list before a day has and the new one lacks, by product and kind. */
export function lackingTables(
  folders: readonly PriceFolder[],
  before: Day,
  tables: readonly PublishedTable[],
): string[] {
  const earlier = folders
    .filter(({ manifest }) => manifest.effective_from < before)
    .flatMap(({ manifest }) => manifest.tables);
  const here = (old: TableManifest): boolean =>
    tables.some((table) => samePart(old, table) && table.priceLists.some((list) => old.price_lists.includes(list)));
  const lacking = earlier.filter((old) => !here(old)).map(({ file }) => file.replace(/\.csv$/, ''));
  return [...new Set(lacking)].sort();
}

function samePart(manifest: TableManifest, { service, by, packagings }: PublishedTable): boolean {
  const own = manifest.by === 'weight' ? (manifest.packagings ?? []) : [];
  return manifest.product === service && manifest.by === by && (by !== 'weight' || own.join() === packagings.join());
}

function stepsOf(manifest: TableManifest): number[] {
  if (manifest.by === 'weight') return weightSteps(manifest);
  return manifest.by === 'cubic' ? manifest.steps_cu_ft.map((step) => Math.round(step * 1000)) : [];
}

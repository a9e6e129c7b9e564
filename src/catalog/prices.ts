/** Reads data/prices: one folder a published price list, each checked against its manifest. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ExtraFees } from '../core/rating/extras.ts';
import type { RateList } from '../core/rating/tables.ts';
import { CatalogError } from '../platform/errors.ts';
import { readFees } from './fees.ts';
import { type LimitsDuring, loadLimits } from './limits.ts';
import { readPeakBands } from './peak.ts';
import { type PriceManifest, manifestSchema } from './price-manifest.ts';
import { readPriceTable } from './price-table.ts';
import { type ReadTable, buildProducts } from './product-prices.ts';
import { type Sources, loadSources } from './sources.ts';
import { type ListedSurcharge, buildSurchargeTable, readSurcharges, withExpected } from './surcharges.ts';
import { readYaml } from './yaml.ts';

interface PriceFolder {
  path: string;
  manifest: PriceManifest;
  tables: ReadTable[];
  /** Those the folder itself states. */
  surcharges: readonly ListedSurcharge[];
  fees: ExtraFees;
}

/** Every price list in order of its days. Throws a CatalogError for the first thing that is wrong. */
export function loadPrices(root: string): RateList[] {
  const pricesPath = join(root, 'data', 'prices');
  const sources = loadSources(root);
  const folders = readdirSync(pricesPath, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => readFolder(join(pricesPath, entry.name), { folderName: entry.name, sources }))
    .sort((a, b) => (a.manifest.effective_from < b.manifest.effective_from ? -1 : 1));
  checkDays(folders);
  const limits = loadLimits(root, sources);
  return folders.map((folder) => Object.freeze(toRateList(folder, folders, limits)));
}

function readFolder(path: string, { folderName, sources }: { folderName: string; sources: Sources }): PriceFolder {
  const file = join(path, 'manifest.yaml');
  const manifest = readYaml(file, manifestSchema);
  if (manifest.id !== folderName || manifest.effective_from !== folderName) {
    throw new CatalogError({ file, field: 'id' }, `id and effective_from must be the folder's name, ${folderName}`);
  }
  if (manifest.effective_to < manifest.effective_from) {
    throw new CatalogError({ file, field: 'effective_to' }, 'lies before effective_from');
  }
  for (const { source } of [...manifest.tables, ...(manifest.peak ? [manifest.peak] : [])]) {
    if (!sources[source]) throw new CatalogError({ file, field: 'source' }, `${source} is not in data/sources.yaml`);
  }
  const tables = manifest.tables.map((table) => ({
    manifest: table,
    rows: readPriceTable(join(path, table.file), table),
  }));
  const { surcharges, fees } = manifest;
  return {
    path,
    manifest,
    tables,
    surcharges: surcharges === undefined ? [] : readSurcharges(join(path, surcharges), sources),
    fees: fees === undefined ? [] : readFees(join(path, fees), sources),
  };
}

function checkDays(folders: readonly PriceFolder[]): void {
  folders.forEach(({ path, manifest }, index) => {
    const before = folders[index - 1]?.manifest;
    if (!before || manifest.effective_from > before.effective_to) return;
    const place = { file: join(path, 'manifest.yaml'), field: 'effective_from' };
    throw new CatalogError(place, `overlaps the list ${before.id}, in force to ${before.effective_to}`);
  });
}

function toRateList(folder: PriceFolder, folders: readonly PriceFolder[], limits: LimitsDuring): RateList {
  const { id, effective_from: from, effective_to: to, base, peak, includes_peak: inSeason } = folder.manifest;
  const tables = [...(baseOf(folder, folders)?.tables ?? []), ...folder.tables];
  const increases =
    peak && base
      ? { source: peak.source, products: peak.products, bands: readPeakBands(join(folder.path, peak.file), peak) }
      : null;
  const named = [...tables.map((table) => table.manifest.source), ...(peak ? [peak.source] : [])];
  return {
    id,
    from,
    to,
    sources: [...new Set(named)].sort(),
    limits: limits(from, to),
    peak: peak ? 'apart' : inSeason ? 'inside' : 'none',
    products: buildProducts(id, tables, increases),
    surcharges: buildSurchargeTable(surchargesDuring(folder, folders)),
    fees: baseOf(folder, folders)?.fees ?? folder.fees,
  };
}

/** What a folder states, or its base list, and what the lists before let expect. */
function surchargesDuring(folder: PriceFolder, folders: readonly PriceFolder[]): readonly ListedSurcharge[] {
  const base = baseOf(folder, folders);
  if (base) return surchargesDuring(base, folders);
  return folders
    .slice(0, folders.indexOf(folder) + 1)
    .reduce<readonly ListedSurcharge[]>((before, { surcharges }) => withExpected(surcharges, before), []);
}

/** The folder whose tables, surcharges and fees hold too; null where a folder stands alone. */
function baseOf(folder: PriceFolder, folders: readonly PriceFolder[]): PriceFolder | null {
  const { base, peak } = folder.manifest;
  const file = join(folder.path, 'manifest.yaml');
  if ((base === undefined) !== (peak === undefined)) {
    throw new CatalogError({ file, field: 'base' }, 'a base list and its peak increases go together');
  }
  if (base === undefined) return null;
  const found = folders.find((other) => other.manifest.id === base);
  if (!found) throw new CatalogError({ file, field: 'base' }, `there is no price list ${base}`);
  return found;
}

/** Reads one table of a price folder, and refuses it unless it holds exactly what its manifest says. */
import { MILLI_OZ_PER_LB, MILLI_OZ_PER_OZ, formatThousandths, parseThousandths } from '../core/units/measure.ts';
import { parseMills } from '../core/units/money.ts';
import { ZONE_COUNT } from '../core/rating/price-table.ts';
import { CatalogError } from '../platform/errors.ts';
import { type CsvRow, readCsv } from './csv.ts';
import type { TableManifest, WeightTableManifest } from './price-manifest.ts';

/** One row: "not over" a step, and the prices of zones 1 to 9 (or the one of all zones) in mills, null where nobody published one. */
export interface PriceRow {
  /** Thousandths of an ounce or of a cubic foot; 0 where there are no steps. */
  step: number;
  /** The thing priced, in tables of single things; else ''. */
  item: string;
  mills: (number | null)[];
}

/** Cubic feet are counted in thousandths, like ounces. */
const MILLI = 1000;

/** The key column of each kind of table; an oversized price has one row and needs none. */
const keyColumns = { weight: 'not_over_oz', cubic: 'not_over_cu_ft', item: 'item', oversized: null } as const;

/** The rows of a table in rising steps. Throws a CatalogError for a table that is not complete or not monotone. */
export function readPriceTable(path: string, manifest: TableManifest): PriceRow[] {
  const { header, rows } = readCsv(path);
  const expected = [keyColumns[manifest.by] ?? [], priceColumns(manifest)].flat();
  if (header.join() !== expected.join()) {
    throw new CatalogError({ file: path }, `has the columns ${header.join()} where its kind has ${expected.join()}`);
  }
  const keys = keysOf(manifest);
  if (rows.length !== keys.length) {
    const what = `${keys.length} ${manifest.by === 'weight' ? 'weights' : 'rows'}`;
    throw new CatalogError({ file: path }, `has ${rows.length} rows where the manifest covers ${what}`);
  }
  const read = rows.map((row, index) => readRow({ path, row, key: keys[index] ?? '' }, manifest));
  checkMonotone(path, read, manifest);
  return read;
}

/** The weight steps of a table, in thousandths of an ounce. */
export function weightSteps({ steps_oz: ounces, maximum_lb: pounds = 0 }: WeightTableManifest): number[] {
  const small = ounces.map((step) => Math.round(step * MILLI_OZ_PER_OZ));
  return [...small, ...Array.from({ length: pounds }, (_, index) => (index + 1) * MILLI_OZ_PER_LB)];
}

function priceColumns({ zones }: TableManifest): string[] {
  if (zones.length === 0) return ['price'];
  return Array.from({ length: ZONE_COUNT }, (_, index) => `zone_${index + 1}`);
}

/** What the key column of each row must hold: a step in thousandths, or a name. */
function keysOf(manifest: TableManifest): (number | string)[] {
  if (manifest.by === 'weight') return weightSteps(manifest);
  if (manifest.by === 'cubic') return manifest.steps_cu_ft.map((step) => Math.round(step * MILLI));
  return manifest.by === 'item' ? manifest.items : [''];
}

interface PlacedRow {
  path: string;
  row: CsvRow;
  key: number | string;
}

function readRow({ path, row, key }: PlacedRow, manifest: TableManifest): PriceRow {
  const column = keyColumns[manifest.by];
  const text = column === null ? '' : (row.cells[column] ?? '');
  if ((typeof key === 'number' ? parseThousandths(text) : text) !== key) {
    const wanted = typeof key === 'number' ? formatThousandths(key) : key;
    const message = `is ${JSON.stringify(text)} where the manifest has ${wanted}`;
    throw new CatalogError({ file: path, row: row.line, ...(column === null ? {} : { field: column }) }, message);
  }
  const step = typeof key === 'number' ? key : 0;
  const mills = priceColumns(manifest).map((field, index) => {
    const price = row.cells[field] ?? '';
    const place = { file: path, row: row.line, field };
    if (covers(manifest, index + 1, step) !== (price !== '')) {
      throw new CatalogError(place, price === '' ? 'is empty, and the manifest covers it' : 'is not in the manifest');
    }
    const value = price === '' ? null : parseMills(price);
    if (price !== '' && (value === null || value <= 0)) throw new CatalogError(place, `${price} is not a price`);
    return value;
  });
  return { step, item: typeof key === 'string' ? key : '', mills };
}

function covers(manifest: TableManifest, zone: number, step: number): boolean {
  if (manifest.zones.length === 0) return true;
  if (!manifest.zones.includes(zone)) return false;
  const knownToLb = manifest.by === 'weight' ? manifest.zones_known_to_lb[String(zone)] : undefined;
  return knownToLb === undefined || step <= knownToLb * MILLI_OZ_PER_LB;
}

/** A heavier or larger parcel and a farther zone (1 to 8) never cost less, but for cells the manifest lists. */
function checkMonotone(path: string, rows: readonly PriceRow[], manifest: TableManifest): void {
  const zoned = manifest.zones.length > 0;
  rows.forEach((row, index) => {
    row.mills.forEach((price, column) => {
      const cell = `${zoned ? column + 1 : 0}/${formatThousandths(row.step)}`;
      if (price === null || manifest.not_monotone.includes(cell)) return;
      // Things have no order of size.
      const lighter = manifest.by === 'item' ? 0 : (rows[index - 1]?.mills[column] ?? 0);
      const nearer = row.mills[column - 1] ?? 0;
      if (price >= lighter && price >= nearer) return;
      const than = price < lighter ? 'a lighter parcel' : 'a nearer zone';
      const field = zoned ? `zone_${column + 1}` : 'price';
      const message = `costs less than ${than}; list ${cell} in the manifest if it is published so`;
      throw new CatalogError({ file: path, row: index + 2, field }, message);
    });
  });
}

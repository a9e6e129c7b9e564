/** Reads one weight-by-zone table of a price folder, and refuses it unless it holds exactly what its manifest says. */
import { MILLI_OZ_PER_LB, MILLI_OZ_PER_OZ, formatThousandths, parseThousandths } from '../core/units/measure.ts';
import { parseMills } from '../core/units/money.ts';
import { ZONE_COUNT } from '../core/rating/weight-table.ts';
import { CatalogError } from '../platform/errors.ts';
import { type CsvRow, readCsv } from './csv.ts';
import type { TableManifest } from './price-manifest.ts';

/** One row: "not over" a weight, and the prices of zones 1 to 9 in mills, null where nobody published one. */
export interface PriceRow {
  notOverMilliOz: number;
  mills: (number | null)[];
}

const zones = Array.from({ length: ZONE_COUNT }, (_, index) => index + 1);

/** The rows of a table in rising weight. Throws a CatalogError for a table that is not complete or not monotone. */
export function readPriceTable(path: string, manifest: TableManifest): PriceRow[] {
  const { rows } = readCsv(path);
  const steps = stepsOf(manifest);
  if (rows.length !== steps.length) {
    throw new CatalogError({ file: path }, `has ${rows.length} rows where the manifest covers ${steps.length} weights`);
  }
  const read = rows.map((row, index) => readRow({ path, row, stepMilliOz: steps[index] ?? 0 }, manifest));
  checkMonotone(path, read, manifest);
  return read;
}

/** The weight steps a table must have, in thousandths of an ounce. */
function stepsOf(manifest: TableManifest): number[] {
  const ounces = manifest.steps_under_1_lb_oz.map((step) => Math.round(step * MILLI_OZ_PER_OZ));
  return [...ounces, ...Array.from({ length: manifest.maximum_lb }, (_, index) => (index + 1) * MILLI_OZ_PER_LB)];
}

interface PlacedRow {
  path: string;
  row: CsvRow;
  stepMilliOz: number;
}

function readRow({ path, row, stepMilliOz }: PlacedRow, manifest: TableManifest): PriceRow {
  const weight = row.cells['not_over_oz'] ?? '';
  if (parseThousandths(weight) !== stepMilliOz) {
    const message = `is ${JSON.stringify(weight)} where the manifest has ${formatThousandths(stepMilliOz)}`;
    throw new CatalogError({ file: path, row: row.line, field: 'not_over_oz' }, message);
  }
  const mills = zones.map((zone) => {
    const text = row.cells[`zone_${zone}`] ?? '';
    const place = { file: path, row: row.line, field: `zone_${zone}` };
    if (covers(manifest, zone, stepMilliOz) !== (text !== '')) {
      throw new CatalogError(place, text === '' ? 'is empty, and the manifest covers it' : 'is not in the manifest');
    }
    const price = text === '' ? null : parseMills(text);
    if (text !== '' && (price === null || price <= 0)) throw new CatalogError(place, `${text} is not a price`);
    return price;
  });
  return { notOverMilliOz: stepMilliOz, mills };
}

function covers(manifest: TableManifest, zone: number, stepMilliOz: number): boolean {
  const toLb = manifest.zones_known_to_lb[String(zone)] ?? manifest.maximum_lb;
  return manifest.zones.includes(zone) && stepMilliOz <= toLb * MILLI_OZ_PER_LB;
}

/** A heavier parcel or a farther zone (1 to 8) never costs less, but for cells the manifest lists. */
function checkMonotone(path: string, rows: readonly PriceRow[], manifest: TableManifest): void {
  rows.forEach((row, index) => {
    zones.forEach((zone) => {
      const price = row.mills[zone - 1] ?? null;
      if (price === null || manifest.not_monotone.includes(`${zone}/${formatThousandths(row.notOverMilliOz)}`)) return;
      const lighter = rows[index - 1]?.mills[zone - 1] ?? 0;
      const nearer = zone > 1 ? (row.mills[zone - 2] ?? 0) : 0;
      if (price >= lighter && price >= nearer) return;
      const than = price < lighter ? 'a lighter parcel' : 'a nearer zone';
      const place = { file: path, row: index + 2, field: `zone_${zone}` };
      throw new CatalogError(place, `costs less than ${than}; list it in the manifest if it is published so`);
    });
  });
}

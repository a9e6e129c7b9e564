/** Reads the peak-season increases of a price folder which are added to the prices of its base list. */
import { MILLI_OZ_PER_LB } from '../core/units/measure.ts';
import { parseMills } from '../core/units/money.ts';
import { CatalogError } from '../platform/errors.ts';
import { type CsvRow, readCsv } from './csv.ts';
import type { PriceManifest } from './price-manifest.ts';

/** An increase for parcels over one and not over another weight, in a range of zones. */
export interface PeakBand {
  product: string;
  priceList: string;
  fromZone: number;
  toZone: number;
  overMilliOz: number;
  notOverMilliOz: number;
  mills: number;
}

type PeakManifest = NonNullable<PriceManifest['peak']>;

/** The bands of a peak file; those of each product and list must cover every weight and zone its manifest says. */
export function readPeakBands(path: string, manifest: PeakManifest): PeakBand[] {
  const bands = readCsv(path).rows.map((row) => readBand(path, row));
  for (const cover of manifest.covers) {
    for (let pound = 1; pound <= cover.to_lb; pound += 1) {
      for (let zone = 1; zone <= 9; zone += 1) {
        const cell = {
          product: cover.product,
          priceList: cover.price_list,
          zone,
          notOverMilliOz: pound * MILLI_OZ_PER_LB,
        };
        const count = bands.filter((band) => holds(band, cell)).length;
        if (count === 1) continue;
        const which = `${cover.product} ${cover.price_list}, zone ${zone}, ${pound} lb`;
        throw new CatalogError({ file: path }, `has ${count} increases where the manifest covers one: ${which}`);
      }
    }
  }
  return bands;
}

/** The increase that holds for a weight step in a zone, in mills; null where none is published. */
export function increaseFor(cell: PlacedStep, bands: readonly PeakBand[]): number | null {
  return bands.find((band) => holds(band, cell))?.mills ?? null;
}

/** A weight step of a product in a zone. */
export interface PlacedStep {
  product: string;
  priceList: string;
  zone: number;
  notOverMilliOz: number;
}

function holds(band: PeakBand, cell: PlacedStep): boolean {
  return (
    band.product === cell.product &&
    band.priceList === cell.priceList &&
    cell.zone >= band.fromZone &&
    cell.zone <= band.toZone &&
    cell.notOverMilliOz > band.overMilliOz &&
    cell.notOverMilliOz <= band.notOverMilliOz
  );
}

function readBand(path: string, row: CsvRow): PeakBand {
  const whole = (field: string): number => {
    const text = row.cells[field] ?? '';
    if (!/^\d{1,2}$/.test(text)) throw new CatalogError({ file: path, row: row.line, field }, 'is not a whole number');
    return Number(text);
  };
  const mills = parseMills(row.cells['increase'] ?? '');
  if (mills === null) throw new CatalogError({ file: path, row: row.line, field: 'increase' }, 'is not an amount');
  return {
    product: row.cells['product'] ?? '',
    priceList: row.cells['price_list'] ?? '',
    fromZone: whole('from_zone'),
    toZone: whole('to_zone'),
    overMilliOz: whole('over_lb') * MILLI_OZ_PER_LB,
    notOverMilliOz: whole('not_over_lb') * MILLI_OZ_PER_LB,
    mills,
  };
}

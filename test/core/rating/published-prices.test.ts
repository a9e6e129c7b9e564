/** Every cell of every shipped price list, read from the files by other means than the program's, and asked for. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Dimensions, Packaging, PriceList, Service } from '../../../src/core/label/label.ts';
import { priceOf } from '../../../src/core/rating/price.ts';
import { ROOT, aParcel, shippedTables } from '../../support/rating.ts';

interface Table {
  file: string;
  product: Service;
  price_lists: PriceList[];
  by: 'weight' | 'cubic' | 'oversized' | 'item';
  packagings?: Packaging[];
}

/** One printed price and a parcel that asks for it. */
interface Asked {
  what: string;
  list: PriceList;
  zone: number;
  cents: number | null;
  product: Service;
  packaging: Packaging;
  weightMilliOz: number;
  dimensions: Dimensions | null;
}

const PRICES = join(ROOT, 'data', 'prices');
const PEAK_FOLDER = '2026-10-04';
/** Priced for the floor of a parcel whose packaging nobody stated; the contract has no word to ask for them. */
const WITHOUT_A_WORD = /^flat_rate_(bag|box)/;

const folders = readdirSync(PRICES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

function tablesOf(folder: string): Table[] {
  return parse(readFileSync(join(PRICES, folder, 'manifest.yaml'), 'utf8')).tables;
}

function linesOf(path: string): string[][] {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map((line) => line.split(','));
}

const centsOf = (price: string): number | null => (price === '' ? null : Math.round(Number(price) * 100));
const inches = (length: number, width: number, height: number): Dimensions => ({
  lengthMilliIn: length * 1000,
  widthMilliIn: width * 1000,
  heightMilliIn: height * 1000,
});

/** Every cell of a table, as parcels that weigh or measure just what its row allows, and as the least over the row before. */
function asked(folder: string, table: Table): Asked[] {
  const [header = [], ...rows] = linesOf(join(PRICES, folder, table.file));
  const keyed = table.by !== 'oversized';
  const zoned = header.includes('zone_1');
  return rows.flatMap((row, index) => {
    const key = keyed ? (row[0] ?? '') : '';
    const before = keyed ? (rows[index - 1]?.[0] ?? '0') : '0';
    return (keyed ? row.slice(1) : row).flatMap((price, column) =>
      table.price_lists.flatMap((list) =>
        parcelsFor(table, key, before).map((parcel) => ({
          what: `${table.file} ${key} zone ${column + 1} ${list}`,
          list,
          zone: zoned ? column + 1 : 5,
          cents: centsOf(price),
          product: table.product,
          ...parcel,
        })),
      ),
    );
  });
}

type Parcel = Pick<Asked, 'packaging' | 'weightMilliOz' | 'dimensions'>;

function parcelsFor(table: Table, key: string, before: string): Parcel[] {
  const packaging = table.packagings?.[0] ?? 'package';
  if (table.by === 'weight') {
    const weights = [Math.round(Number(key) * 1000), Math.round(Number(before) * 1000) + 1];
    return weights.map((weightMilliOz) => ({ packaging, weightMilliOz, dimensions: null }));
  }
  if (table.by === 'cubic') {
    // 10 x 12 in, so high that the volume is the tier's to the last quarter inch below.
    const height = Math.floor(((Number(key) * 1728) / 120) * 4) / 4;
    return [{ packaging: 'cubic', weightMilliOz: 16_000, dimensions: inches(12, 10, height) }];
  }
  if (table.by === 'item') {
    return WITHOUT_A_WORD.test(key) ? [] : [{ packaging: key as Packaging, weightMilliOz: 8000, dimensions: null }];
  }
  return [{ packaging: 'package', weightMilliOz: 32_000, dimensions: inches(40, 20, 20) }];
}

function quoted(day: string, { product, list, ...cell }: Asked): number | string {
  const { packaging, weightMilliOz, dimensions, zone } = cell;
  const parcel = aParcel({ service: product, priceList: list, day, zone, packaging, weightMilliOz, dimensions });
  const answer = priceOf(parcel, shippedTables);
  if (!answer.known) return answer.reason;
  return (
    answer.items.filter(({ item }) => item === 'base' || item === 'peak').reduce((sum, { mills }) => sum + mills, 0) /
    10
  );
}

test('there is a folder for each of the four known price lists', () => {
  expect(folders).toEqual(['2025-10-05', '2026-01-18', '2026-07-12', '2026-10-04']);
});

test('every price file is named by its manifest', () => {
  for (const folder of folders) {
    const files = readdirSync(join(PRICES, folder)).filter((file) => file.endsWith('.csv'));
    const apart = ['surcharges.csv', 'fees.csv', 'peak.csv'];
    expect(files.filter((file) => !apart.includes(file)).sort()).toEqual(
      tablesOf(folder)
        .map(({ file }) => file)
        .sort(),
    );
  }
});

describe.each(folders.filter((folder) => folder !== PEAK_FOLDER))('the list of %s', (folder) => {
  test.each(tablesOf(folder))('answers every printed cell of $file, and says so where none is printed', (table) => {
    const cells = asked(folder, table);
    const wrong = cells
      .map((cell) => ({ what: cell.what, printed: cell.cents ?? 'not_covered', quoted: quoted(folder, cell) }))
      .filter(({ printed, quoted: answer }) => printed !== answer);
    expect(wrong).toEqual([]);
    expect(cells.length).toBeGreaterThan(table.product === 'usps_connect_local' && table.by === 'item' ? -1 : 0);
  });
});

describe('the peak season of 2026', () => {
  const bands = linesOf(join(PRICES, PEAK_FOLDER, 'peak.csv')).slice(1);
  const paysPeak = ['ground_advantage', 'priority_mail', 'priority_mail_express'];

  function due({ product, list, zone, cents, weightMilliOz }: Asked, by: Table['by']): number | string {
    if (cents === null) return 'not_covered';
    if (!paysPeak.includes(product)) return cents;
    const pounds = weightMilliOz / 16_000;
    const band = bands.find(
      ([service, priceList, from, to, over, notOver]) =>
        service === product &&
        priceList === list &&
        zone >= Number(from) &&
        zone <= Number(to) &&
        pounds > Number(over) &&
        pounds <= Number(notOver),
    );
    return band && by === 'weight' ? cents + Math.round(Number(band[6]) * 100) : 'peak_unknown';
  }

  test.each(tablesOf('2026-07-12'))(
    '$file costs the July price plus its increase, and is unknown where one is due and not published',
    (table) => {
      const wrong = asked('2026-07-12', table)
        .map((cell) => ({ what: cell.what, due: due(cell, table.by), quoted: quoted(PEAK_FOLDER, cell) }))
        .filter((cell) => cell.due !== cell.quoted);
      expect(wrong).toEqual([]);
    },
  );

  // Cells that other sources print for the season.
  test.each([
    ['ground_advantage', 'commercial', 5, 15_999, 824],
    ['ground_advantage', 'commercial', 1, 4000, 733],
    ['priority_mail', 'commercial', 1, 16_000, 944],
  ] as const)('%s %s, zone %i, %i thousandths of an ounce costs %i cents', (service, priceList, zone, oz, cents) => {
    const answer = priceOf(aParcel({ service, priceList, zone, weightMilliOz: oz, day: '2026-11-23' }), shippedTables);
    expect(answer).toMatchObject({ known: true, mills: cents * 10 });
  });

  test('an increase that is not published leaves the price before it as the least', () => {
    const heavy = aParcel({ weightMilliOz: 30 * 16_000, zone: 5, day: '2026-11-23' });
    const before = priceOf({ ...heavy, day: '2026-09-23' }, shippedTables);
    expect(priceOf(heavy, shippedTables)).toMatchObject({
      known: false,
      reason: 'peak_unknown',
      atLeastMills: before.known ? before.mills : null,
    });
  });
});

/** Every weight-by-zone cell of every shipped price list, read from the files by other means than the program's. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PRICE_LISTS, type PriceList, type Service } from '../../../src/core/label/label.ts';
import { priceOf } from '../../../src/core/rating/price.ts';
import { ROOT, aParcel, shippedTables } from '../../support/rating.ts';

interface Cell {
  notOverOz: number;
  zone: number;
  cents: number | null;
}

const PRICES = join(ROOT, 'data', 'prices');
const PRODUCTS: Service[] = ['ground_advantage', 'priority_mail'];

function linesOf(path: string): string[][] {
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
}

function cellsOf(folder: string, service: Service, list: PriceList): Cell[] {
  const path = join(PRICES, folder, `${service}-${list}.csv`);
  if (!existsSync(path)) return [];
  return linesOf(path).flatMap(([weight, ...prices]) =>
    prices.map((price, index) => ({
      notOverOz: Number(weight),
      zone: index + 1,
      cents: price === '' ? null : Math.round(Number(price) * 100),
    })),
  );
}

function quotedCents(
  service: Service,
  list: PriceList,
  day: string,
  cell: { oz: number; zone: number },
): number | string {
  const weightMilliOz = Math.round(cell.oz * 1000);
  const answer = priceOf(aParcel({ service, priceList: list, day, zone: cell.zone, weightMilliOz }), shippedTables);
  return answer.known ? answer.mills / 10 : answer.reason;
}

const folders = readdirSync(PRICES, { withFileTypes: true }).filter((entry) => entry.isDirectory());

test('there is a folder for each of the four known price lists', () => {
  expect(folders.map((entry) => entry.name).sort()).toEqual(['2025-10-05', '2026-01-18', '2026-07-12', '2026-10-04']);
});

describe.each(folders.map((entry) => entry.name).filter((name) => name !== '2026-10-04'))(
  'the list of %s',
  (folder) => {
    describe.each(PRODUCTS)('%s', (service) => {
      test.each(PRICE_LISTS)('answers every printed cell of the %s list, and says so where none is printed', (list) => {
        const wrong: string[] = [];
        let before = 0;
        for (const { notOverOz, zone, cents } of cellsOf(folder, service, list)) {
          const lightest = zone === 1 ? before + 0.001 : before;
          for (const oz of [notOverOz, lightest]) {
            const quoted = quotedCents(service, list, folder, { oz, zone });
            if (quoted !== (cents ?? 'not_covered')) wrong.push(`${oz} oz, zone ${zone}: ${quoted}, printed ${cents}`);
          }
          before = zone === 9 ? notOverOz : lightest;
        }
        expect(wrong).toEqual([]);
      });
    });
  },
);

describe('the peak season of 2026', () => {
  const bands = linesOf(join(PRICES, '2026-10-04', 'peak.csv'));

  test.each(PRODUCTS.flatMap((service) => PRICE_LISTS.map((list) => [service, list] as const)))(
    '%s %s costs the July price plus its increase, and is unknown where no increase is published',
    (service, list) => {
      const wrong: string[] = [];
      for (const { notOverOz, zone, cents } of cellsOf('2026-07-12', service, list)) {
        const pounds = notOverOz / 16;
        const band = bands.find(
          ([product, priceList, from, to, over, notOver]) =>
            product === service &&
            priceList === list &&
            zone >= Number(from) &&
            zone <= Number(to) &&
            pounds > Number(over) &&
            pounds <= Number(notOver),
        );
        const due = band ? (cents ?? 0) + Math.round(Number(band[6]) * 100) : 'peak_unknown';
        const expected = cents === null ? 'not_covered' : due;
        const quoted = quotedCents(service, list, '2026-10-04', { oz: notOverOz, zone });
        if (quoted !== expected) wrong.push(`${notOverOz} oz, zone ${zone}: ${quoted}, expected ${expected}`);
      }
      expect(wrong).toEqual([]);
    },
  );

  // Cells that other sources print for the season.
  test.each([
    ['ground_advantage', 'commercial', 5, 15.999, 824],
    ['ground_advantage', 'commercial', 1, 4, 733],
    ['priority_mail', 'commercial', 1, 16, 944],
  ] as const)('%s %s, zone %i, %f oz costs %i cents', (service, list, zone, oz, cents) => {
    expect(quotedCents(service, list, '2026-11-23', { oz, zone })).toBe(cents);
  });
});

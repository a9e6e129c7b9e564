/** A price on a vendor's sheet is judged by the floor and the ceiling of what it is asked for, and never beyond what is known. */
import { type SheetTerms, judgeSheetPrice } from '../../../src/core/rating/price-sheet.ts';
import type { ContractLine } from '../../../src/core/rating/contract.ts';
import type { SheetPrice } from '../../../src/core/rating/sheet-label.ts';
import { summariseSheet } from '../../../src/core/rating/sheet-summary.ts';
import fc from 'fast-check';
import { PACKAGINGS, SERVICES } from '../../../src/core/label/label.ts';
import { shippedTables } from '../../support/rating.ts';

const terms: SheetTerms = {
  discountShare: 0.2,
  suspectShare: 0.2,
  undecidedShare: 0.7,
  usualDiscountShare: 0.2,
  toleranceMills: 20,
  toleranceShare: 0.005,
};

/** Twenty ounces of Ground Advantage to zone 8, which cost 12.87 by the commercial list of July 2026, unless said otherwise. */
function aPrice(priceMills: number, over: Partial<SheetPrice> = {}): SheetPrice {
  const what = {
    service: 'ground_advantage',
    packaging: null,
    weightMilliOz: 20_000,
    zone: 8,
    dimensions: null,
  } as const;
  return { ...what, priceMills, ...over };
}

const on = (day: string) => ({ vendor: 'acme', day, terms, tables: shippedTables });
const july = on('2026-08-05');

test.each<[string, SheetPrice, string]>([
  ['the published price is lawful', aPrice(12_870), 'lawful'],
  ['12 % under it, as resellers with a contract ask, is lawful', aPrice(11_330), 'lawful'],
  ['20 % under it is lawful', aPrice(10_300), 'lawful'],
  ['a cent less is low, and not told as too low', aPrice(10_290), 'low'],
  ['just over a fifth under the lowest lawful price is low', aPrice(8240), 'low'],
  ['a fifth under the lowest lawful price is too low', aPrice(8236), 'under_floor'],
  ['two dollars forty for anything is too low', aPrice(2400), 'under_floor'],
  ['between commercial and retail is lawful', aPrice(15_000), 'lawful'],
  ['over retail is told', aPrice(25_000), 'above_retail'],
  ['without a zone the cheapest zone is the floor', aPrice(6400, { zone: null }), 'lawful'],
  ['without a zone the dearest zone is the ceiling', aPrice(13_000, { zone: null }), 'lawful'],
  [
    'a flat-rate box has one floor whatever its weight',
    aPrice(17_000, { service: 'priority_mail', packaging: 'medium_flat_rate_box', weightMilliOz: 400_000 }),
    'lawful',
  ],
  [
    'a flat-rate box at the price of an envelope is too low',
    aPrice(10_000, { service: 'priority_mail', packaging: 'medium_flat_rate_box' }),
    'under_floor',
  ],
  [
    'a letter is one by its packaging',
    aPrice(780, { service: 'first_class_mail', packaging: 'letter', weightMilliOz: 1000 }),
    'lawful',
  ],
])('in July 2026: %s', (_, price, verdict) => {
  expect(judgeSheetPrice(price, july).verdict).toBe(verdict);
});

const small = { lengthMilliIn: 6000, widthMilliIn: 6000, heightMilliIn: 4000 };

describe('what is not published accuses nobody', () => {
  test('a small parcel may be rated by volume, and no cubic price of the day is at hand', () => {
    const answer = judgeSheetPrice(aPrice(6500, { dimensions: small }), july);
    expect(answer).toMatchObject({ verdict: 'unknown', underShare: null, lowestMills: null });
    expect(answer.why).toMatch(/cubic/);
  });

  test('but a price far under every published one of the service is told all the same', () => {
    expect(judgeSheetPrice(aPrice(2400, { dimensions: small }), july)).toMatchObject({ verdict: 'under_floor' });
  });

  test('a heavy parcel in the season whose increase is not known', () => {
    const heavy = { service: 'priority_mail', weightMilliOz: 480_000, zone: 5 } as const;
    expect(judgeSheetPrice(aPrice(61_000, heavy), on('2026-11-05')).verdict).toBe('unknown');
    expect(judgeSheetPrice(aPrice(20_000, heavy), on('2026-11-05')).verdict).toBe('under_floor');
  });

  test('a price by volume is judged where one was published', () => {
    const autumn = on('2025-11-05');
    const box = aPrice(7300, { packaging: 'cubic', dimensions: small, zone: 5 });
    expect(judgeSheetPrice(box, autumn).verdict).toBe('lawful');
    expect(judgeSheetPrice({ ...box, priceMills: 4000 }, autumn).verdict).toBe('under_floor');
  });

  test('a day without a list', () => {
    expect(judgeSheetPrice(aPrice(2400), on('2030-01-01'))).toMatchObject({ verdict: 'unknown', ceilingMills: null });
  });
});

describe('what a vendor has documented is not held against it, as in the rule below-floor-price', () => {
  // 4.80 is under 70 % of the cheapest cell, 6.93, and over 70 % of that less what 35 % are over the usual 20 %.
  const price = aPrice(4800, { dimensions: small });

  test('a deeper discount lowers what is told although the floor is unknown', () => {
    expect(judgeSheetPrice(price, july).verdict).toBe('under_floor');
    const deep = { ...july, terms: { ...terms, discountShare: 0.35 } };
    expect(judgeSheetPrice(price, deep).verdict).toBe('unknown');
  });

  test('a contract may lie under every published price', () => {
    const line: ContractLine = {
      place: 'acme.yaml, line 4',
      services: null,
      packagings: null,
      zones: null,
      overMilliOz: 0,
      notOverMilliOz: Infinity,
      from: '2026-06-01',
      to: '9999-12-31',
      price: { by: 'price', mills: 4800, off: 'commercial' },
      peak: 'included',
    };
    const contracts = { of: () => ({ id: 'acme', vendors: ['acme'], lines: [line] }) };
    expect(judgeSheetPrice(price, { ...july, tables: { ...shippedTables, contracts } }).verdict).toBe('unknown');
  });

  test('a vendor without any discount has no contract for that', () => {
    const none = { ...july, terms: { ...terms, discountShare: 0 } };
    expect(judgeSheetPrice(aPrice(2400), none).why).toBe('lowest lawful price: 12.87 less 0 % is 12.87');
  });
});

describe('a sheet as a whole', () => {
  const flat = [1, 3, 5, 8].flatMap((zone) =>
    [8000, 20_000, 40_000].map((weightMilliOz) => aPrice(2400, { zone, weightMilliOz })),
  );
  const judged = (prices: readonly SheetPrice[]) =>
    prices.map((price) => ({ price, answer: judgeSheetPrice(price, july) }));

  test('with one price for everything is seen', () => {
    expect(summariseSheet(judged(flat))).toMatchObject({
      rows: 12,
      verdicts: { under_floor: 12, lawful: 0 },
      flatPrice: { priceMills: 2400, rows: 12, zones: 4, weights: 3, publishedFromMills: 6930 },
    });
  });

  test('whose prices follow the published ones is not flat, and neither is one cell or one flat-rate box', () => {
    const lawful = judged(flat).map(({ price, answer }) => ({ ...price, priceMills: answer.publishedMills ?? 0 }));
    expect(summariseSheet(judged(lawful)).flatPrice).toBeNull();
    const bands = [4000, 8000, 12_000].map((weightMilliOz) => aPrice(8400, { weightMilliOz }));
    expect(summariseSheet(judged(bands)).flatPrice).toBeNull();
    const boxes = [1, 5, 8].map((zone) =>
      aPrice(20_000, { service: 'priority_mail', packaging: 'medium_flat_rate_box', zone }),
    );
    expect(summariseSheet(judged(boxes)).flatPrice).toBeNull();
    expect(summariseSheet([])).toMatchObject({ rows: 0, flatPrice: null });
  });
});

test('any price is answered, and a dearer one is never the more suspect', () => {
  const rank = { under_floor: 0, low: 1, unknown: 2, lawful: 2, above_retail: 3, above_contract: 3 };
  fc.assert(
    fc.property(
      fc.record({
        service: fc.constantFrom(...SERVICES),
        packaging: fc.option(fc.constantFrom(...PACKAGINGS)),
        weightMilliOz: fc.integer({ min: 1, max: 2_000_000 }),
        zone: fc.option(fc.integer({ min: 1, max: 9 })),
        dimensions: fc.option(fc.constant(small)),
      }),
      fc.constantFrom('2025-11-05', '2026-02-01', '2026-08-05', '2026-11-05', '2031-01-01'),
      fc.tuple(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 100_000 })),
      (parcel, day, [a, b]) => {
        const verdictOf = (priceMills: number) => judgeSheetPrice({ ...parcel, priceMills }, on(day)).verdict;
        expect(rank[verdictOf(Math.min(a, b))]).toBeLessThanOrEqual(rank[verdictOf(Math.max(a, b))]);
      },
    ),
    { numRuns: 300 },
  );
});

/** What a price depends on, where weights and days change over, and what cannot be priced. */
import fc from 'fast-check';
import { PACKAGINGS, PRICE_LISTS, SERVICES } from '../../../src/core/label/label.ts';
import type { PriceAnswer } from '../../../src/core/rating/answer.ts';
import { type RatedParcel, priceOf } from '../../../src/core/rating/price.ts';
import { aParcel, shippedTables } from '../../support/rating.ts';

const price = (over: Partial<RatedParcel> = {}): PriceAnswer => priceOf(aParcel(over), shippedTables);
const billed = (over: Partial<RatedParcel>): number | string | null => {
  const answer = price(over);
  return answer.known ? answer.billedWeightMilliOz : answer.reason;
};
const inches = (...sides: [number, number, number]): RatedParcel['dimensions'] => ({
  lengthMilliIn: sides[0] * 1000,
  widthMilliIn: sides[1] * 1000,
  heightMilliIn: sides[2] * 1000,
});

test('a price names its list, its zone, and every item with rule and source', () => {
  expect(price()).toEqual({
    known: true,
    mills: 13_420,
    currency: 'USD',
    zone: 8,
    billedWeightMilliOz: 32_000,
    priceListId: '2026-10-04',
    items: [
      {
        item: 'base',
        mills: 12_870,
        rule: 'Ground Advantage commercial, zone 8, not over 2 lb',
        source: 'ground-advantage-commercial-2026-07',
      },
      {
        item: 'peak',
        mills: 550,
        rule: 'Peak-season increase: Ground Advantage commercial, zone 8, not over 2 lb',
        source: 'peak-increases-2026-10',
      },
    ],
  });
});

test('the list of October 2025 has its peak inside and shows one item', () => {
  const answer = price({ day: '2025-12-01' });
  expect(answer.known && answer.items.map((item) => item.item)).toEqual(['base']);
});

describe('a weight is billed as the step it is not over', () => {
  test.each([
    ['a feather', 1, 4000],
    ['4 oz', 4000, 4000],
    ['a hair over 4 oz', 4001, 8000],
    ['15.999 oz', 15_999, 15_999],
    ['a pound', 16_000, 16_000],
    ['a hair over a pound', 16_001, 32_000],
    ['25 lb, the end of the known increases', 400_000, 400_000],
  ])('Ground Advantage: %s', (_, weightMilliOz, expected) => {
    expect(billed({ weightMilliOz })).toBe(expected);
  });

  test.each([
    ['a feather in 2026', 1, '2026-08-01', 16_000],
    ['half a pound in 2025, when commercial had a step for it', 8000, '2025-11-01', 8000],
    ['70 lb', 1_120_000, '2026-08-01', 1_120_000],
  ])('Priority Mail: %s', (_, weightMilliOz, day, expected) => {
    expect(billed({ service: 'priority_mail', weightMilliOz, day })).toBe(expected);
  });
});

describe('the first and the last day of a list', () => {
  test.each([
    ['2025-10-04', 'no_price_list'],
    ['2025-10-05', '2025-10-05'],
    ['2026-01-17', '2025-10-05'],
    ['2026-01-18', 'not_covered'],
    ['2026-04-26', 'no_price_list'],
    ['2026-07-11', 'no_price_list'],
    ['2026-07-12', '2026-07-12'],
    ['2026-10-03', '2026-07-12'],
    ['2026-10-04', '2026-10-04'],
    ['2027-01-17', '2026-10-04'],
    ['2027-01-18', 'no_price_list'],
  ])('on %s Ground Advantage commercial is answered by %s', (day, expected) => {
    const answer = price({ day });
    expect(answer.known ? answer.priceListId : answer.reason).toBe(expected);
  });
});

describe('what cannot be priced says why, in a word and a sentence', () => {
  test.each<[string, Partial<RatedParcel>, string]>([
    ['another service', { service: 'media_mail' }, 'service_not_rated'],
    ['a flat-rate box', { packaging: 'small_flat_rate_box' }, 'packaging_not_rated'],
    ['a cubic parcel', { packaging: 'cubic' }, 'packaging_not_rated'],
    ['no weight', { weightMilliOz: null }, 'weight_missing'],
    ['a weight of zero', { weightMilliOz: 0 }, 'weight_missing'],
    ['a weight that is no number', { weightMilliOz: Number.NaN }, 'weight_missing'],
    ['over 70 lb', { weightMilliOz: 1_120_001, day: '2026-08-01' }, 'over_maximum_weight'],
    ['over 1,728 cubic inches', { dimensions: inches(12, 12, 12.001) }, 'dimensional_weight'],
    ['a side over 22 in', { dimensions: inches(3, 22.001, 3) }, 'surcharge_unknown'],
    ['length plus girth over 108 in', { dimensions: inches(100, 2, 2.001) }, 'oversized'],
    ['an increase nobody published', { weightMilliOz: 400_001 }, 'peak_unknown'],
    ['Priority retail in peak season', { service: 'priority_mail', priceList: 'retail' }, 'peak_unknown'],
    [
      'Priority to zone 9 over 20 lb',
      { service: 'priority_mail', zone: 9, weightMilliOz: 320_001, day: '2026-08-01' },
      'not_covered',
    ],
    ['no destination', { destinationZip: null }, 'zip_missing'],
    ['a destination nobody has', { destinationZip: '00000' }, 'zip_unknown'],
    ['a zone there is not', { zone: 10 }, 'zone_unknown'],
  ])('%s', (_, over, reason) => {
    const answer = price(over);
    expect(answer).toMatchObject({ known: false, reason });
    expect(answer.known ? '' : answer.message).toMatch(/^[A-Z].*\.$/);
  });

  test('a parcel of exactly 1,728 cubic inches or 22 in of length is priced by weight', () => {
    expect(price({ dimensions: inches(12, 12, 12) }).known).toBe(true);
    expect(price({ dimensions: inches(2, 22, 2) }).known).toBe(true);
  });

  test('the zone is told even where the price is not', () => {
    expect(price({ service: 'media_mail' }).zone).toBe(8);
  });
});

describe('for any parcel', () => {
  const days = fc.constantFrom('2025-10-05', '2026-02-01', '2026-05-05', '2026-07-12', '2026-11-23', 'someday');
  const zip = fc.oneof(
    fc.integer({ min: 0, max: 99_999 }).map((n) => String(n).padStart(5, '0')),
    fc.string(),
  );
  const weight = fc.oneof(fc.integer({ min: -1, max: 1_200_000 }), fc.double(), fc.constant(null));
  const anyParcel: fc.Arbitrary<RatedParcel> = fc.record({
    service: fc.constantFrom(...SERVICES),
    packaging: fc.constantFrom(...PACKAGINGS),
    priceList: fc.constantFrom(...PRICE_LISTS),
    originZip: fc.option(zip),
    destinationZip: fc.option(zip),
    weightMilliOz: weight,
    dimensions: fc.option(
      fc.record({ lengthMilliIn: fc.double(), widthMilliIn: fc.double(), heightMilliIn: fc.double() }),
    ),
    day: days,
  });

  test('there is a price whose items sum to it, or a reason; nothing throws', () => {
    fc.assert(
      fc.property(anyParcel, (parcel) => {
        const answer = priceOf(parcel, shippedTables);
        if (!answer.known) return answer.reason.length > 0 && answer.message.length > 0;
        return answer.mills > 0 && answer.items.reduce((sum, item) => sum + item.mills, 0) === answer.mills;
      }),
      { numRuns: 2000 },
    );
  });

  test('a heavier parcel never costs less', () => {
    const rated = fc.record({
      service: fc.constantFrom('ground_advantage' as const, 'priority_mail' as const),
      priceList: fc.constantFrom(...PRICE_LISTS),
      zone: fc.integer({ min: 1, max: 9 }),
      day: days,
    });
    const weights = fc.integer({ min: 1, max: 1_120_000 });
    fc.assert(
      fc.property(rated, weights, weights, (parcel, one, other) => {
        const lighter = price({ ...parcel, weightMilliOz: Math.min(one, other) });
        const heavier = price({ ...parcel, weightMilliOz: Math.max(one, other) });
        return !lighter.known || !heavier.known || lighter.mills <= heavier.mills;
      }),
      { numRuns: 2000 },
    );
  });
});

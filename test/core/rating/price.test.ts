/** What a price depends on, where weights and days change over, and what cannot be priced. */
import fc from 'fast-check';
import { EXTRA_SERVICES, PACKAGINGS, PRICE_LISTS, SERVICES } from '../../../src/core/label/label.ts';
import type { PriceAnswer } from '../../../src/core/rating/answer.ts';
import { type RatedParcel, priceOf } from '../../../src/core/rating/price.ts';
import { SURCHARGE_CAUSES } from '../../../src/core/rating/surcharges.ts';
import { aParcel, inches, shippedTables } from '../../support/rating.ts';

const price = (over: Partial<RatedParcel> = {}): PriceAnswer => priceOf(aParcel(over), shippedTables);
const billed = (over: Partial<RatedParcel>): number | string | null => {
  const answer = price(over);
  return answer.known ? answer.billedWeightMilliOz : answer.reason;
};
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

/** Services with a greatest weight of their own, on the list that prices all of them. */
const local = { service: 'usps_connect_local', day: '2025-11-05' } as const;
const printed = { service: 'bound_printed_matter', day: '2025-11-05' } as const;
const letter = { service: 'first_class_mail', packaging: 'letter' } as const;

test.each<[string, Partial<RatedParcel>]>([
  ['an oversized Connect Local parcel', { ...local, dimensions: inches(60, 12, 14) }],
  ['a Connect Local parcel', local],
])('%s of exactly 25 lb is priced', (_, over) => {
  expect(price({ ...over, weightMilliOz: 400_000 })).toMatchObject({ known: true });
});

describe('what cannot be priced says why, in a word and a sentence', () => {
  test.each<[string, Partial<RatedParcel>, string]>([
    ['a service sold by the thousand only', { service: 'parcel_select' }, 'service_not_rated'],
    ['a service whose commercial price is not at hand', { service: 'media_mail' }, 'not_covered'],
    ['a flat-rate box of a service that has none', { packaging: 'small_flat_rate_box' }, 'packaging_not_rated'],
    ['a flat-rate item, not said which', { service: 'priority_mail', packaging: 'flat_rate' }, 'packaging_not_rated'],
    [
      'a flat-rate box of 71 lb',
      { service: 'priority_mail', packaging: 'medium_flat_rate_box', weightMilliOz: 1_136_000 },
      'over_maximum_weight',
    ],
    [
      'a cubic parcel on a list without cubic prices',
      { packaging: 'cubic', dimensions: inches(9, 6, 4) },
      'not_covered',
    ],
    ['no weight', { weightMilliOz: null }, 'weight_missing'],
    ['a weight of zero', { weightMilliOz: 0 }, 'weight_missing'],
    ['a weight that is no number', { weightMilliOz: Number.NaN }, 'weight_missing'],
    ['over 70 lb', { weightMilliOz: 1_120_001, day: '2026-08-01' }, 'over_maximum_weight'],
    ['Connect Local of 26 lb', { ...local, weightMilliOz: 416_000 }, 'over_maximum_weight'],
    [
      'an oversized Connect Local parcel of 50 lb',
      { ...local, weightMilliOz: 800_000, dimensions: inches(60, 12, 14) },
      'over_maximum_weight',
    ],
    ['Bound Printed Matter of 16 lb', { ...printed, weightMilliOz: 256_000 }, 'over_maximum_weight'],
    ['a letter of 5 oz', { ...letter, weightMilliOz: 5000 }, 'over_maximum_weight'],
    ['a flat of 14 oz', { ...letter, packaging: 'flat', weightMilliOz: 14_000 }, 'over_maximum_weight'],
    ['a postcard of 14 oz', { ...letter, packaging: 'postcard', weightMilliOz: 14_000 }, 'over_maximum_weight'],
    ['a dimensional weight over the known increases', { dimensions: inches(20, 18, 12) }, 'peak_unknown'],
    [
      'a side over 22 in, Priority Mail',
      { service: 'priority_mail', dimensions: inches(3, 22.001, 3) },
      'surcharge_unknown',
    ],
    ['length plus girth over 108 in without an oversized price', { dimensions: inches(100, 2, 2.001) }, 'not_covered'],
    ['length plus girth over 130 in', { dimensions: inches(100, 8, 7.001), day: '2025-11-01' }, 'over_maximum_size'],
    [
      'length plus girth over 108 in, Priority Mail',
      { service: 'priority_mail', dimensions: inches(100, 2, 2.001) },
      'over_maximum_size',
    ],
    ['a letter of 4 oz', { service: 'first_class_mail', packaging: 'letter', weightMilliOz: 4000 }, 'not_covered'],
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

describe('a large parcel', () => {
  test('is billed by its dimensional weight, and the base says how', () => {
    const answer = price({ dimensions: inches(9, 12, 20), day: '2026-08-01' });
    expect(answer).toMatchObject({ billedWeightMilliOz: 256_000, mills: 34_290 });
    expect(answer.known && answer.items[0]?.rule).toBe(
      'Ground Advantage commercial, zone 8, not over 16 lb (dimensional weight 16 lb: 20 x 12 x 9 in over 139)',
    );
  });

  test('that weighs more than its dimensions is billed by its weight', () => {
    const dimensions = inches(9, 12, 20);
    expect(price({ dimensions, day: '2026-08-01', weightMilliOz: 256_001 })).toEqual(
      price({ day: '2026-08-01', weightMilliOz: 256_001 }),
    );
  });

  test('pays the increase of its dimensional weight', () => {
    expect(price({ dimensions: inches(9, 12, 20) })).toMatchObject({ billedWeightMilliOz: 256_000, mills: 36_040 });
  });

  test('of a product without dimensional weight is billed by its weight', () => {
    const book = { service: 'media_mail', priceList: 'retail', day: '2026-08-01' } as const;
    expect(price({ ...book, dimensions: inches(20, 12, 9) })).toEqual(price(book));
  });

  // Zone 8 of the oversized row of Notice 123, October 2025.
  test.each([1, 32_000, 1_120_000])('over 108 in costs one price at any weight, here %i', (weightMilliOz) => {
    const answer = price({ dimensions: inches(36, 19, 19), weightMilliOz, day: '2025-11-01' });
    expect(answer.known && answer.items[0]).toMatchObject({ item: 'base', mills: 257_510 });
    expect(answer).toMatchObject({ billedWeightMilliOz: null });
  });

  test('of exactly 108 in is priced by weight, of exactly 130 in as oversized', () => {
    const base = (dimensions: RatedParcel['dimensions']): string | undefined => {
      const answer = price({ dimensions, day: '2025-11-01' });
      return answer.known ? answer.items[0]?.rule : answer.reason;
    };
    expect(base(inches(36, 18, 18))).toMatch(/not over 70 lb \(dimensional weight 70 lb/);
    expect(base(inches(50, 20, 20))).toBe('Ground Advantage commercial, zone 8, oversized');
  });
});

describe('for any parcel', () => {
  const days = fc.constantFrom('2025-10-05', '2026-02-01', '2026-05-05', '2026-07-12', '2026-11-23', 'someday');
  const zip = fc.oneof(
    fc.integer({ min: 0, max: 99_999 }).map((n) => String(n).padStart(5, '0')),
    fc.string(),
  );
  const weird = fc.constantFrom(0, -1, Number.NaN, Infinity, -Infinity, 1e308, 0.5);
  const side = fc.oneof(fc.integer({ min: 1, max: 60_000 }), fc.double(), weird);
  const packagings = fc.constantFrom<RatedParcel['packaging']>(...PACKAGINGS, 'flat_rate');
  const anyParcel: fc.Arbitrary<RatedParcel> = fc.record({
    service: fc.constantFrom(...SERVICES),
    packaging: packagings,
    priceList: fc.constantFrom(...PRICE_LISTS),
    originZip: fc.option(zip),
    destinationZip: fc.option(zip),
    weightMilliOz: fc.oneof(fc.integer({ min: -1, max: 1_200_000 }), fc.double(), weird, fc.constant(null)),
    dimensions: fc.option(fc.record({ lengthMilliIn: side, widthMilliIn: side, heightMilliIn: side })),
    day: days,
    softPack: fc.boolean(),
    nonRectangular: fc.boolean(),
    leastReading: fc.boolean(),
    causes: fc.subarray([...SURCHARGE_CAUSES]),
    extras: fc.subarray([...EXTRA_SERVICES]),
    insuredMills: fc.oneof(fc.integer({ min: 0, max: 6_000_000 }), weird, fc.constant(null)),
  });

  function isSound(answer: PriceAnswer): boolean {
    if (!answer.known) {
      const { reason, message, atLeastMills } = answer;
      return reason.length > 0 && message.length > 0 && (atLeastMills === null || Number.isInteger(atLeastMills));
    }
    const whole = Number.isInteger(answer.mills) && answer.mills > 0;
    const explained = answer.items.every(({ item, rule, source, mills }) => item && rule && source && mills >= 0);
    return whole && explained && answer.items.reduce((sum, item) => sum + item.mills, 0) === answer.mills;
  }

  test('there is a price whose items sum to it, or a reason; nothing throws', () => {
    fc.assert(
      fc.property(anyParcel, (parcel) => isSound(priceOf(parcel, shippedTables))),
      { numRuns: 5000 },
    );
  });

  test('in a stated zone, too', () => {
    fc.assert(
      fc.property(anyParcel, fc.integer({ min: 0, max: 10 }), (parcel, zone) =>
        isSound(priceOf({ ...parcel, zone }, shippedTables)),
      ),
      { numRuns: 5000 },
    );
  });

  test('a heavier parcel never costs less, whatever it is packed in', () => {
    const rated = fc.record({
      service: fc.constantFrom(...SERVICES),
      packaging: packagings,
      priceList: fc.constantFrom(...PRICE_LISTS),
      zone: fc.integer({ min: 1, max: 9 }),
      day: days,
      dimensions: fc.option(
        fc.constantFrom(inches(9, 6, 4), inches(20, 12, 9), inches(24, 4, 4), inches(36, 19, 19), inches(12, 12, 6)),
      ),
    });
    const weights = fc.integer({ min: 1, max: 1_120_000 });
    fc.assert(
      fc.property(rated, weights, weights, (parcel, one, other) => {
        const lighter = price({ ...parcel, weightMilliOz: Math.min(one, other) });
        const heavier = price({ ...parcel, weightMilliOz: Math.max(one, other) });
        return !lighter.known || !heavier.known || lighter.mills <= heavier.mills;
      }),
      { numRuns: 5000 },
    );
  });

  test('what is known of a price is never more than the price with less asked', () => {
    fc.assert(
      fc.property(anyParcel, fc.integer({ min: 1, max: 9 }), (parcel, zone) => {
        const whole = priceOf({ ...parcel, zone }, shippedTables);
        const bare = priceOf({ ...parcel, zone, extras: [], insuredMills: null, causes: [] }, shippedTables);
        if (!bare.known || (!whole.known && whole.atLeastMills === null)) return true;
        return bare.mills <= (whole.known ? whole.mills : (whole.atLeastMills ?? 0));
      }),
      { numRuns: 3000 },
    );
  });
});

/** What a service takes: its published limits, their edges, and when what is not stated decides. */
import fc from 'fast-check';
import { PACKAGINGS, SERVICES } from '../../../src/core/label/label.ts';
import {
  type Excess,
  type MeasuredParcel,
  sizeExcessOf,
  weightExcessOf,
} from '../../../src/core/rating/eligibility.ts';
import { shippedTables } from '../../support/rating.ts';

const { eligibility } = shippedTables;

/** By weight and size together; null where what is not known could decide. */
function excessOf(parcel: MeasuredParcel): readonly Excess[] | null {
  const weight = weightExcessOf(parcel, eligibility);
  const size = sizeExcessOf(parcel, eligibility);
  const found = [...(weight ?? []), ...(size ?? [])];
  return found.length === 0 && (weight === null || size === null) ? null : found;
}

/** A pound of Priority Mail in a box of 10 x 8 x 4 in, unless said otherwise. */
function aMeasured(over: Partial<MeasuredParcel> = {}): MeasuredParcel {
  return {
    service: 'priority_mail',
    packaging: 'package',
    weightMilliOz: 16_000,
    scaleWeightMilliOz: null,
    lengthMilliIn: 10_000,
    widthMilliIn: 8000,
    heightMilliIn: 4000,
    day: '2026-11-05',
    ...over,
  };
}

const ounces = (count: number): Partial<MeasuredParcel> => ({ weightMilliOz: Math.round(count * 1000) });
const pounds = (count: number): Partial<MeasuredParcel> => ounces(count * 16);
const onScale = (count: number): Partial<MeasuredParcel> => ({ scaleWeightMilliOz: count * 16_000 });
const inches = (length: number, width: number, height: number): Partial<MeasuredParcel> => ({
  lengthMilliIn: Math.round(length * 1000),
  widthMilliIn: Math.round(width * 1000),
  heightMilliIn: Math.round(height * 1000),
});
const noSides = { lengthMilliIn: null, widthMilliIn: null, heightMilliIn: null };
const excess = (over: Partial<MeasuredParcel>): string[] | null =>
  excessOf(aMeasured(over))?.map(({ measure }) => measure) ?? null;

describe('weights, of Notice 123 of 5 October 2025: prices end where the service does', () => {
  test.each<[string, Partial<MeasuredParcel>, string[]]>([
    ['Priority Mail of exactly 70 lb', pounds(70), []],
    ['Priority Mail over 70 lb', ounces(1120.001), ['weight']],
    ['Ground Advantage of exactly 70 lb', { service: 'ground_advantage', ...pounds(70) }, []],
    ['Ground Advantage of 71 lb', { service: 'ground_advantage', ...pounds(71) }, ['weight']],
    ['Express of 71 lb', { service: 'priority_mail_express', ...pounds(71) }, ['weight']],
    ['Media Mail of 70 lb', { service: 'media_mail', ...pounds(70) }, []],
    ['Bound Printed Matter of exactly 15 lb', { service: 'bound_printed_matter', ...pounds(15) }, []],
    ['Bound Printed Matter of 16 lb', { service: 'bound_printed_matter', ...pounds(16) }, ['weight']],
    ['Connect Local of 26 lb', { service: 'usps_connect_local', ...pounds(26) }, ['weight']],
    ['a flat-rate box of 70 lb', { packaging: 'large_flat_rate_box', ...pounds(70), ...noSides }, []],
    ['a flat-rate box of 71 lb', { packaging: 'large_flat_rate_box', ...pounds(71), ...noSides }, ['weight']],
  ])('%s', (_, over, expected) => {
    expect(excess(over)).toEqual(expected);
  });
});

describe('length plus girth, of the Domestic Mail Manual and the oversized prices', () => {
  test.each<[string, Partial<MeasuredParcel>, string[]]>([
    ['Priority Mail of exactly 108 in', inches(40, 20, 14), []],
    ['Priority Mail of a hair over 108 in', inches(40.001, 20, 14), ['length_plus_girth']],
    [
      'an oversized Ground Advantage parcel of exactly 130 in',
      { service: 'ground_advantage', ...inches(50, 25, 15) },
      [],
    ],
    ['Ground Advantage over 130 in', { service: 'ground_advantage', ...inches(50, 25.001, 15) }, ['length_plus_girth']],
    ['Parcel Select of 120 in', { service: 'parcel_select', ...inches(40, 20, 20) }, []],
    ['Media Mail of 120 in', { service: 'media_mail', ...inches(40, 20, 20) }, ['length_plus_girth']],
    ['both too heavy and too large', { ...onScale(80), ...inches(60, 20, 20) }, ['weight', 'length_plus_girth']],
  ])('%s', (_, over, expected) => {
    expect(excess(over)).toEqual(expected);
  });
});

describe('a billed weight over the limit may be one by size, of which the service takes any', () => {
  const ground = (over: Partial<MeasuredParcel>): Partial<MeasuredParcel> => ({ service: 'ground_advantage', ...over });
  const sides = inches(36, 18, 18);
  test.each<[string, Partial<MeasuredParcel>, string[] | null]>([
    ['84 lb are 36 x 18 x 18 in over 139; our scale shows 20', ground({ ...pounds(84), ...onScale(20), ...sides }), []],
    ['84 lb by the same sides, weighed by nobody', ground({ ...pounds(84), ...sides }), null],
    ['71 lb, which the same sides explain, too', ground({ ...pounds(71), ...sides }), null],
    ['85 lb, a pound more than the sides explain', ground({ ...pounds(85), ...sides }), ['weight']],
    ['84 lb by sides and by our scale', ground({ ...pounds(84), ...onScale(84), ...sides }), ['weight']],
    ['light by the bill, heavy on our scale', ground({ ...pounds(20), ...onScale(84), ...sides }), ['weight']],
    ['sides of a parcel too small to be billed by size', ground({ ...pounds(84), ...inches(12, 12, 12) }), ['weight']],
    ['no sides, so that the size may be any', ground({ ...pounds(84), ...noSides }), null],
    ['a scale that shows nothing weighs nothing', ground({ ...pounds(84), scaleWeightMilliOz: 0, ...sides }), null],
    ['a list that divides by 166: 72 lb', { ...pounds(72), ...inches(33, 19, 19), day: '2025-11-05' }, null],
    ['the days between two lists on file', ground({ ...pounds(84), ...sides, day: '2026-06-01' }), null],
    ['a flat-rate box is not', { packaging: 'large_flat_rate_box', ...pounds(84), ...sides }, ['weight']],
    ['nor is Media Mail', { service: 'media_mail', ...pounds(84), ...sides }, ['weight']],
    ['Media Mail without sides', { service: 'media_mail', ...pounds(84), ...noSides }, ['weight']],
    ['Library Mail without sides', { service: 'library_mail', ...pounds(84), ...noSides }, ['weight']],
    ['Bound Printed Matter', { service: 'bound_printed_matter', ...pounds(84), ...sides }, ['weight']],
    ['Connect Local', { service: 'usps_connect_local', ...pounds(84), ...sides }, ['weight']],
    ['a First-Class piece', { service: 'first_class_mail', ...pounds(1), ...noSides }, ['weight']],
  ])('%s', (_, over, expected) => {
    const found = weightExcessOf(aMeasured(over), eligibility);
    expect(found?.map(({ measure }) => measure) ?? null).toEqual(expected);
  });
});

describe('First-Class Mail by shape, of DMM 101, USPS Link and PostalPro', () => {
  const piece = (packaging: MeasuredParcel['packaging'], over: Partial<MeasuredParcel>): Partial<MeasuredParcel> => ({
    service: 'first_class_mail',
    packaging,
    ...ounces(1),
    ...over,
  });
  test.each<[string, Partial<MeasuredParcel>, string[]]>([
    ['a letter of exactly the greatest size', piece('letter', { ...ounces(3.5), ...inches(11.5, 6.125, 0.25) }), []],
    ['a letter billed as 4 oz, a whole ounce up', piece('letter', { ...ounces(4), ...inches(9, 4, 0.1) }), []],
    ['a letter of 4.1 oz', piece('letter', { ...ounces(4.1), ...inches(9, 4, 0.1) }), ['weight']],
    ['a letter written with whole inches', piece('letter', inches(12, 7, 1)), []],
    ['a letter two inches thick', piece('letter', inches(9, 4, 2)), ['shortest_side']],
    ['a letter as large as a flat', piece('letter', inches(15, 12, 0.25)), ['longest_side', 'middle_side']],
    ['a flat of exactly the greatest size', piece('flat', { ...ounces(13), ...inches(15, 12, 0.75) }), []],
    ['a flat of 14 oz', piece('flat', { ...ounces(14), ...inches(12, 9, 0.5) }), ['weight']],
    ['a presorted card of 6 by 9 in', piece('postcard', inches(9, 6, 0.016)), []],
    ['a card of 7 by 10 in', piece('postcard', inches(10, 7, 0.016)), ['longest_side', 'middle_side']],
    ['a piece of no stated shape over 13 oz', piece(null, { ...ounces(15), ...inches(9, 6, 0.5) }), ['weight']],
  ])('%s', (_, over, expected) => {
    expect(excess(over)).toEqual(expected);
  });
});

describe('what is not stated', () => {
  test.each<[string, Partial<MeasuredParcel>, string[] | null]>([
    ['no side of a parcel: it could be too large', noSides, null],
    ['no weight: it could be too heavy', { weightMilliOz: null }, null],
    ['no weight, but a side of ten feet', { weightMilliOz: null, ...inches(120, 1, 1) }, ['length_plus_girth']],
    ['one side alone that is too long', { ...noSides, lengthMilliIn: 109_000 }, ['length_plus_girth']],
    ['two sides that exceed nothing', { heightMilliIn: null }, null],
    ['a side of zero, an empty cell', { heightMilliIn: 0 }, null],
    ['no side, but too heavy in any case', { ...onScale(90), ...noSides }, ['weight']],
    ['no side of a flat-rate box: the box has its own', { packaging: 'small_flat_rate_box', ...noSides }, []],
    ['the size of Connect Local, of which nothing is on file', { service: 'usps_connect_local' }, null],
    ['a day before any limit on file', { day: '2010-01-01' }, null],
  ])('%s', (_, over, expected) => {
    expect(excess(over)).toEqual(expected);
  });
});

test('an excess says what was measured, the limit and its source', () => {
  expect(excessOf(aMeasured(pounds(75)))).toEqual([
    { measure: 'weight', value: 1_200_000, maximum: 1_120_000, source: 'usps-notice-123-2025-10-05' },
  ]);
});

describe('for any parcel', () => {
  const number = fc.oneof(fc.integer({ min: 0, max: 2_000_000 }), fc.double(), fc.constant(null));
  const anyParcel: fc.Arbitrary<MeasuredParcel> = fc.record({
    service: fc.constantFrom(...SERVICES),
    packaging: fc.option(fc.constantFrom(...PACKAGINGS)),
    weightMilliOz: number,
    scaleWeightMilliOz: number,
    lengthMilliIn: number,
    widthMilliIn: number,
    heightMilliIn: number,
    day: fc.constantFrom('2020-01-01', '2025-10-05', '2026-11-05', 'someday'),
  });

  test('there is an answer and nothing throws', () => {
    fc.assert(
      fc.property(anyParcel, (parcel) => {
        const found = excessOf(parcel);
        return found === null || found.every(({ value, maximum }) => value > maximum);
      }),
      { numRuns: 2000 },
    );
  });

  test('an excess stays when weight or a side grows', () => {
    const size = fc.integer({ min: 1, max: 200_000 });
    const growth = fc.integer({ min: 0, max: 50_000 });
    const sized = fc.record({
      scaleWeightMilliOz: fc.integer({ min: 1, max: 1_500_000 }),
      lengthMilliIn: size,
      widthMilliIn: size,
      heightMilliIn: size,
    });
    const grown = fc.record({
      scaleWeightMilliOz: growth,
      lengthMilliIn: growth,
      widthMilliIn: growth,
      heightMilliIn: growth,
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...SERVICES),
        fc.option(fc.constantFrom(...PACKAGINGS)),
        sized,
        grown,
        (service, packaging, small, more) => {
          const large = {
            scaleWeightMilliOz: small.scaleWeightMilliOz + more.scaleWeightMilliOz,
            lengthMilliIn: small.lengthMilliIn + more.lengthMilliIn,
            widthMilliIn: small.widthMilliIn + more.widthMilliIn,
            heightMilliIn: small.heightMilliIn + more.heightMilliIn,
          };
          const after = new Set(excess({ service, packaging, ...large }) ?? []);
          return (excess({ service, packaging, ...small }) ?? []).every((measure) => after.has(measure));
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('the order in which sides are written changes nothing', () => {
    const size = fc.integer({ min: 1, max: 90_000 });
    fc.assert(
      fc.property(fc.constantFrom(...SERVICES), size, size, size, (service, a, b, c) => {
        const one = excess({ service, lengthMilliIn: a, widthMilliIn: b, heightMilliIn: c });
        expect(excess({ service, lengthMilliIn: c, widthMilliIn: a, heightMilliIn: b })).toEqual(one);
      }),
      { numRuns: 500 },
    );
  });
});

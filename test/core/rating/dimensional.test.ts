/** When a large parcel is billed by its dimensions, by the steps published for its day. */
import fc from 'fast-check';
import type { Dimensions, Service } from '../../../src/core/label/label.ts';
import { type DimensionalRule, dimensionalWeightMilliOz } from '../../../src/core/rating/dimensional.ts';
import { listOn } from '../../../src/core/rating/tables.ts';
import { MILLI_OZ_PER_LB } from '../../../src/core/units/measure.ts';
import { inches, shippedTables } from '../../support/rating.ts';

function ruleOn(day: string): DimensionalRule {
  const list = listOn(day, shippedTables.lists);
  if (!list) throw new Error(`no list on ${day}`);
  return list.limits.dimensional;
}

interface Asked {
  day?: string;
  service?: Service;
  nonRectangular?: boolean;
  leastReading?: boolean;
}

function pounds(
  sides: [number, number, number],
  { day = '2026-08-01', service = 'priority_mail', ...how }: Asked = {},
) {
  return dimensionalWeightMilliOz({ service, dimensions: inches(...sides), ...how }, ruleOn(day)) / MILLI_OZ_PER_LB;
}

describe('the threshold is over 1,728 cubic inches (Notice 123)', () => {
  test.each<[string, [number, number, number], string, number]>([
    ['exactly a cubic foot', [12, 12, 12], '2026-08-01', 0],
    ['a cubic foot of other sides', [24, 12, 6], '2026-08-01', 0],
    ['1,729 cubic inches', [19, 13, 7], '2026-08-01', 13],
    ['1,729 cubic inches in 2025', [19, 13, 7], '2025-11-01', 11],
  ])('%s: %s on %s', (_, sides, day, expected) => {
    expect(pounds(sides, { day })).toBe(expected);
  });
});

describe('the divisor is 166 to 11 July 2026 and 139 from the day after', () => {
  test.each<[string, number]>([
    ['2025-10-05', 14],
    ['2026-01-17', 14],
    ['2026-02-01', 14],
    ['2026-07-12', 16],
    ['2026-11-23', 16],
  ])('20 x 12 x 9 in on %s bills %i lb', (day, expected) => {
    // 2,160 / 166 = 13.01; 2,160 / 139 = 15.54.
    expect(pounds([20, 12, 9], { day })).toBe(expected);
  });
});

describe('sides are rounded before they are multiplied', () => {
  test.each<[string, [number, number, number], string, number]>([
    ['2025: 20.25 is 20, as in the DMM Advisory of 2006', [20.25, 12, 9], '2025-11-01', 14],
    ['2025: 20.75 is 21', [20.75, 12, 9], '2025-11-01', 14],
    ['2025: exactly a half goes up (DMM 604.7.0)', [12.5, 12, 12], '2025-11-01', 12],
    ['2025: under a half goes down, to the threshold', [12.499, 12, 12], '2025-11-01', 0],
    ['2026: a thousandth over goes up', [20.001, 12, 9], '2026-08-01', 17],
    ['2026: a whole inch stays', [20, 12, 9], '2026-08-01', 16],
  ])('%s', (_, sides, day, expected) => {
    expect(pounds(sides, { day })).toBe(expected);
  });

  test('rounding alone takes a parcel over the threshold, but for a reading that accuses somebody', () => {
    expect(pounds([12.1, 11.9, 11.9])).toBe(14);
    expect(pounds([12.1, 11.9, 11.9], { leastReading: true })).toBe(0);
    expect(pounds([12.1, 12, 12], { leastReading: true })).toBe(14);
  });
});

test('a parcel that is no box counts 0.785 of it, also against the threshold', () => {
  // 2,160 x 0.785 = 1,695.6; 2,592 x 0.785 = 2,034.72.
  expect(pounds([20, 12, 9], { nonRectangular: true })).toBe(0);
  expect(pounds([24, 12, 9], { nonRectangular: true })).toBe(15);
});

test('no parcel is billed as heavier than 70 lb (DMM 123.1.4)', () => {
  expect(pounds([30, 24, 24])).toBe(70);
});

test.each<[Service, number]>([
  ['ground_advantage', 16],
  ['priority_mail', 16],
  ['priority_mail_express', 16],
  ['parcel_select', 16],
  ['media_mail', 0],
  ['library_mail', 0],
  ['bound_printed_matter', 0],
  ['usps_connect_local', 0],
])('%s has a dimensional weight of %i lb', (service, expected) => {
  expect(pounds([20, 12, 9], { service })).toBe(expected);
});

describe('for any sides', () => {
  const side = fc.integer({ min: 1, max: 60_000 });
  const box: fc.Arbitrary<Dimensions> = fc.record({ lengthMilliIn: side, widthMilliIn: side, heightMilliIn: side });
  const day = fc.constantFrom('2025-10-05', '2026-08-01');
  const weigh = (dimensions: Dimensions, on: string, how: Asked = {}): number =>
    dimensionalWeightMilliOz({ service: 'priority_mail', dimensions, ...how }, ruleOn(on));

  test('their order does not matter', () => {
    fc.assert(
      fc.property(box, day, ({ lengthMilliIn, widthMilliIn, heightMilliIn }, on) => {
        const turned = { lengthMilliIn: heightMilliIn, widthMilliIn: lengthMilliIn, heightMilliIn: widthMilliIn };
        return weigh(turned, on) === weigh({ lengthMilliIn, widthMilliIn, heightMilliIn }, on);
      }),
    );
  });

  test('a longer side never weighs less, another shape never more, the least reading never more', () => {
    fc.assert(
      fc.property(box, side, day, (dimensions, more, on) => {
        const weight = weigh(dimensions, on);
        const longer = weigh({ ...dimensions, lengthMilliIn: dimensions.lengthMilliIn + more }, on);
        const shaped = weigh(dimensions, on, { nonRectangular: true });
        return longer >= weight && shaped <= weight && weigh(dimensions, on, { leastReading: true }) <= weight;
      }),
    );
  });
});

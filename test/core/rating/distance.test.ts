/** Miles between ZIP codes by the points of their areas, and where there are none to tell. */
import { assert, constantFrom, integer, property } from 'fast-check';
import { atlasOf } from '../../../src/core/rating/distance.ts';
import { shippedTables } from '../../support/rating.ts';

const { miles, isMilitary } = atlasOf(shippedTables.zones);

/** Any ZIP there could be. */
const anyZip = integer({ min: 0, max: 99_999 }).map((number) => String(number).padStart(5, '0'));

describe('miles between two ZIP codes', () => {
  test.each([
    ['New York and Los Angeles', '10001', '90001', 2450],
    ['New York and Chicago', '10001', '60607', 713],
    ['New York and Boston', '10001', '02108', 190],
    ['Miami and Seattle', '33101', '98101', 2730],
    ['Los Angeles and San Francisco', '90001', '94102', 347],
    ['Denver and Dallas', '80202', '75201', 663],
    ['Atlanta and Houston', '30303', '77002', 700],
    ['Minneapolis and New Orleans', '55401', '70112', 1050],
    ['Phoenix and Newark', '85004', '07102', 2130],
    ['New York and San Juan', '10001', '00926', 1600],
    ['Los Angeles and Honolulu', '90001', '96701', 2560],
  ])('%s', (_story, from, to, known) => {
    const told = miles(from, to) ?? 0;
    expect(Math.abs(told - known) / known).toBeLessThan(0.05);
  });

  test('within one area are none', () => {
    expect(miles('10001', '10027')).toBe(0);
    expect(miles('99501', '99507')).toBe(0);
    expect(miles('96910', '96941')).toBe(0);
  });

  test('of ZIP codes of nine digits are those of their first five', () => {
    expect(miles('10001-1234', '900581234')).toBe(miles('10001', '90058'));
  });

  test.each([
    ['an area that nobody has', '00001'],
    ['nothing', ''],
    ['four digits, a leading zero lost', '7102'],
    ['a postal code of Canada', 'K1A 0B1'],
    ['letters among digits', '1000A'],
    ['a military post office in Europe', '09012'],
    ['a military post office in the Pacific', '96201'],
    ['a military post office in the Americas', '34002'],
  ])('%s has no place', (_story, zip) => {
    expect(miles(zip, '10001')).toBeNull();
    expect(miles('10001', zip)).toBeNull();
    expect(miles(zip, zip)).toBeNull();
  });

  test.each([
    ['Honolulu and the next town', '96819', '96797'],
    ['Guam and Honolulu', '96910', '96813'],
    ['Anchorage and Fairbanks', '99501', '99701'],
  ])('among areas too wide for one point nobody can tell: %s', (_story, from, to) => {
    expect(miles(from, to)).toBeNull();
    expect(miles(from, '90058')).toBeGreaterThan(2000);
  });

  test('are the same there and back, never negative, nor more than half the globe', () => {
    assert(
      property(anyZip, anyZip, (from, to) => {
        const there = miles(from, to);
        expect(miles(to, from)).toBe(there);
        if (there === null) return;
        expect(there).toBeGreaterThanOrEqual(0);
        expect(there).toBeLessThan(12_450);
      }),
      { numRuns: 2000 },
    );
  });

  test('by way of a third place are no fewer', () => {
    const placed = constantFrom('10001', '90058', '60607', '33101', '98101', '77002', '00926', '99501', '96819');
    assert(
      property(placed, placed, placed, (from, by, to) => {
        const [straight, first, second] = [miles(from, to), miles(from, by), miles(by, to)];
        if (straight === null || first === null || second === null) return;
        expect(straight).toBeLessThanOrEqual(first + second + 1e-6);
      }),
    );
  });
});

test('military post offices are known by their areas', () => {
  expect(['09012', '34002', '96201', '09901'].map(isMilitary)).toEqual([true, true, true, true]);
  expect(['10001', '96701', '96910', '', '9012'].map(isMilitary)).toEqual([false, false, false, false, false]);
});

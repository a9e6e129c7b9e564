/** Which parcels go into a flat-rate item: nobody is blamed in doubt, and nothing is recommended in doubt. */
import fc from 'fast-check';
import { type Dimensions, PACKAGINGS, type Packaging } from '../../../src/core/label/label.ts';
import { type FlatRateItem, shareTooLarge, surelyFits } from '../../../src/core/rating/fit.ts';
import { shippedTables } from '../../support/rating.ts';

const { flatRate } = shippedTables.eligibility;
const inches = (length: number, width: number, height: number): Dimensions => ({
  lengthMilliIn: Math.round(length * 1000),
  widthMilliIn: Math.round(width * 1000),
  heightMilliIn: Math.round(height * 1000),
});
const tooLarge = (dimensions: Dimensions, packaging: Packaging | 'flat_rate'): number | null =>
  shareTooLarge(dimensions, { service: 'priority_mail', packaging }, flatRate);

/** The item of that name; every flat-rate packaging has one. */
function item(packaging: Packaging): FlatRateItem {
  const found = flatRate[packaging];
  if (!found) throw new Error(`no item ${packaging}`);
  return found;
}

describe('the sizes that shops and label software fill in for the item itself are never too large', () => {
  test.each<[Packaging, Dimensions]>([
    ['small_flat_rate_box', inches(8.625, 5.375, 1.625)],
    ['small_flat_rate_box', inches(8.6875, 5.4375, 1.75)],
    ['small_flat_rate_box', inches(8.69, 5.44, 1.75)],
    ['small_flat_rate_box', inches(9, 6, 2)],
    ['medium_flat_rate_box', inches(11.25, 8.75, 6)],
    ['medium_flat_rate_box', inches(12, 9, 6)],
    ['medium_flat_rate_box', inches(14, 12, 3.5)],
    ['medium_flat_rate_box', inches(14, 3.5, 12)],
    ['large_flat_rate_box', inches(12.25, 12.25, 6)],
    ['large_flat_rate_box', inches(13, 13, 6)],
    ['large_flat_rate_box', inches(24.06, 11.88, 3.13)],
    ['apo_large_flat_rate_box', inches(12.25, 12.25, 6)],
    ['flat_rate_envelope', inches(12.5, 9.5, 0.75)],
    ['flat_rate_envelope', inches(12.5, 9.5, 4)],
    ['flat_rate_envelope', inches(13, 10, 1)],
    ['flat_rate_envelope', inches(10, 7, 4)],
    ['legal_flat_rate_envelope', inches(15, 9.5, 4)],
    ['padded_flat_rate_envelope', inches(12.5, 9.5, 1)],
  ])('%s %j', (packaging, dimensions) => {
    expect(tooLarge(dimensions, packaging)).toBe(0);
  });
});

describe('in doubt it fits', () => {
  test.each<[string, Packaging, Dimensions]>([
    ['a thing laid slantwise', 'large_flat_rate_box', inches(16, 1, 1)],
    ['a book for the second medium shape', 'medium_flat_rate_box', inches(13, 11, 3)],
    ['a thing for the first medium shape', 'medium_flat_rate_box', inches(10, 8, 5)],
    ['a rod across an envelope', 'flat_rate_envelope', inches(14, 1, 1)],
    ['an envelope rolled into a tube', 'flat_rate_envelope', inches(12.5, 6, 6)],
  ])('%s', (_, packaging, dimensions) => {
    expect(tooLarge(dimensions, packaging)).toBe(0);
  });
});

describe('what cannot go in by any turning is too large', () => {
  test.each<[string, Packaging | 'flat_rate', Dimensions]>([
    ['a shoe box as a small box', 'small_flat_rate_box', inches(13, 8, 5)],
    ['a cube as a large box', 'large_flat_rate_box', inches(12, 12, 12)],
    ['a rod longer than any diagonal', 'medium_flat_rate_box', inches(30, 1, 1)],
    ['a carton as an envelope', 'flat_rate_envelope', inches(12, 10, 8)],
    ['a poster as an envelope', 'legal_flat_rate_envelope', inches(24, 18, 0.1)],
    ['a thing between the two medium shapes', 'medium_flat_rate_box', inches(13, 11, 6)],
    ['a carton as any item', 'flat_rate', inches(20, 16, 10)],
  ])('%s', (_, packaging, dimensions) => {
    expect(tooLarge(dimensions, packaging)).toBeGreaterThan(0.05);
  });

  test('the share is by how much the item would have to grow', () => {
    expect(tooLarge(inches(18, 12, 4), 'small_flat_rate_box')).toBeCloseTo(1, 6);
  });
});

describe('which item counts', () => {
  test('some flat rate counts the best of all, and only those of the service', () => {
    const express = { service: 'priority_mail_express', packaging: 'flat_rate' } as const;
    expect(tooLarge(inches(12, 12, 5), 'flat_rate')).toBe(0);
    expect(shareTooLarge(inches(12, 12, 5), express, flatRate)).toBeGreaterThan(0);
    expect(shareTooLarge(inches(12, 9, 4), express, flatRate)).toBe(0);
  });

  test('a packaging that is no flat-rate item, and a box that the service does not sell, have no answer', () => {
    expect(tooLarge(inches(1, 1, 1), 'package')).toBeNull();
    expect(
      shareTooLarge(inches(1, 1, 1), { service: 'priority_mail_express', packaging: 'small_flat_rate_box' }, flatRate),
    ).toBeNull();
  });
});

describe('recommended only where it surely goes in', () => {
  test.each<[string, Packaging, Dimensions, boolean]>([
    ['exactly the inside of the small box', 'small_flat_rate_box', inches(8.625, 5.375, 1.625), true],
    ['the outside of the small box', 'small_flat_rate_box', inches(8.6875, 5.4375, 1.75), false],
    ['the second medium shape', 'medium_flat_rate_box', inches(3, 13.5, 11.5), true],
    ['too flat for one medium shape, too wide for the other', 'medium_flat_rate_box', inches(13, 11, 5), false],
    ['laid slantwise it might', 'apo_large_flat_rate_box', inches(14, 1, 1), false],
    ['a paperback in an envelope', 'padded_flat_rate_envelope', inches(9, 6, 1), true],
    ['a box as wide as the envelope', 'padded_flat_rate_envelope', inches(12, 9, 1), false],
  ])('%s', (_, packaging, dimensions, expected) => {
    expect(surelyFits(dimensions, item(packaging))).toBe(expected);
  });
});

describe('for any parcel and item', () => {
  const side = fc.integer({ min: 1, max: 40_000 });
  const flatRateItems = PACKAGINGS.filter((packaging) => flatRate[packaging]);
  const anyItem = fc.constantFrom(...flatRateItems);

  test('every flat-rate packaging has a size on file', () => {
    expect(flatRateItems).toEqual(PACKAGINGS.filter((packaging) => packaging.includes('flat_rate')));
  });

  test('a parcel that fits still fits when a side shrinks', () => {
    const shrunk = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(anyItem, side, side, side, shrunk, (packaging, a, b, c, less) => {
        const large = { lengthMilliIn: a, widthMilliIn: b, heightMilliIn: c };
        const [x = 0, y = 0, z = 0] = less;
        const small = {
          lengthMilliIn: Math.max(1, a - x),
          widthMilliIn: Math.max(1, b - y),
          heightMilliIn: Math.max(1, c - z),
        };
        expect(tooLarge(small, packaging)).toBeLessThanOrEqual(tooLarge(large, packaging) ?? 0);
        if (surelyFits(large, item(packaging))) expect(surelyFits(small, item(packaging))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('the order in which sides are written changes nothing', () => {
    fc.assert(
      fc.property(anyItem, side, side, side, (packaging, a, b, c) => {
        const one = { lengthMilliIn: a, widthMilliIn: b, heightMilliIn: c };
        const other = { lengthMilliIn: b, widthMilliIn: c, heightMilliIn: a };
        expect(tooLarge(other, packaging)).toBe(tooLarge(one, packaging));
        expect(surelyFits(other, item(packaging))).toBe(surelyFits(one, item(packaging)));
      }),
      { numRuns: 1000 },
    );
  });

  test('what is recommended is never reported', () => {
    fc.assert(
      fc.property(anyItem, side, side, side, (packaging, a, b, c) => {
        const dimensions = { lengthMilliIn: a, widthMilliIn: b, heightMilliIn: c };
        if (surelyFits(dimensions, item(packaging))) expect(tooLarge(dimensions, packaging)).toBe(0);
      }),
      { numRuns: 3000 },
    );
  });
});

/** How a vendor prices, over counted labels: made-up vendors, honest and not. */
import fc from 'fast-check';
import { type WeightPriceGroup, discountOf, discountsOf, weightPricesOf } from '../../../src/core/risk/prices.ts';
import { type SpecGroup, weightSpecsOf } from '../../../src/core/risk/specs.ts';
import { lookBack, within } from '../../../src/core/risk/window.ts';

/** Eight zones and six steps of weight, as published: dearer with either. */
const cells = Array.from({ length: 48 }, (_, index) => ({ zone: 1 + (index % 8), cell: Math.floor(index / 8) }));
const published = ({ zone, cell }: { zone: number; cell: number }): number => 5000 + 400 * zone + 1500 * cell;

function sold(chargedMills: (expectedMills: number, index: number) => number, over: Partial<WeightPriceGroup> = {}) {
  return cells.map((cell, index): WeightPriceGroup => ({
    ...cell,
    service: 'ground_advantage',
    recent: true,
    cases: 2,
    expectedMills: published(cell),
    chargedMills: chargedMills(published(cell), index),
    ...over,
  }));
}

describe('what labels sold by weight show', () => {
  test('an honest reseller follows the published prices', () => {
    expect(weightPricesOf(sold((mills) => Math.round(mills * 0.85)))).toMatchObject({
      days: 28,
      labels: 96,
      zones: 8,
      cells: 6,
      correlation: 1,
    });
  });

  test('one price for all follows nothing', () => {
    const prices = weightPricesOf(sold(() => 2000));
    expect(prices).toMatchObject({ correlation: 0, commonestMills: 2000, commonestLabels: 96 });
    expect(prices.expectedVariation).toBeGreaterThan(0.15);
    expect(prices.expectedSpread).toBeGreaterThan(1.5);
  });

  test('a tariff by weight alone, or by distance alone, still follows', () => {
    const byWeight = weightPricesOf(sold((_mills, index) => 4000 + 1000 * Math.floor(index / 8)));
    const byZone = weightPricesOf(sold((_mills, index) => 4000 + 500 * (index % 8)));
    expect(byWeight.correlation).toBeGreaterThan(0.9);
    expect(byZone.correlation).toBeGreaterThan(0.2);
  });

  test('labels at one published price have no correlation', () => {
    expect(weightPricesOf(sold(() => 2000, { expectedMills: 6000 })).correlation).toBeNull();
  });

  test('nothing is known of none', () => {
    expect(weightPricesOf([])).toEqual({
      days: 92,
      labels: 0,
      zones: 0,
      cells: 0,
      correlation: null,
      commonestMills: null,
      commonestLabels: 0,
      expectedVariation: null,
      expectedSpread: null,
    });
  });

  test('steps of different services are different, the same step in two zones is one', () => {
    const both = [...sold((mills) => mills), ...sold((mills) => mills, { service: 'priority_mail' })];
    expect(weightPricesOf(both).cells).toBe(12);
  });

  test('a month is enough where it holds fifty labels; else a quarter is looked at', () => {
    const earlier = sold((mills) => mills, { recent: false });
    expect(weightPricesOf([...sold(() => 2000), ...earlier])).toMatchObject({ days: 28, labels: 96, correlation: 0 });
    const few = sold(() => 2000).slice(0, 24);
    expect(weightPricesOf([...few, ...earlier])).toMatchObject({ days: 92, labels: 144 });
  });

  test('any discount that is the same for all, in any order of labels, is honest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 0, max: 47 }), (percent, turn) => {
        const groups = sold((mills) => mills * percent);
        const turned = [...groups.slice(turn), ...groups.slice(0, turn)];
        expect(weightPricesOf(turned).correlation).toBeCloseTo(1, 9);
        expect(weightPricesOf(turned)).toEqual(weightPricesOf(groups));
      }),
    );
  });
});

describe('discounts', () => {
  test('are measured as a share of the published price', () => {
    expect(discountOf({ chargedMills: 7500, publishedMills: 10_000 })).toBe(0.25);
    expect(discountOf({ chargedMills: 11_000, publishedMills: 10_000 })).toBeCloseTo(-0.1, 12);
  });

  test('are told by what half and three quarters of the labels have at least', () => {
    const groups = [0.1, 0.2, 0.3, 0.4].map((discount) => ({ discount, recent: true, cases: 25 }));
    expect(discountsOf(groups)).toEqual({ days: 28, labels: 100, median: 0.25, ofThreeQuarters: 0.1 });
    expect(discountsOf([])).toEqual({ days: 92, labels: 0, median: null, ofThreeQuarters: null });
  });
});

describe('weights', () => {
  const group = (over: Partial<SpecGroup>): SpecGroup => ({
    recent: true,
    cases: 40,
    lowest: true,
    heavier: null,
    ...over,
  });

  test('count those of the lowest step, on our scale, and heavier than it', () => {
    const groups = [
      group({}),
      group({ heavier: true, cases: 30 }),
      group({ heavier: false, cases: 10 }),
      group({ lowest: false, heavier: true, cases: 5 }),
    ];
    expect(weightSpecsOf(groups)).toEqual({ days: 28, labels: 85, lowest: 80, weighed: 40, heavier: 30 });
  });

  test('go back a quarter where a month weighed too few', () => {
    const groups = [group({ heavier: true, cases: 29 }), group({ heavier: true, recent: false })];
    expect(weightSpecsOf(groups)).toEqual({ days: 92, labels: 69, lowest: 69, weighed: 69, heavier: 69 });
  });
});

test('what is looked back over is told apart the same way for other cases of the vendor', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ recent: fc.boolean(), cases: fc.integer({ min: 1, max: 20 }) })),
      fc.integer({ min: 1, max: 100 }),
      (groups, enough) => {
        const looked = lookBack(groups, enough);
        expect(within(groups, looked.days)).toEqual(looked.groups);
      },
    ),
  );
});

/** What single purchases tell of how their vendor prices and weighs. */
import { pricingOf } from '../../../src/core/finding/pricing.ts';
import type { Label } from '../../../src/core/label/label.ts';
import { rateLabel } from '../../../src/core/rating/rate-label.ts';
import { listOn } from '../../../src/core/rating/tables.ts';
import { weightCellOf } from '../../../src/core/rating/weight-cell.ts';
import { aRatedLabel, shippedTables } from '../../support/rating.ts';

function signs(over: Partial<Label>) {
  const label = aRatedLabel({ purchasedDay: '2025-11-12', chargedMills: 12_000, ...over });
  return pricingOf(label, rateLabel(label, shippedTables), shippedTables);
}

const SIDES = { lengthMilliIn: 8000, widthMilliIn: 6000, heightMilliIn: 3000 };

describe('how a label was sold', () => {
  test.each<{ story: string; label: Partial<Label>; soldBy: string | null }>([
    { story: 'said to be by weight', label: {}, soldBy: 'weight' },
    { story: 'said to be by volume', label: { rateType: 'cubic', ...SIDES }, soldBy: 'other' },
    {
      story: 'a flat-rate box',
      label: { service: 'priority_mail', packaging: 'medium_flat_rate_box', rateType: 'flat_rate' },
      soldBy: 'other',
    },
    {
      story: 'a flat-rate box, said to be sold by weight',
      label: { service: 'priority_mail', packaging: 'medium_flat_rate_box', rateType: 'weight' },
      soldBy: null,
    },
    { story: 'by a contract that is not on file', label: { rateType: 'contract' }, soldBy: 'contract' },
    { story: 'not stated, small enough for a cubic price', label: { rateType: null, ...SIDES }, soldBy: null },
    {
      story: 'not stated, and far cheaper than a cubic price',
      label: { rateType: null, ...SIDES, chargedMills: 2000 },
      soldBy: 'weight',
    },
    {
      story: 'not stated, and too heavy for anything but its weight',
      label: { rateType: null, weightMilliOz: 500_000, chargedMills: 40_000 },
      soldBy: 'weight',
    },
    { story: 'neither packaging nor rate type stated', label: { rateType: null, packaging: null }, soldBy: null },
    {
      story: 'on a list without cubic prices, not stated, at two dollars',
      label: { purchasedDay: '2026-11-05', rateType: null, packaging: null, chargedMills: 2000 },
      soldBy: 'weight',
    },
    { story: 'without a weight', label: { weightMilliOz: null }, soldBy: null },
    { story: 'in another currency', label: { currency: 'CNY' }, soldBy: null },
    { story: 'on a day without prices', label: { purchasedDay: '2024-05-01' }, soldBy: null },
    { story: 'a return', label: { kind: 'return' }, soldBy: 'none' },
    { story: 'voided', label: { status: 'voided' }, soldBy: 'none' },
    { story: 'free', label: { chargedMills: 0 }, soldBy: 'none' },
    { story: 'abroad', label: { destinationCountry: 'CA', destinationZip: null }, soldBy: 'none' },
  ])('$story', ({ label, soldBy }) => {
    expect(signs({ postageMills: null, ...label }).soldBy).toBe(soldBy);
  });
});

describe('the price of its like', () => {
  test('is the published one of the same itemised services', () => {
    const { comparedMills, publishedMills } = signs({ postageMills: 9000, chargedMills: 12_000 });
    expect(comparedMills).toBe(9000);
    expect(publishedMills).toBeGreaterThan(9000);
  });

  test('is the cheapest way where several are open, so that no cubic price looks like a discount', () => {
    const byWeight = signs({ ...SIDES, weightMilliOz: 160_000 });
    const open = signs({ ...SIDES, weightMilliOz: 160_000, rateType: null });
    const cubic = signs({ ...SIDES, weightMilliOz: 160_000, rateType: 'cubic' });
    expect(open.publishedMills).toBe(cubic.publishedMills);
    expect(open.publishedMills).toBeLessThan(byWeight.publishedMills ?? 0);
  });

  test('is not known where a cubic price may apply and none is published', () => {
    expect(signs({ purchasedDay: '2026-11-05', rateType: null })).toMatchObject({ publishedMills: null });
  });
});

describe('steps of weight', () => {
  test('that cost the same are one: since July 2026 those of Ground Advantage under a pound are', () => {
    const cells = (purchasedDay: string): (number | null)[] =>
      [2000, 6000, 10_000, 15_000, 16_000, 30_000].map(
        (weightMilliOz) => signs({ purchasedDay, weightMilliOz }).weightCell,
      );
    expect(cells('2026-11-05')).toEqual([0, 0, 0, 0, 4, 5]);
    expect(new Set(cells('2025-11-12')).size).toBe(6);
  });

  test('are told of our own scale beside that of the label', () => {
    expect(signs({ weightMilliOz: 3000, scaleWeightMilliOz: 40_000 })).toMatchObject({ weightCell: 0, scaleCell: 6 });
    expect(signs({ weightMilliOz: 3000 })).toMatchObject({ weightCell: 0, scaleCell: null });
  });

  test('our scale says nothing of a parcel that may have been sold by its volume', () => {
    const small = { ...SIDES, rateType: null, weightMilliOz: 3000, scaleWeightMilliOz: 40_000 } as const;
    expect(signs(small).scaleCell).toBeNull();
  });

  test('the first of a cell costs what its last does, and the one before it costs less', () => {
    const table = listOn('2026-11-05', shippedTables.lists)?.products.ground_advantage?.commercial?.byWeight.package;
    if (!table) throw new Error('the list of 2026-11-05 has no Ground Advantage');
    for (const [index, step] of table.steps.entries()) {
      const cell = weightCellOf(table, step, 5);
      const price = (at: number): number | null => {
        const answer = table.answers[at * 9 + 4];
        return answer?.known ? answer.mills : null;
      };
      if (price(index) === null) {
        expect(cell).toBeNull();
        continue;
      }
      expect(price(cell ?? -1)).toBe(price(index));
      if (cell !== null && cell > 0) expect(price(cell - 1)).not.toBe(price(index));
    }
    expect(weightCellOf(table, 2_000_000, 5)).toBeNull();
  });
});

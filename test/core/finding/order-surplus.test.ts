/** Which labels of an order are more than it has parcels, and which of them may replace one. */
import fc from 'fast-check';
import { buildFacts } from '../../../src/core/facts/facts.ts';
import type { OrderContext } from '../../../src/core/facts/input.ts';
import { type OrderedLabel, surplusOf } from '../../../src/core/finding/order-surplus.ts';
import { aJudgeInput } from '../../support/judge.ts';

function bought(trackingNumber: string, day: number, over: Partial<OrderedLabel> = {}): OrderedLabel {
  const purchasedDay = `2026-11-${String(day).padStart(2, '0')}`;
  return { trackingNumber, purchasedDay, purchasedAt: Date.UTC(2026, 10, day, 9), endedAt: null, ...over };
}

describe('labels beyond the parcels of an order', () => {
  test.each<[string, readonly OrderedLabel[], number, readonly string[]]>([
    ['as many as parcels', [bought('A', 1), bought('B', 1)], 2, []],
    ['one too many: the last one bought', [bought('B', 2), bought('A', 1)], 1, ['B']],
    ['three for one parcel', [bought('A', 1), bought('B', 2), bought('C', 3)], 1, ['B', 'C']],
    ['one number sold twice is one label', [bought('A', 1), bought('A', 2)], 1, []],
    ['the label an order needs is never one, even of none', [bought('A', 1)], 0, []],
  ])('%s', (_story, labels, stated, expected) => {
    expect([...surplusOf(labels, stated).keys()]).toEqual(expected);
  });

  test.each<[string, OrderedLabel, OrderedLabel, boolean]>([
    ['the first is under way', bought('A', 1), bought('B', 4), false],
    ['the first came back before', bought('A', 1, { endedAt: Date.UTC(2026, 10, 3) }), bought('B', 4), true],
    ['the first came back later', bought('A', 1, { endedAt: Date.UTC(2026, 10, 5) }), bought('B', 4), false],
    [
      'the first came back on the day of a purchase without a time',
      bought('A', 1, { endedAt: Date.UTC(2026, 10, 4, 20) }),
      bought('B', 4, { purchasedAt: null }),
      true,
    ],
  ])('replaces one where %s', (_story, first, second, expected) => {
    expect(surplusOf([first, second], 1).get('B')).toEqual({ daysAfter: 3, replaces: expected });
  });

  test('the order of the list changes nothing, and there are as many as are too many', () => {
    const label = fc.record({ number: fc.integer({ min: 0, max: 6 }), day: fc.integer({ min: 1, max: 28 }) });
    fc.assert(
      fc.property(fc.array(label, { maxLength: 8 }), fc.integer({ min: 1, max: 4 }), (rows, stated) => {
        const labels = rows.map(({ number, day }) => bought(`N${number}`, day));
        const surplus = surplusOf(labels, stated);
        expect(surplusOf(labels.toReversed(), stated)).toEqual(surplus);
        const numbers = new Set(labels.map(({ trackingNumber }) => trackingNumber)).size;
        expect(surplus.size).toBe(Math.max(0, numbers - stated));
      }),
    );
  });
});

describe('whether a label is one too many', () => {
  const context: OrderContext = {
    parcels: 2,
    declaredMills: null,
    complete: true,
    customs: null,
    stated: 1,
    surplus: new Map(),
  };
  const fact = (orderId: string | null, order: OrderContext | null): unknown =>
    buildFacts(aJudgeInput({ order }, { orderId })).get('order.surplus');

  test.each<[string, string | null, OrderContext | null, boolean | undefined]>([
    ['no order is named', null, null, undefined],
    ['several orders are named', 'SO-1;SO-2', context, undefined],
    ['one label, whatever is stated', 'A-1', { ...context, parcels: 1, stated: null }, false],
    ['several labels, and nobody says how many parcels', 'A-1', { ...context, stated: null }, undefined],
    ['it is not among the surplus', 'A-1', context, false],
  ])('%s', (_story, orderId, order, expected) => {
    expect(fact(orderId, order)).toBe(expected);
  });
});

import { buildFacts } from '../../../src/core/facts/facts.ts';
import type { FactValue } from '../../../src/core/facts/fact.ts';
import type { Label } from '../../../src/core/label/label.ts';
import { DAY_MS } from '../../../src/core/units/day.ts';
import { AS_OF, aJourney, aJudgeInput, aScan } from '../../support/judge.ts';
import { aRatedLabel } from '../../support/rating.ts';

const fact = (name: string, change: Partial<Label> = {}): FactValue | undefined =>
  buildFacts(aJudgeInput({}, change)).get(name);

const day = (days: number): number => AS_OF - days * DAY_MS;

describe('whether we asked for what undid a label', () => {
  test.each<[string, Partial<Label>, boolean | undefined]>([
    ['a live label', {}, false],
    ['a refund asked for and not yet given', { refundRequestedAt: day(3) }, false],
    ['voided by us', { status: 'voided', voidedBy: 'us' }, true],
    ['voided by the vendor', { status: 'voided', voidedBy: 'vendor', voidedAt: day(3) }, false],
    [
      'voided by the vendor after we had asked',
      { status: 'refunded', voidedBy: 'vendor', voidedAt: day(3), refundRequestedAt: day(4) },
      true,
    ],
    [
      'voided by the vendor, and only then did we ask for the money',
      { status: 'refunded', voidedBy: 'vendor', voidedAt: day(3), refundRequestedAt: day(2) },
      false,
    ],
    [
      'refunded, and a request is on record',
      { status: 'refunded', refundRequestedAt: day(4), refundedAt: day(1) },
      true,
    ],
    ['refunded, and nobody says why', { status: 'refunded', refundedAt: day(1) }, undefined],
    ['voided, and nobody says by whom', { status: 'voided', voidedAt: day(1) }, undefined],
  ])('%s', (_story, change, expected) => {
    expect(fact('label.undone_at_our_request', change)).toBe(expected);
  });

  test('a refund is no void unless one is on record, and a request undoes nothing', () => {
    const refunded = { status: 'refunded', refundedAt: day(1), refundRequestedAt: day(5) } as const;
    expect(fact('label.voided', refunded)).toBe(false);
    expect(fact('label.undone_at', refunded)).toBe(day(1));
    expect(fact('label.voided', { ...refunded, voidedAt: day(2) })).toBe(true);
    expect(fact('label.undone_at', { ...refunded, voidedAt: day(2) })).toBe(day(2));
    expect(fact('label.undone_at', { refundRequestedAt: day(5) })).toBeUndefined();
  });
});

test('another purchase under the number is live, or is not', () => {
  const label = aRatedLabel({ status: 'voided' });
  const again = aRatedLabel({ saleKey: 'L2', labelId: 'L2' });
  const live = (sales: Label[]): FactValue | undefined =>
    buildFacts(aJudgeInput({ label, sales })).get('sale.also_live');
  expect(live([label])).toBe(false);
  expect(live([label, again])).toBe(true);
  expect(live([label, aRatedLabel({ vendor: 'Other' })])).toBe(true);
  expect(live([label, { ...again, status: 'refunded' }])).toBe(false);
});

describe('where the order goes', () => {
  test.each<[string, string | null, string | null, string | undefined]>([
    ['as its row states', 'SO-1', '85004', '85004'],
    ['without an order number', null, '85004', '85004'],
    ['a number with slashes and dashes is one order', 'SO/2026/11-2233', '85004', '85004'],
    ['not stated', 'SO-1', null, undefined],
    ['two orders in one parcel', 'SO-1;SO-2', '85004', undefined],
    ['three of them', '114-22, 114-23, 114-24', '85004', undefined],
    ['a sign at the end joins nothing', 'SO-1;', '85004', '85004'],
  ])('%s', (_story, orderId, orderDestinationZip, expected) => {
    expect(fact('order.destination_zip', { orderId, orderDestinationZip })).toBe(expected);
    expect(fact('order.destination_zip3', { orderId, orderDestinationZip })).toBe(expected?.slice(0, 3));
  });

  test.each<[string, string | null, boolean | undefined]>([
    ['in its area', '85018', true],
    ['in another area', '10001', false],
    ['nobody says where', null, undefined],
  ])('the parcel was delivered %s', (_story, zip, expected) => {
    const delivered = aScan(AS_OF, { code: '01', stage: 'delivered', zip });
    const input = aJudgeInput({ journey: aJourney({ delivered }) }, { orderDestinationZip: '85004' });
    expect(buildFacts(input).get('order.delivered_there')).toBe(expected);
    expect(fact('order.delivered_there', { orderDestinationZip: '85004' })).toBeUndefined();
  });
});

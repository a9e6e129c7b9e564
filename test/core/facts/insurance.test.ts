/** Cover that was bought, included or printed in the number, and what customs forms say an order is worth. */
import { buildFacts } from '../../../src/core/facts/facts.ts';
import type { FactValue } from '../../../src/core/facts/fact.ts';
import type { JudgeInput, OrderContext } from '../../../src/core/facts/input.ts';
import type { Label } from '../../../src/core/label/label.ts';
import { impb } from '../../support/month/parcel.ts';
import { aJudgeInput } from '../../support/judge.ts';

function fact(name: string, change: Partial<Label> = {}, over: Partial<JudgeInput> = {}): FactValue | undefined {
  return buildFacts(aJudgeInput(over, change)).get(name);
}

describe('the cover in the price of a service', () => {
  test.each<[string, Partial<Label>, number | undefined]>([
    ['Ground Advantage', {}, 100_000],
    ['Priority Mail', { service: 'priority_mail' }, 100_000],
    ['Priority Mail Express, of which sources disagree', { service: 'priority_mail_express' }, undefined],
    ['Media Mail', { service: 'media_mail' }, 0],
    ['Ground Advantage before it was sold', { purchasedDay: '2023-07-08' }, undefined],
    ['a label in another currency', { currency: 'CNY' }, undefined],
    ['abroad', { destinationCountry: 'CA', destinationZip: null }, undefined],
  ])('%s', (_story, change, expected) => {
    expect(fact('insurance.included_mills', change)).toBe(expected);
  });
});

describe('the most that can be insured', () => {
  test.each<[string, Partial<Label>, number | undefined]>([
    ['of merchandise', {}, 5_000_000],
    ['by Registered Mail', { extraServices: ['registered_mail'] }, 50_000_000],
    ['in another currency', { currency: 'CNY' }, undefined],
    ['before the limit was on file', { purchasedDay: '2012-12-31' }, undefined],
  ])('%s', (_story, change, expected) => {
    expect(fact('insurance.most_mills', change)).toBe(expected);
  });
});

describe('insurance in the number', () => {
  test.each<[string, string, boolean | undefined]>([
    ['tracking alone', '055', false],
    ['insurance', '062', true],
    ['COD, which covers the parcel itself', '033', true],
    ['Registered Mail', '088', true],
    ['a meaning that was only worked out from labels', '361', undefined],
    ['a code that nobody has published', '999', undefined],
  ])('%s', (_story, code, expected) => {
    const number = impb(code, '900000081', 7);
    expect(fact('insurance.in_number', { trackingNumber: number, trackingRaw: number })).toBe(expected);
  });
});

describe('a customs form', () => {
  test.each<[string, Partial<Label>, boolean | undefined]>([
    ['abroad', { destinationCountry: 'CA', destinationZip: null }, true],
    ['to a territory by its country code', { destinationCountry: 'GU', destinationZip: '96910' }, true],
    ['to the Pacific area', { destinationZip: '96910' }, true],
    ['to a military post office', { destinationZip: '09012' }, true],
    ['between states', {}, false],
    ['to a place that is not stated', { destinationZip: null }, undefined],
  ])('%s', (_story, change, expected) => {
    expect(fact('customs.needed', change)).toBe(expected);
  });
});

describe('customs values of an order', () => {
  const own = { orderId: 'A-1', orderCurrency: 'USD', customsMills: 20_000, customsCurrency: 'USD' };
  const context: OrderContext = {
    parcels: 2,
    declaredMills: null,
    complete: true,
    customs: { mills: 50_000, currency: 'USD' },
    stated: 2,
    surplus: new Map(),
  };
  test.each<[string, Partial<Label>, OrderContext | null, number | undefined]>([
    ['all parcels of the order', own, context, 50_000],
    ['a parcel of the order is missing', own, { ...context, complete: false }, undefined],
    ['one form is blank, or in another currency', own, { ...context, customs: null }, undefined],
    ['the order is in another currency', { ...own, orderCurrency: 'EUR' }, context, undefined],
    ['no order number, one parcel', { ...own, orderId: null, orderParcels: 1 }, null, 20_000],
    ['no order number, one of three parcels', { ...own, orderId: null, orderParcels: 3 }, null, undefined],
    ['the form states no currency', { ...own, orderId: null, customsCurrency: null }, null, undefined],
  ])('%s', (_story, change, order, expected) => {
    expect(fact('order.customs_mills', change, { order })).toBe(expected);
  });
});

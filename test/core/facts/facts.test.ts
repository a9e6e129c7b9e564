import fc from 'fast-check';
import { FACTS } from '../../../src/core/facts/dictionary.ts';
import { Facts, buildFacts } from '../../../src/core/facts/facts.ts';
import type { FactValue } from '../../../src/core/facts/fact.ts';
import type { JudgeInput } from '../../../src/core/facts/input.ts';
import type { Label } from '../../../src/core/label/label.ts';
import { DAY_MS, HOUR_MS } from '../../../src/core/units/day.ts';
import { AS_OF, aJourney, aJudgeInput, aStatement, aScan } from '../../support/judge.ts';

const SCAN = aScan(AS_OF);

function fact(name: string, input: JudgeInput): FactValue | undefined {
  return buildFacts(input).get(name);
}

describe('facts', () => {
  test('have the type the dictionary gives them, or are unknown', () => {
    const typeOf = (value: FactValue): string =>
      ({ number: 'double', boolean: 'bool' })[typeof value as string] ?? typeof value;
    const facts = buildFacts(aJudgeInput({}, { declaredMills: 100, orderMills: 100, orderCurrency: 'USD', zone: 5 }));
    for (const { name, type } of FACTS) {
      const value = facts.get(name);
      if (value !== undefined) expect([name, typeOf(value)]).toEqual([name, type]);
    }
  });

  test('that are said to be always known are known even where nothing else is', () => {
    const facts = buildFacts(
      aJudgeInput({ journey: null, order: null }, { originZip: null, destinationZip: null, weightMilliOz: null }),
    );
    const unknown = FACTS.filter(({ name, unknownWhen }) => unknownWhen === null && facts.get(name) === undefined);
    expect(unknown.map(({ name }) => name)).toEqual([]);
  });

  test('given outright must have names of the dictionary', () => {
    expect(() => Facts.given({ 'label.nothing': 1 })).toThrow('no fact is named label.nothing');
  });
});

describe('the postage part of a charge', () => {
  test.each<[string, Partial<Label>, number | undefined]>([
    ['as itemised', { postageMills: 7000 }, 7000],
    ['the whole charge, when nothing else was bought', {}, 12_000],
    ['a postage of zero in a charge that is not zero was never filled in', { postageMills: 0 }, 12_000],
    ['tracking is no paid extra', { extraServices: ['tracking'] }, 12_000],
    ['the charge less its other parts', { surchargesMills: 1000, insuranceFeeMills: 500, otherFeesMills: 250 }, 10_250],
    ['one sum for postage and insurance', { extraServices: ['insurance'] }, undefined],
    ['insurance whose fee is itemised', { extraServices: ['insurance'], insuranceFeeMills: 2000 }, 10_000],
    [
      'postage and signature, itemised as other fees',
      { extraServices: ['signature_confirmation'], otherFeesMills: 3500 },
      8500,
    ],
  ])('%s', (_story, change, expected) => {
    expect(fact('label.postage_mills', aJudgeInput({}, { chargedMills: 12_000, ...change }))).toBe(expected);
  });

  test('is not compared with published prices in another currency', () => {
    expect(fact('price.paid_mills', aJudgeInput({}, { currency: 'CNY' }))).toBeUndefined();
  });
});

describe('whose doing a void was', () => {
  test.each<[string, Partial<Label>, boolean | undefined]>([
    ['a live label', {}, false],
    ['voided by us', { status: 'voided', voidedBy: 'us' }, true],
    ['voided by the vendor', { status: 'voided', voidedBy: 'vendor' }, false],
    ['refunded at our request', { status: 'refunded', refundRequestedAt: AS_OF - DAY_MS }, true],
    ['refunded, and nobody says why', { status: 'refunded' }, undefined],
    ['a refund we have asked for and not yet got', { refundRequestedAt: AS_OF - DAY_MS }, true],
  ])('%s', (_story, change, expected) => {
    expect(fact('label.voided_by_us', aJudgeInput({}, change))).toBe(expected);
  });
});

describe('business days since mailing', () => {
  test.each([
    ['mailed today', '2026-12-01', 0],
    ['mailed yesterday, a Monday', '2026-11-30', 0],
    ['mailed on Saturday: Sunday does not count, Monday does', '2026-11-28', 1],
    ['over Thanksgiving', '2026-11-25', 3],
    ['mailed tomorrow', '2026-12-02', 0],
  ])('%s', (_story, shipDate, expected) => {
    expect(fact('label.business_days_since_mailing', aJudgeInput({}, { shipDate }))).toBe(expected);
  });

  test('are unknown where the list of holidays ends', () => {
    expect(
      fact(
        'label.business_days_since_mailing',
        aJudgeInput({ asOf: Date.UTC(2035, 5, 1) }, { shipDate: '2035-05-01' }),
      ),
    ).toBeUndefined();
  });
});

describe('what a journey says, and when its silence says something', () => {
  test.each<[string, JudgeInput['journey'], boolean | undefined]>([
    ['nothing known', null, undefined],
    ['an answer with events and no notice', aJourney(), false],
    ['events from a file that states no answers', aJourney({ answeredAt: null, lastOutcome: null }), false],
    [
      'asked, and the carrier does not know the number',
      aJourney({ events: 0, answeredAt: null, lastOutcome: 'not_found' }),
      undefined,
    ],
    ['asked without access', aJourney({ events: 0, answeredAt: null, lastOutcome: 'no_access' }), undefined],
    ['withheld without a word why', aJourney({ lastOutcome: 'withheld' }), undefined],
    [
      'withheld, and the sentence',
      aJourney({ lastOutcome: 'withheld', notice: aStatement(AS_OF, 'counterfeit postage') }),
      true,
    ],
  ])('%s', (_story, journey, expected) => {
    expect(fact('journey.notice', aJudgeInput({ journey }))).toBe(expected);
  });

  test('no access is never clear, whatever events the file holds', () => {
    const journey = aJourney({ answeredAt: null, lastOutcome: 'no_access' });
    expect(fact('journey.notice', aJudgeInput({ journey }))).toBeUndefined();
    expect(fact('journey.held', aJudgeInput({ journey }))).toBeUndefined();
  });

  test.each<[string, JudgeInput['journey'], boolean | undefined]>([
    ['an answer without a scan', aJourney(), false],
    ['an answer without any event', aJourney({ events: 0 }), false],
    ['an answer with an event nobody can read', aJourney({ unread: 1 }), undefined],
    ['a scan, and an event nobody can read', aJourney({ unread: 1, firstScan: SCAN }), true],
    ['events without a stated outcome prove no silence', aJourney({ answeredAt: null, lastOutcome: null }), undefined],
    ['a scan without a stated outcome', aJourney({ answeredAt: null, lastOutcome: null, firstScan: SCAN }), true],
    ['asked without access', aJourney({ answeredAt: null, lastOutcome: 'no_access' }), undefined],
    ['withheld', aJourney({ lastOutcome: 'withheld' }), undefined],
  ])('a scan is known or known to be missing: %s', (_story, journey, expected) => {
    expect(fact('journey.scanned', aJudgeInput({ journey }))).toBe(expected);
  });

  test('an event after the hold that nobody can read may have lifted it', () => {
    const hold = aStatement(AS_OF, 'Postage due');
    expect(fact('journey.held', aJudgeInput({ journey: aJourney({ hold, unread: 1 }) }))).toBe(true);
    const journey = aJourney({ hold, unread: 1, unreadSinceHold: 1 });
    expect(fact('journey.held', aJudgeInput({ journey }))).toBeUndefined();
  });

  test('who stated it is known where something was stated', () => {
    const journey = aJourney({
      notice: aStatement(AS_OF, 'counterfeit postage', { sourceKind: 'unlisted' }),
      hold: aStatement(AS_OF, 'Postage due', { sourceKind: 'relay' }),
    });
    const names = ['notice_by_carrier', 'notice_by_unlisted', 'hold_by_carrier', 'hold_by_unlisted'];
    const facts = buildFacts(aJudgeInput({ journey }));
    expect(names.map((name) => facts.get(`journey.${name}`))).toEqual([false, true, false, false]);
    expect(fact('journey.notice_by_unlisted', aJudgeInput())).toBeUndefined();
  });

  test('hours of a hold run to the audit', () => {
    const journey = aJourney({ hold: aStatement(AS_OF - 30 * HOUR_MS, 'held'), firstHoldAt: AS_OF - 30 * HOUR_MS });
    expect(fact('journey.hours_held', aJudgeInput({ journey }))).toBe(30);
    expect(fact('journey.first_sign_at', aJudgeInput({ journey }))).toBe(AS_OF - 30 * HOUR_MS);
  });
});

describe('declared values of an order', () => {
  const order = { orderId: 'A-1', orderMills: 100_000, orderCurrency: 'USD', declaredMills: 40_000 };
  const context = {
    parcels: 2,
    declaredMills: 90_000,
    complete: true,
    customs: null,
    stated: 2,
    surplus: new Map(),
  };
  test.each<[string, Partial<Label>, JudgeInput['order'], number | undefined]>([
    ['all parcels of the order', order, context, 90_000],
    ['a parcel of the order is missing', order, { ...context, complete: false }, undefined],
    ['one parcel declares nothing', order, { ...context, declaredMills: null }, undefined],
    ['no order number, one parcel', { ...order, orderId: null }, null, 40_000],
    ['no order number, one of three parcels', { ...order, orderId: null, orderParcels: 3 }, null, undefined],
    ['another currency', { ...order, orderCurrency: 'EUR' }, context, undefined],
  ])('%s', (_story, change, known, expected) => {
    expect(fact('order.declared_mills', aJudgeInput({ order: known }, change))).toBe(expected);
  });
});

test('the nearest change of the zone charts counts, before or after', () => {
  const days = (changes: string[]): FactValue | undefined =>
    fact(
      'zone.days_from_chart_change',
      aJudgeInput({ carrier: { carrierWideHoldDay: false, zoneChartChanges: changes } }, { shipDate: '2026-11-05' }),
    );
  expect(days(['2024-04-01', '2026-11-15'])).toBe(10);
  expect(days(['2026-11-01', '2026-12-25'])).toBe(4);
  expect(days([])).toBeUndefined();
});

test('a fact does not depend on which others were asked before', () => {
  const input = aJudgeInput({}, { declaredMills: 100, zone: 5 });
  fc.assert(
    fc.property(fc.shuffledSubarray(FACTS.map(({ name }) => name)), (names) => {
      const facts = buildFacts(input);
      for (const name of names) expect(facts.get(name)).toEqual(buildFacts(input).get(name));
    }),
    { numRuns: 30 },
  );
});

describe('what a label went through', () => {
  const at = (text: string): number => Date.parse(text);

  test('our refund request counts from when it was made, though the void is booked later', () => {
    const change = {
      status: 'voided',
      voidedBy: 'us',
      voidedAt: at('2026-11-20T09:00:00Z'),
      refundRequestedAt: at('2026-11-11T09:00:00Z'),
    } as const;
    expect(fact('label.voided_at', aJudgeInput({}, change))).toBe(at('2026-11-11T09:00:00Z'));
  });

  test('an evening print in New York is not counted as the day after', () => {
    const printedAt = at('2026-11-10T20:30:00-05:00');
    expect(fact('label.printed_day', aJudgeInput({}, { printedAt }))).toBe('2026-11-10');
  });

  test('another vendor who charged for the number is a rival, whoever sold first', () => {
    const { label } = aJudgeInput();
    const other = { ...label, vendor: 'Other Labels' };
    expect(fact('sale.rival', aJudgeInput({ sales: [label, other] }))).toBe(true);
    expect(fact('sale.rival', aJudgeInput({ sales: [label, { ...other, status: 'refunded' }] }))).toBe(false);
  });

  test('rows kept under a made-up key may be one purchase told twice', () => {
    const first = { ...aJudgeInput().label, saleKey: '?1', labelId: null, orderId: null };
    const second = { ...first, saleKey: '?2', purchasedDay: '2026-11-25' };
    expect(fact('sale.again', aJudgeInput({ label: second, sales: [first, second] }))).toBeUndefined();
  });
});

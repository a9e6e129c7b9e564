/** Fees of extra services: bands and their edges, what is included, what is sold together, what nobody published. */
import type { ExtraService } from '../../../src/core/label/label.ts';
import { type ExtrasRequest, extrasOf } from '../../../src/core/rating/extras.ts';
import type { FeesAnswer } from '../../../src/core/rating/answer.ts';
import { priceOf } from '../../../src/core/rating/price.ts';
import { type RateList, listOn } from '../../../src/core/rating/tables.ts';
import { aParcel, shippedTables } from '../../support/rating.ts';

function listFor(day: string): RateList {
  const list = listOn(day, shippedTables.lists);
  if (!list) throw new Error(`no list on ${day}`);
  return list;
}

type Asked = Partial<ExtrasRequest> & { day?: string };

function fees({ day = '2025-11-01', ...over }: Asked): FeesAnswer {
  const request: ExtrasRequest = {
    service: 'ground_advantage',
    priceList: 'commercial',
    extras: [],
    insuredMills: null,
    ...over,
  };
  return extrasOf(request, listFor(day));
}

function dollars(asked: Asked): number | string {
  const answer = fees(asked);
  return answer.known ? answer.mills / 1000 : answer.reason;
}

const insured = (value: number, over: Asked = {}): Asked => ({ insuredMills: Math.round(value * 1000), ...over });

describe('insurance by value (Notice 123, October 2025)', () => {
  test.each<[number, number | string]>([
    [0.01, 0],
    [100, 0],
    [100.01, 4.4],
    [200, 4.4],
    [200.01, 4.45],
    [300.01, 5.95],
    [500, 7.45],
    [500.01, 8.95],
    [600, 8.95],
    // 8.95 and 1.50 for each 100 or part of it over 600.
    [600.01, 10.45],
    [700, 10.45],
    [700.01, 11.95],
    [5000, 74.95],
    [5000.01, 'fee_unknown'],
  ])('of %d costs %s', (value, expected) => {
    expect(dollars(insured(value))).toBe(expected);
  });

  test.each<[number, number]>([
    [0.01, 2.7],
    [50, 2.7],
    [50.01, 3.4],
    [100, 3.4],
    [100.01, 4.4],
  ])('Media Mail includes no cover: %d costs %d', (value, expected) => {
    expect(dollars(insured(value, { service: 'media_mail' }))).toBe(expected);
  });

  test('included cover is an item that costs nothing', () => {
    expect(fees(insured(80))).toEqual({
      known: true,
      mills: 0,
      items: [
        {
          item: 'insurance',
          mills: 0,
          rule: 'Insurance, value 80.00 (over 0.00 to 100.00): included in the price',
          source: 'included-cover',
        },
      ],
    });
  });

  test.each<[ExtrasRequest['service'], number | string]>([
    ['ground_advantage', 0],
    ['priority_mail', 0],
    ['priority_mail_express', 0],
    ['media_mail', 3.4],
    ['first_class_mail', 3.4],
  ])('cover of 100 costs %s %d', (service, expected) => {
    expect(dollars(insured(100, { service }))).toBe(expected);
  });

  test('named without a value is unknown', () => {
    expect(fees({ extras: ['insurance'] })).toMatchObject({ known: false, reason: 'fee_unknown' });
  });

  test('in 2026 is known to 600', () => {
    expect(dollars(insured(600, { day: '2026-08-01' }))).toBe(9.05);
    expect(dollars(insured(600, { day: '2026-11-05' }))).toBe(9.05);
    expect(dollars(insured(600.01, { day: '2026-11-05' }))).toBe('fee_unknown');
  });

  test('on a list without fees is unknown', () => {
    expect(dollars(insured(50, { day: '2026-02-01' }))).toBe('fee_unknown');
  });
});

describe('signatures and the rest', () => {
  const extra = (...extras: ExtraService[]): Asked => ({ extras });

  test.each<[string, Asked, number | string]>([
    ['tracking is free', extra('tracking'), 0],
    ['a signature, electronic', extra('signature_confirmation'), 3.95],
    ['a signature at the counter', { ...extra('signature_confirmation'), priceList: 'retail' }, 4.95],
    ['a signature in 2026', { ...extra('signature_confirmation'), day: '2026-08-01' }, 4.15],
    [
      'a signature for Priority Mail in 2026, not published',
      { ...extra('signature_confirmation'), service: 'priority_mail', day: '2026-08-01' },
      'fee_unknown',
    ],
    [
      'a signature for a letter, not sold',
      { ...extra('signature_confirmation'), service: 'first_class_mail' },
      'fee_unknown',
    ],
    ['an adult signature', extra('adult_signature'), 8.4],
    ['an adult signature in 2026', { ...extra('adult_signature'), day: '2026-11-05' }, 9.7],
    ['an adult signature of the addressee alone', extra('adult_signature', 'restricted_delivery'), 8.65],
    ['a signature of the addressee alone', extra('signature_confirmation', 'restricted_delivery'), 12.35],
    ['certified', extra('certified_mail'), 5.3],
    ['certified, to the addressee alone', extra('restricted_delivery', 'certified_mail'), 13.7],
    [
      'certified, an adult, the addressee alone',
      extra('certified_mail', 'adult_signature', 'restricted_delivery'),
      13.7,
    ],
    ['certified and a signature', extra('certified_mail', 'signature_confirmation'), 9.25],
    ['a receipt, on paper or electronic', extra('return_receipt'), 'fee_unknown'],
    ['restricted delivery of nothing', extra('restricted_delivery'), 'fee_unknown'],
    ['restricted delivery of insured mail over 500', { ...extra('restricted_delivery'), insuredMills: 500_010 }, 17.35],
    [
      'restricted delivery of insured mail to 500',
      { ...extra('restricted_delivery'), insuredMills: 500_000 },
      'fee_unknown',
    ],
    ['the same twice', extra('certified_mail', 'certified_mail'), 5.3],
  ])('%s', (_, asked, expected) => {
    expect(dollars(asked)).toBe(expected);
  });

  test('of forms that cost differently, the cheaper is a lower bound', () => {
    expect(fees(extra('return_receipt', 'certified_mail'))).toMatchObject({
      known: false,
      message: 'The fee of return receipt depends on its form (paper or electronic), which is not stated.',
      atLeastMills: 5300 + 2820,
    });
  });
});

describe('registered mail and COD go by value', () => {
  test.each<[string, Asked, number | string]>([
    ['registered, of no value', { extras: ['registered_mail'], declaredMills: 0 }, 19.7],
    ['registered, of a cent', { extras: ['registered_mail'], declaredMills: 10 }, 20.4],
    ['registered, of 100', { extras: ['registered_mail'], declaredMills: 100_000 }, 20.4],
    ['registered, of 5,000', { extras: ['registered_mail'], declaredMills: 5_000_000 }, 38],
    ['registered, of 5,000.01', { extras: ['registered_mail'], declaredMills: 5_000_010 }, 40.9],
    ['registered, of 50,000', { extras: ['registered_mail'], declaredMills: 50_000_000 }, 168.5],
    ['registered, of more', { extras: ['registered_mail'], declaredMills: 50_000_010 }, 'fee_unknown'],
    [
      'registered, by the insured value, without a fee of its own for it',
      { extras: ['registered_mail', 'insurance'], insuredMills: 150_000 },
      23.5,
    ],
    ['registered in 2026', { extras: ['registered_mail'], declaredMills: 600_000, day: '2026-08-01' }, 28.1],
    ['registered, of a value nobody states', { extras: ['registered_mail'] }, 'fee_unknown'],
    [
      'registered COD, by the declared value and one charge',
      { extras: ['registered_mail', 'cod'], declaredMills: 100_000 },
      29.5,
    ],
    ['COD of 120', { extras: ['cod'], insuredMills: 120_000 }, 19.75],
    ['COD of 1,000.01', { extras: ['cod'], insuredMills: 1_000_010 }, 'fee_unknown'],
  ])('%s', (_, asked, expected) => {
    expect(dollars(asked)).toBe(expected);
  });
});

describe('in the price of a parcel', () => {
  test('they stand last, and the items sum to the price', () => {
    const parcel = aParcel({ day: '2025-11-01', extras: ['signature_confirmation'], insuredMills: 250_000 });
    const answer = priceOf(parcel, shippedTables);
    expect(answer.known && answer.items.map(({ item, mills }) => [item, mills])).toEqual([
      ['base', 11_850],
      ['insurance', 4450],
      ['signature_confirmation', 3950],
    ]);
    expect(answer).toMatchObject({ mills: 11_850 + 3950 + 4450 });
  });

  test('an unknown one leaves the rest as a lower bound', () => {
    const parcel = aParcel({ day: '2026-08-01', insuredMills: 700_000 });
    expect(priceOf(parcel, shippedTables)).toMatchObject({
      known: false,
      reason: 'fee_unknown',
      atLeastMills: 12_870,
    });
  });
});

/** Surcharges for size and other causes: their edges, which add up, and which are due and not published. */
import type { PriceList, Service } from '../../../src/core/label/label.ts';
import type { FeesAnswer } from '../../../src/core/rating/answer.ts';
import { priceOf } from '../../../src/core/rating/price.ts';
import { type SurchargedParcel, surchargesOf, unseenSurcharges } from '../../../src/core/rating/surcharges.ts';
import { type RateList, listOn } from '../../../src/core/rating/tables.ts';
import { aParcel, inches, shippedTables } from '../../support/rating.ts';

function listFor(day: string): RateList {
  const list = listOn(day, shippedTables.lists);
  if (!list) throw new Error(`no list on ${day}`);
  return list;
}

type Asked = Partial<SurchargedParcel> & { day?: string };

function due({ day = '2025-11-01', ...over }: Asked): FeesAnswer {
  const parcel: SurchargedParcel = {
    service: 'ground_advantage',
    packaging: 'package',
    priceList: 'commercial',
    dimensions: null,
    ...over,
  };
  return surchargesOf(parcel, listFor(day));
}

function dollars(asked: Asked): number | string {
  const answer = due(asked);
  return answer.known ? answer.mills / 1000 : answer.reason;
}

describe('length and volume in October 2025 (Notice 123)', () => {
  test.each<[string, [number, number, number], number, number]>([
    ['22 in', [22, 4, 4], 0, 0],
    ['22.001 in', [22.001, 4, 4], 4, 4],
    ['30 in', [4, 30, 4], 4, 4],
    ['30.001 in', [4, 4, 30.001], 8.4, 18],
    ['2 cubic feet, 3,456 cubic inches', [18, 16, 12], 0, 0],
    ['a thousandth of an inch more', [18, 16, 12.001], 18, 30],
    ['both: the two add up', [31, 12, 12], 26.4, 48],
    ['over 108 in of length and girth: the same', [36, 19, 19], 26.4, 48],
  ])('%s', (_, sides, groundAdvantage, priority) => {
    const dimensions = inches(...sides);
    expect(dollars({ dimensions })).toBe(groundAdvantage);
    expect(dollars({ dimensions, service: 'priority_mail' })).toBe(priority);
  });

  test('each is an item of its own, with its condition and its source', () => {
    expect(due({ dimensions: inches(31, 12, 12) })).toEqual({
      known: true,
      mills: 26_400,
      items: [
        {
          item: 'nonstandard_length',
          mills: 8400,
          rule: 'Ground Advantage commercial: longest side over 30 in',
          source: 'usps-notice-123-2025-10-05',
        },
        {
          item: 'nonstandard_volume',
          mills: 18_000,
          rule: 'Ground Advantage commercial: volume over 2 cubic feet',
          source: 'usps-notice-123-2025-10-05',
        },
      ],
    });
  });
});

test.each<[Service, PriceList, number]>([
  ['ground_advantage', 'retail', 26.4],
  ['priority_mail', 'retail', 48],
  ['priority_mail_express', 'commercial', 48],
  ['usps_connect_local', 'commercial', 24],
  ['media_mail', 'retail', 0],
  ['library_mail', 'commercial', 0],
  ['bound_printed_matter', 'commercial', 0],
])('%s %s owes %d for 31 x 12 x 12 in', (service, priceList, expected) => {
  expect(dollars({ service, priceList, dimensions: inches(31, 12, 12) })).toBe(expected);
});

describe('what the price goes by decides, too', () => {
  test('a cubic parcel owes nothing for its length', () => {
    expect(dollars({ packaging: 'cubic', dimensions: inches(22.5, 4, 4) })).toBe(0);
  });

  test('a cubic parcel owes for its characteristics', () => {
    expect(dollars({ packaging: 'cubic', causes: ['nonstandard_characteristics'] })).toBe(4);
  });

  test('a flat-rate box owes nothing for its size', () => {
    expect(dollars({ service: 'priority_mail', packaging: 'large_flat_rate_box', dimensions: inches(24, 12, 3) })).toBe(
      0,
    );
  });

  test('Express owes for Sunday delivery of an envelope, too', () => {
    const sunday: Asked = { service: 'priority_mail_express', causes: ['sunday_or_holiday_delivery'] };
    expect(dollars(sunday)).toBe(12.5);
    expect(dollars({ ...sunday, packaging: 'flat_rate_envelope' })).toBe(12.5);
  });
});

test.each<[string, Asked, number]>([
  ['characteristics', { causes: ['nonstandard_characteristics'] }, 4],
  ['live animals', { service: 'priority_mail', causes: ['live_animals_or_perishables'] }, 15],
  ['dimensions that are missing or wrong', { causes: ['dimension_noncompliance'] }, 1.5],
  [
    'a letter no machine takes',
    { service: 'first_class_mail', priceList: 'retail', packaging: 'letter', causes: ['nonmachinable'] },
    0.49,
  ],
])('%s cost what Notice 123 prints', (_, asked, expected) => {
  expect(dollars(asked)).toBe(expected);
});

describe('from July 2026', () => {
  test.each<[string, Asked, number]>([
    ['22.001 in', { dimensions: inches(22.001, 4, 4) }, 4.5],
    ['30.001 in', { dimensions: inches(30.001, 4, 4) }, 10],
    ['over 2 cubic feet', { dimensions: inches(18, 16, 12.001) }, 21],
    ['all of it in peak season', { dimensions: inches(31, 12, 12), day: '2026-11-05' }, 31],
  ])('Ground Advantage commercial: %s', (_, asked, expected) => {
    expect(dollars({ day: '2026-08-01', ...asked })).toBe(expected);
  });

  test.each<[string, Asked]>([
    ['Priority Mail', { service: 'priority_mail' }],
    ['Ground Advantage retail', { priceList: 'retail' }],
    ['Ground Advantage retail between January and April', { priceList: 'retail', day: '2026-02-01' }],
    ['Express in peak season', { service: 'priority_mail_express', day: '2026-11-05' }],
  ])('%s: due, and not published', (_, asked) => {
    const answer = due({ day: '2026-08-01', dimensions: inches(22.001, 4, 4), ...asked });
    expect(answer).toMatchObject({ known: false, reason: 'surcharge_unknown', atLeastMills: 0 });
  });

  test('of two that are due, the published one is a lower bound', () => {
    const answer = due({
      day: '2026-08-01',
      dimensions: inches(22.001, 4, 4),
      causes: ['nonstandard_characteristics'],
    });
    expect(answer).toMatchObject({ known: false, atLeastMills: 4500 });
  });

  test('nothing is due that was not due before', () => {
    expect(dollars({ day: '2026-08-01', service: 'media_mail', dimensions: inches(31, 12, 12) })).toBe(0);
  });
});

test('a parcel whose sides are not known, or are none, is taken to be small', () => {
  expect(dollars({ dimensions: null })).toBe(0);
  expect(dollars({ dimensions: inches(Number.NaN, 40, 40) })).toBe(0);
  expect(dollars({ dimensions: inches(-40, 40, 40) })).toBe(0);
});

test('the surcharges nobody sees in a label are listed with their amounts', () => {
  const unseen = unseenSurcharges({ service: 'ground_advantage', priceList: 'commercial' }, listFor('2026-08-01'));
  expect(unseen.map(({ name, mills }) => [name, mills])).toEqual([
    ['dimension_noncompliance', 3000],
    ['nonstandard_characteristics', null],
    ['live_animals_or_perishables', null],
    ['package_quality', null],
  ]);
});

describe('in the price of a parcel', () => {
  test('they stand beside the postage, and the items sum to the price', () => {
    const answer = priceOf(aParcel({ dimensions: inches(31, 4, 4), day: '2026-08-01' }), shippedTables);
    expect(answer).toMatchObject({ known: true, mills: 22_870 });
    expect(answer.known && answer.items.map(({ item, mills }) => [item, mills])).toEqual([
      ['base', 12_870],
      ['nonstandard_length', 10_000],
    ]);
  });

  test('an unpublished one leaves the price unknown, and the sentence says what is known', () => {
    const parcel = aParcel({ service: 'priority_mail', dimensions: inches(23, 4, 4), day: '2026-08-01' });
    expect(priceOf(parcel, shippedTables)).toMatchObject({
      known: false,
      reason: 'surcharge_unknown',
      zone: 8,
      atLeastMills: 16_370,
      message:
        'The surcharge of Priority Mail commercial for nonstandard length (longest side over 22 in and not over 30 in) is not at hand. Without it the price is 16.37.',
    });
  });
});

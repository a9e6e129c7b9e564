/** What rating says of a purchased label: which days and ZIP codes count, its floor, and when there is none. */
import type { Label } from '../../../src/core/label/label.ts';
import { cheapestCells } from '../../../src/core/rating/floor.ts';
import { type LabelRating, rateLabel } from '../../../src/core/rating/rate-label.ts';
import { aRatedLabel, shippedTables } from '../../support/rating.ts';

const rate = (over: Partial<Label> = {}): LabelRating => rateLabel(aRatedLabel(over), shippedTables);
const mills = (answer: { known: true; mills: number } | { known: false; reason: string }): number | string =>
  answer.known ? answer.mills : answer.reason;

test('a label is priced commercial and retail, with floor, ceiling and the cheapest cell of its product', () => {
  const rating = rate();
  expect(mills(rating.expected)).toBe(13_420);
  expect(rating.ceiling).toMatchObject({ known: true, mills: 19_800, by: 'retail' });
  expect(rating.floor).toEqual({ known: true, mills: 13_420, exact: true, day: '2026-11-05', how: 'weight' });
  expect(rating.cheapestCell).toEqual({ mills: 7330, zone: 1, weight: '4 oz' });
  expect(rating.atBilledZone).toBeNull();
  expect(rating.domestic).toBe(true);
});

describe('the route', () => {
  test('starts where the label was rated from, not where the parcel lay', () => {
    expect(rate({ originZip: '10001', ratedOriginZip: '94103' }).zone).toMatchObject({ zone: 1 });
  });

  test('ends at the ZIP behind 420 where no destination is stated', () => {
    expect(rate({ destinationZip: null, routingZip: '100270001' }).zone).toMatchObject({ zone: 1 });
  });

  test('is unknown without any destination', () => {
    expect(mills(rate({ destinationZip: null }).expected)).toBe('zip_missing');
  });
});

describe('the billed zone', () => {
  test('is priced beside the zone of the route', () => {
    const rating = rate({ zone: 4 });
    expect(mills(rating.expected)).toBe(13_420);
    expect(rating.atBilledZone).toMatchObject({ known: true, zone: 4 });
  });

  test('that does not exist has no price', () => {
    expect(rate({ zone: 0 }).atBilledZone).toMatchObject({ known: false, reason: 'zone_unknown' });
  });
});

describe('the day', () => {
  test('is the ship date, and the floor takes the cheaper of purchase and ship date', () => {
    const rating = rate({ purchasedDay: '2026-10-03', shipDate: '2026-10-05' });
    expect(mills(rating.expected)).toBe(13_420);
    expect(rating.floor).toEqual({ known: true, mills: 12_870, exact: true, day: '2026-10-03', how: 'weight' });
    expect(rating.cheapestCell?.mills).toBe(6930);
  });

  test('of purchase without a list leaves no floor: the missing list could be the cheaper one', () => {
    const rating = rate({ purchasedDay: '2026-07-10', shipDate: '2026-07-13' });
    expect(rating.expected.known).toBe(true);
    expect(mills(rating.floor)).toBe('no_price_list');
    expect(rating.cheapestCell).toBeNull();
  });
});

describe('a cubic price could undercut the weight price', () => {
  const sides = (length: number, width: number, height: number): Partial<Label> => ({
    lengthMilliIn: length * 1000,
    widthMilliIn: width * 1000,
    heightMilliIn: height * 1000,
  });

  test.each<[string, Partial<Label>, number | string]>([
    ['when nothing excludes it', { rateType: null }, 'cubic_possible'],
    ['when the packaging is not stated either', { rateType: null, packaging: null }, 'cubic_possible'],
    ['by contract', { rateType: 'contract' }, 'contract_price'],
    ['not when the vendor states a weight rate', { rateType: 'weight' }, 13_420],
    [
      'not over the largest Priority tier',
      { service: 'priority_mail', rateType: null, ...sides(12, 12, 6.25) },
      17_220,
    ],
    [
      'at the largest Priority tier',
      { service: 'priority_mail', rateType: null, ...sides(12, 12, 6) },
      'cubic_possible',
    ],
    [
      'a quarter inch goes down',
      { service: 'priority_mail', rateType: null, ...sides(12.2, 12.2, 6.2) },
      'cubic_possible',
    ],
    ['when a side is missing', { service: 'priority_mail', rateType: null, lengthMilliIn: 30_000 }, 'cubic_possible'],
  ])('%s', (_, over, expected) => {
    expect(mills(rate(over).floor)).toBe(expected);
  });
});

describe('the price of a label that states how it is packed and rated', () => {
  test.each<[string, Partial<Label>, number | string]>([
    [
      'a flat-rate box before the season',
      { service: 'priority_mail', packaging: 'medium_flat_rate_box', purchasedDay: '2026-08-03' },
      21_170,
    ],
    ['a flat-rate box in the season', { service: 'priority_mail', packaging: 'medium_flat_rate_box' }, 'peak_unknown'],
    ['a package sold at some flat rate', { service: 'priority_mail', rateType: 'flat_rate' }, 'packaging_not_rated'],
    ['a package sold as cubic, on a list without cubic prices', { rateType: 'cubic' }, 'not_covered'],
    ['a letter', { service: 'first_class_mail', packaging: 'letter', weightMilliOz: 1000 }, 780],
    ['no weight', { weightMilliOz: null }, 'weight_missing'],
  ])('%s', (_, over, expected) => {
    expect(mills(rate(over).expected)).toBe(expected);
  });
});

describe('abroad', () => {
  test('no domestic price holds', () => {
    const rating = rate({ destinationCountry: 'CA', destinationZip: null });
    expect(rating.domestic).toBe(false);
    expect([mills(rating.expected), mills(rating.ceiling), mills(rating.floor)]).toEqual(
      Array(3).fill('foreign_destination'),
    );
    expect(rating.zone).toMatchObject({ known: false, reason: 'foreign_destination' });
  });

  test('Puerto Rico is not abroad', () => {
    expect(rate({ destinationCountry: 'PR', destinationZip: '00901' })).toMatchObject({
      domestic: true,
      zone: { zone: 7 },
    });
  });
});

test('the cheapest commercial cells are listed with the days they hold, of every product that has one', () => {
  const cells = cheapestCells(shippedTables);
  expect(cells.filter(({ service }) => service === 'ground_advantage' || service === 'priority_mail')).toEqual([
    { service: 'ground_advantage', from: '2025-10-05', to: '2026-01-17', mills: 4500 },
    { service: 'priority_mail', from: '2025-10-05', to: '2026-01-17', mills: 8180 },
    { service: 'ground_advantage', from: '2026-07-12', to: '2026-10-03', mills: 6930 },
    { service: 'priority_mail', from: '2026-07-12', to: '2026-10-03', mills: 9040 },
    { service: 'ground_advantage', from: '2026-10-04', to: '2027-01-17', mills: 7330 },
    { service: 'priority_mail', from: '2026-10-04', to: '2027-01-17', mills: 9440 },
  ]);
  // A postcard is the cheapest piece of First-Class Mail: Notice 123, 2026-07-12.
  expect(cells).toContainEqual({ service: 'first_class_mail', from: '2026-07-12', to: '2026-10-03', mills: 650 });
});

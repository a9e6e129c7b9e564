/** The line below a quote that names a cheaper lawful way: when it stands there, and when nothing may be said. */
import { alternativeText } from '../../src/cli/quote-alternative.ts';
import type { RatedParcel } from '../../src/core/rating/price.ts';
import { aParcel, shippedTables } from '../support/rating.ts';

const line = (over: Partial<RatedParcel> = {}): string =>
  alternativeText(aParcel({ service: 'priority_mail', ...over }), shippedTables);

test('it names service, packaging, price and saving, and that it takes longer', () => {
  expect(line()).toBe(
    '  cheaper: Ground Advantage, package, 13.42, 3.80 less, slower, where no promise or contents forbid it\n',
  );
});

test('it takes a zone that was stated instead of the ZIP codes', () => {
  expect(line({ zone: 1 })).toContain('Ground Advantage');
  expect(line({ zone: 1 })).not.toBe(line());
});

test.each<[string, Partial<RatedParcel>]>([
  ['a retail quote: the comparison is of commercial prices', { priceList: 'retail' }],
  ['an extra service that the other may not offer', { extras: ['certified_mail'] }],
  ['bought cover, whose price may differ', { insuredMills: 500_000 }],
  ['a parcel that is the cheapest way already', { service: 'ground_advantage' }],
  ['a route that cannot be rated', { destinationZip: null }],
])('nothing is said for %s', (_, over) => {
  expect(line(over)).toBe('');
});

test('tracking is part of every service and forbids nothing', () => {
  expect(line({ extras: ['tracking'] })).toBe(line());
});

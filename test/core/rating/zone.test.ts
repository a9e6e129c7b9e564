/** Zones between 3-digit areas: the distance rule, what is decided apart, and every pair there is. */
import fc from 'fast-check';
import type { ZoneAnswer } from '../../../src/core/rating/answer.ts';
import { type Route, zoneOf } from '../../../src/core/rating/zone.ts';
import { shippedTables } from '../../support/rating.ts';

const { zones } = shippedTables;

function zone(originZip: string | null, destinationZip: string | null, over: Partial<Route> = {}): ZoneAnswer {
  return zoneOf({ originZip, destinationZip, service: 'priority_mail', weightMilliOz: 16_000, ...over }, zones);
}

describe('decided routes', () => {
  test.each<[string, string, string, Partial<Route>, { zone: number; how: string }]>([
    ['within one area', '10001', '10027', {}, { zone: 1, how: 'same_area' }],
    ['across the country', '10001', '94105', {}, { zone: 8, how: 'distance' }],
    ['a listed pair that distance would put elsewhere', '03201', '04001', {}, { zone: 1, how: 'exception' }],
    ['to Guam', '10001', '96910', {}, { zone: 8, how: 'pacific_969' }],
    ['within the Pacific area', '96910', '96950', {}, { zone: 1, how: 'same_area' }],
    ['from Guam', '96910', '10001', {}, { zone: 8, how: 'distance' }],
    ['from Hawaii to Guam, a listed pair', '96701', '96910', {}, { zone: 1, how: 'exception' }],
    [
      'military mail by Priority, rated to the gateway near Chicago',
      '60601',
      '09012',
      {},
      { zone: 1, how: 'military_gateway' },
    ],
    ['military mail from New York by the gateway', '10001', '96201', {}, { zone: 5, how: 'military_gateway' }],
    ['military mail back home', '96201', '60601', {}, { zone: 1, how: 'military_gateway' }],
    [
      'military mail by Ground Advantage under a pound',
      '10001',
      '09012',
      { service: 'ground_advantage', weightMilliOz: 15_999 },
      { zone: 5, how: 'military_gateway' },
    ],
    [
      'military mail by Ground Advantage from a pound, rated to its own area',
      '10001',
      '09012',
      { service: 'ground_advantage', weightMilliOz: 16_000 },
      { zone: 1, how: 'distance' },
    ],
    ['military mail by Express', '10001', '09012', { service: 'priority_mail_express' }, { zone: 1, how: 'distance' }],
    [
      'from the Pacific fleet to Hawaii by Express, a listed pair',
      '96201',
      '96701',
      { service: 'priority_mail_express' },
      { zone: 1, how: 'exception' },
    ],
    [
      'from the Pacific fleet to Hawaii by Priority: listed pairs do not hold at the gateway',
      '96201',
      '96701',
      {},
      { zone: 8, how: 'military_gateway' },
    ],
  ])('%s', (_, origin, destination, over, expected) => {
    expect(zone(origin, destination, over)).toMatchObject({ known: true, ...expected });
  });

  test.each(['96939', '96940', '96941', '96942', '96943', '96944', '96960', '96970'])(
    '%s lies in the Freely Associated States',
    (zip) => {
      expect(zone('10001', zip)).toMatchObject({ zone: 9, how: 'freely_associated_state' });
    },
  );

  test.each(['96938', '96945', '96959', '96961', '96971'])('%s does not', (zip) => {
    expect(zone('10001', zip)).toMatchObject({ zone: 8, how: 'pacific_969' });
  });
});

describe('undecided routes say why', () => {
  test.each<[string, string | null, string | null, Partial<Route>, string]>([
    ['no origin', null, '10001', {}, 'zip_missing'],
    ['an empty destination', '10001', '', {}, 'zip_missing'],
    ['an area nobody has', '10001', '00012', {}, 'zip_unknown'],
    ['letters', '10001', 'H0H0H', {}, 'zip_unknown'],
    ['ZIP+4', '10001-1234', '10001', {}, 'zip_unknown'],
    [
      'military mail by Ground Advantage without a weight',
      '10001',
      '09012',
      { service: 'ground_advantage', weightMilliOz: null },
      'weight_missing',
    ],
  ])('%s', (_, origin, destination, over, reason) => {
    expect(zone(origin, destination, over)).toMatchObject({ known: false, reason });
  });

  test('the ZIP in question is named', () => {
    expect(zone('10001', '00012')).toMatchObject({ message: expect.stringContaining('00012') as string });
  });
});

describe('every pair of areas', () => {
  const areas = Array.from({ length: 1000 }, (_, index) => index).filter((area) => zones.hasPoint[area] === 1);
  const zips = areas.map((area) => `${String(area).padStart(3, '0')}01`);
  const table = zips.map((originZip) =>
    zips.map((destinationZip) => {
      const answer = zoneOf(
        { originZip, destinationZip, service: 'priority_mail_express', weightMilliOz: null },
        zones,
      );
      return answer.known ? answer.zone : 0;
    }),
  );

  test('there are 931 areas, and each pair has a zone from 1 to 8', () => {
    expect(areas).toHaveLength(931);
    expect(table.flat().filter((answer) => answer < 1 || answer > 8)).toEqual([]);
  });

  test('zones are the same both ways, but for the Pacific area', () => {
    const differing = areas.flatMap((origin, row) =>
      areas
        .filter((destination, column) => destination > origin && table[row]?.[column] !== table[column]?.[row])
        .map((destination) => `${origin}-${destination}`),
    );
    expect(differing.filter((pair) => !pair.endsWith('-969'))).toEqual([]);
  });
});

test('near the edge of a band means within 3 miles of it, by the distance used', () => {
  const limits = [50, 150, 300, 600, 1000, 1400, 1800];
  const zip = fc.integer({ min: 100, max: 99_999 }).map((n) => String(n).padStart(5, '0'));
  fc.assert(
    fc.property(zip, zip, (origin, destination) => {
      const answer = zone(origin, destination);
      if (!answer.known || (answer.how !== 'distance' && answer.how !== 'military_gateway')) return true;
      const gap = Math.min(...limits.map((limit) => Math.abs(answer.miles - limit)));
      // Miles are shown in tenths: what lies on the margin itself may fall either way.
      return Math.abs(gap - 3) < 0.06 || answer.nearEdge === gap < 3;
    }),
    { numRuns: 3000 },
  );
});

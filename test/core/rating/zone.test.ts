/** Zones between 3-digit areas: the distance rule, what is decided apart, and every pair there is. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICES } from '../../../src/core/label/label.ts';
import type { ZoneAnswer } from '../../../src/core/rating/answer.ts';
import { type Route, bareZoneOf, endsOf, zoneOf } from '../../../src/core/rating/zone.ts';
import { loadZones } from '../../../src/catalog/zones.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const zones = loadZones(ROOT);

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
    [
      'military mail back home, to which the gateway does not apply',
      '96201',
      '60601',
      {},
      { zone: 8, how: 'distance' },
    ],
    ['military mail between two post offices', '09012', '09801', {}, { zone: 1, how: 'distance' }],
    ['military mail to the Americas, which has no gateway', '60601', '34002', {}, { zone: 6, how: 'distance' }],
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
      'from the Pacific fleet to Hawaii by Priority: the gateway is for mail going to military post offices',
      '96201',
      '96701',
      {},
      { zone: 1, how: 'exception' },
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
  const [points, listed] = [rowsOf('points.csv'), rowsOf('exceptions.csv')];
  const places = points.map(([zip3 = '', , latitude, longitude]) => ({
    zip3,
    latitude: (Number(latitude) * Math.PI) / 180,
    longitude: (Number(longitude) * Math.PI) / 180,
  }));
  const exceptions = new Map(
    listed.map(([origin, destination, listedZone]) => [`${origin}-${destination}`, Number(listedZone)]),
  );

  /** The rule of the zone charts guide, worked out by the haversine formula, pair by pair. */
  function slowly(from: (typeof places)[number], to: (typeof places)[number]): number {
    if (from.zip3 === to.zip3) return 1;
    const exception = exceptions.get(`${from.zip3}-${to.zip3}`);
    if (exception !== undefined) return exception;
    if (to.zip3 === '969') return 8;
    const h =
      Math.sin((to.latitude - from.latitude) / 2) ** 2 +
      Math.cos(from.latitude) * Math.cos(to.latitude) * Math.sin((to.longitude - from.longitude) / 2) ** 2;
    const miles = 2 * 3958.8 * Math.atan2(Math.sqrt(h), Math.sqrt(1 - h));
    return [50, 150, 300, 600, 1000, 1400, 1800].filter((limit) => miles > limit).length + 1;
  }

  const zips = places.map(({ zip3 }) => `${zip3}01`);
  const express = { service: 'priority_mail_express', weightMilliOz: null } as const;

  test('there are 931 areas, and each pair has the zone that the rule gives', () => {
    expect(places).toHaveLength(931);
    const wrong: string[] = [];
    places.forEach((from, row) => {
      places.forEach((to, column) => {
        const [originZip = null, destinationZip = null] = [zips[row], zips[column]];
        const answer = bareZoneOf({ originZip, destinationZip, ...express }, zones);
        if (!answer.known || answer.zone !== slowly(from, to)) wrong.push(`${originZip}-${destinationZip}`);
      });
    });
    expect(wrong).toEqual([]);
  });

  test('every domestic area rates Priority Mail to a military post office by one point', () => {
    const domestic = zips.filter((zip) => endsOf({ originZip: zip, destinationZip: zip }, zones).military === false);
    expect(domestic).toHaveLength(915);
    for (const origin of domestic) {
      const answers = ['09012', '09901', '96201', '96601'].map((destination) => zone(origin, destination));
      expect(new Set(answers.map((answer) => answer.known && answer.zone)).size).toBe(1);
      expect(answers.every((answer) => answer.known && answer.how === 'military_gateway')).toBe(true);
    }
  });
});

/** The rows of a file of data/zones, without its header. */
function rowsOf(file: string): string[][] {
  const [, ...lines] = readFileSync(join(ROOT, 'data', 'zones', file), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => line.split(','));
}

const anyZip = fc.oneof(
  fc.integer({ min: 0, max: 99_999 }).map((n) => String(n).padStart(5, '0')),
  fc.constantFrom('09012', '34002', '96201', '96910', '96960', '00601', '96701'),
  fc.constantFrom(null, '', '1234', '12345-6789', 'H0H0H', '１２３４５', '-1234', ' 1234', '\u0000'),
);

test('any route has a zone from 1 to 9 or says why not, and the short answer is the same', () => {
  const weight = fc.oneof(fc.integer({ min: 0, max: 1_200_000 }), fc.constantFrom(null, Number.NaN, -1, Infinity));
  fc.assert(
    fc.property(anyZip, anyZip, fc.constantFrom(...SERVICES), weight, (originZip, destinationZip, service, oz) => {
      const route = { originZip, destinationZip, service, weightMilliOz: oz };
      const answer = zoneOf(route, zones);
      const bare = bareZoneOf(route, zones);
      if (!answer.known) {
        expect(answer.message).toMatch(/\.$/);
        expect(bare).toEqual(answer);
      } else {
        expect(answer.zone).toBeGreaterThanOrEqual(1);
        expect(answer.zone).toBeLessThanOrEqual(9);
        expect(answer.miles).toBeGreaterThanOrEqual(0);
        expect(bare).toEqual({ known: true, zone: answer.zone });
      }
    }),
    { numRuns: 2000 },
  );
});

test.each<[string | null, string | null, { military: boolean | null; pacific: boolean | null }]>([
  ['10001', '60601', { military: false, pacific: false }],
  ['10001', '09012', { military: true, pacific: false }],
  ['34002', '10001', { military: true, pacific: false }],
  ['96601', null, { military: true, pacific: null }],
  [null, '96910', { military: null, pacific: true }],
  ['96799', '96701', { military: false, pacific: false }],
  ['10001', '969', { military: null, pacific: null }],
])('from %s to %s: %j', (originZip, destinationZip, expected) => {
  expect(endsOf({ originZip, destinationZip }, zones)).toEqual(expected);
});

test.each(['00501', '00601', '00701', '00801', '00901', '34001', '96701', '96799', '96801', '96901', '99501', '99901'])(
  'there is a zone from and to %s, which lies apart from the mainland or is military',
  (zip) => {
    expect(zone('60601', zip).known).toBe(true);
    expect(zone(zip, '60601').known).toBe(true);
  },
);

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

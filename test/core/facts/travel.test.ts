/** Where a parcel was against where it should have been, and what cannot have been travelled; unknown where nothing shows it. */
import { buildFacts } from '../../../src/core/facts/facts.ts';
import type { FactValue } from '../../../src/core/facts/fact.ts';
import type { JourneyDigest, PhysicalScan } from '../../../src/core/journey/digest.ts';
import type { Label } from '../../../src/core/label/label.ts';
import { DAY_MS, HOUR_MS } from '../../../src/core/units/day.ts';
import { AS_OF, aJourney, aJudgeInput, aScan } from '../../support/judge.ts';

/** A label from Los Angeles to Phoenix. */
const LABEL = { originZip: '90058', destinationZip: '85004' };

function fact(name: string, journey: JourneyDigest | null, change: Partial<Label> = {}): FactValue | undefined {
  return buildFacts(aJudgeInput({ journey }, { ...LABEL, ...change })).get(name);
}

const unanswered = { answeredAt: null, historyAt: null };
const refused = aJourney({ ...unanswered, events: 0, knownAt: null, announcedAt: null, lastOutcome: 'no_access' });

const inNewark = aScan(AS_OF - 10 * DAY_MS, { city: 'NEWARK', state: 'NJ', zip: '07102', stage: 'moving' });
const inHonolulu = aScan(inNewark.at + HOUR_MS, { city: 'HONOLULU', state: 'HI', zip: '96819', stage: 'moving' });
const leap = { from: inNewark, to: inHonolulu, miles: 5000, fromScans: 3, toScans: 2 };

describe('travel.leap', () => {
  const far = aJourney({ located: 5, firstScan: inNewark, lastScan: inHonolulu, leap });

  test('is told by miles, hours, places, and the scans that bear it out', () => {
    expect(fact('travel.leap_miles', far)).toBe(5000);
    expect(fact('travel.leap_hours', far)).toBe(1);
    expect(fact('travel.leap_scans', far)).toBe(2);
    expect(fact('travel.leap_from_at', far)).toBe(inNewark.at);
    expect(fact('travel.leap_from_place', far)).toBe('NEWARK NJ 07102');
    expect(fact('travel.leap_to_at', far)).toBe(inHonolulu.at);
    expect(fact('travel.leap_to_place', far)).toBe('HONOLULU HI 96819');
  });

  test.each<[string, JourneyDigest | null, number | undefined]>([
    ['two scans near each other', aJourney({ located: 2, firstScan: inNewark }), 0],
    ['no scan at all, as an answer shows', aJourney(), 0],
    ['one scan with a ZIP', aJourney({ located: 1, firstScan: inNewark }), undefined],
    ['scans of facilities alone', aJourney({ firstScan: aScan(AS_OF, { city: 'QUEENS NY' }) }), undefined],
    ['no scan on file, and no answer', aJourney(unanswered), undefined],
    ['no scan on file, and an event nobody can read', aJourney({ unread: 1 }), undefined],
    ['the carrier shows us nothing', refused, undefined],
    ['nothing known', null, undefined],
  ])('%s', (_story, journey, miles) => {
    expect(fact('travel.leap_miles', journey)).toBe(miles);
    expect(fact('travel.leap_hours', journey)).toBe(miles);
    expect(fact('travel.leap_scans', journey)).toBeUndefined();
  });
});

describe('travel.deliveries', () => {
  const second = aScan(inNewark.at + 2 * DAY_MS, { city: 'PHOENIX', state: 'AZ', zip: '85004', stage: 'delivered' });
  const ends = (
    first: Partial<PhysicalScan>,
    last: Partial<PhysicalScan> | null,
    more: Partial<JourneyDigest> = {},
  ): JourneyDigest => {
    const delivered = { ...second, ...first };
    const lastScan = last === null ? delivered : { ...second, ...last, at: second.at + DAY_MS };
    return aJourney({ delivered, lastScan, ...more });
  };
  const unplaced = { ...second, at: second.at + HOUR_MS, city: null, zip: null };
  const piece = { id: 'a', firstScan: null, lastScan: null, delivered: second, statedAt: null };
  const ofTwoPieces = aJourney({
    delivered: second,
    lastScan: inHonolulu,
    mailpieces: 2,
    pieces: [piece, { ...piece, id: 'b', delivered: unplaced }],
  });
  const twoDeliveries = { first: inNewark, second, miles: 2130, firstScans: 1, secondScans: 3 };

  test('are told by miles, places, and the scans that bear them out', () => {
    const journey = aJourney({ twoDeliveries });
    expect(fact('travel.deliveries_miles', journey)).toBe(2130);
    expect(fact('travel.deliveries_scans', journey)).toBe(1);
    expect(fact('travel.deliveries_from_place', journey)).toBe('NEWARK NJ 07102');
    expect(fact('travel.deliveries_to_place', journey)).toBe('PHOENIX AZ 85004');
    expect(fact('travel.deliveries_to_at', journey)).toBe(second.at);
  });

  test.each<[string, JourneyDigest | null, number | undefined]>([
    ['an answer without them', aJourney(), 0],
    ['a file of events without them', aJourney({ ...unanswered, lastOutcome: null }), 0],
    ['one delivery, the last that was scanned', ends({}, null), 0],
    ['a second one that names no ZIP', ends({}, { city: null, state: null, zip: null }), undefined],
    ['a second one in a city without a ZIP', ends({}, { city: 'RENO', state: 'NV', zip: null }), undefined],
    ['a second one with a ZIP that has no place', ends({}, { city: null, zip: '00000' }), undefined],
    ['the first one names no ZIP', ends({ city: null, state: null, zip: null }, {}), undefined],
    ['the same city, once without a ZIP', ends({}, { city: 'Phoenix', state: 'AZ', zip: null }), 0],
    ['both near each other', ends({}, { zip: '85009' }), 0],
    ['a return before the second', ends({}, { zip: null, city: null }, { returnedAt: second.at + HOUR_MS }), 0],
    ['led elsewhere before the second', ends({}, { zip: null, city: null }, { divertedAt: second.at + HOUR_MS }), 0],
    ['the second of another mailpiece', ofTwoPieces, undefined],
    ['an event between that nobody can read may explain them', aJourney({ twoDeliveries, unread: 1 }), undefined],
    ['the carrier shows us nothing', refused, undefined],
    ['nothing known', null, undefined],
  ])('%s', (_story, journey, miles) => {
    expect(fact('travel.deliveries_miles', journey)).toBe(miles);
  });
});

describe('the first scan', () => {
  const accepted = (zip: string | null): JourneyDigest => aJourney({ firstScan: aScan(AS_OF - 9 * DAY_MS, { zip }) });

  test.each<[string, JourneyDigest | null, boolean | undefined]>([
    ['is the acceptance', accepted('90058'), true],
    ['is another', aJourney({ firstScan: inNewark }), false],
    ['is missing, as an answer shows', aJourney(), false],
    ['may be missing', aJourney(unanswered), undefined],
    ['may be the event nobody can read', aJourney({ unread: 1 }), undefined],
    ['is shown to nobody', refused, undefined],
    ['nothing known', null, undefined],
  ])('%s', (_story, journey, expected) => {
    expect(fact('travel.first_scan_is_acceptance', journey)).toBe(expected);
  });

  test.each<[string, string | null, Partial<Label>, number | undefined]>([
    ['in the area of the origin', '90012', {}, 0],
    ['far from the origin', '07102', {}, 2427],
    ['near where the vendor rated from', '07102', { ratedOriginZip: '07030' }, 0],
    ['without a ZIP', null, {}, undefined],
    ['of a label without an origin', '07102', { originZip: null }, undefined],
    ['of a label from a military post office', '07102', { originZip: '09012' }, undefined],
    ['where one of two origins has no place', '07102', { ratedOriginZip: '00000' }, undefined],
    ['within Alaska', '99701', { originZip: '99501' }, undefined],
  ])('%s', (_story, zip, change, miles) => {
    const told = fact('travel.first_scan_miles', accepted(zip), { ratedOriginZip: null, ...change });
    if (miles === undefined || told === undefined) return expect(told).toBe(miles);
    expect(Math.abs(Number(told) - miles)).toBeLessThan(40);
  });
});

describe('miles from our own warehouses', () => {
  const warehouse = (warehouses: readonly string[] | null, zip: string | null): FactValue | undefined =>
    buildFacts(
      aJudgeInput({
        journey: aJourney({ firstScan: aScan(AS_OF - 9 * DAY_MS, { zip }) }),
        own: { warehouses, mailers: null },
      }),
    ).get('travel.first_scan_warehouse_miles');

  test.each<[string, readonly string[] | null, string | null, number | undefined]>([
    ['the nearest of several counts', ['90058', '07102'], '07103', 0],
    ['where none is on file, the origin does', null, '10002', 0],
    ['an empty file names none', [], '10002', 0],
    ['a warehouse without a place on the map may be the near one', ['90058', '00000'], '07103', undefined],
    ['the scan names no ZIP', ['90058'], null, undefined],
  ])('%s', (_story, warehouses, zip, expected) => {
    expect(warehouse(warehouses, zip)).toBe(expected);
  });
});

describe('the delivery', () => {
  const delivered = (over: Partial<PhysicalScan> = {}, more: Partial<JourneyDigest> = {}): JourneyDigest =>
    aJourney({
      delivered: aScan(AS_OF - 5 * DAY_MS, { city: 'MESA', state: 'AZ', zip: '85201', stage: 'delivered', ...over }),
      ...more,
    });

  test.each<[string, JourneyDigest | null, boolean | undefined]>([
    ['known', delivered(), true],
    [
      'known, where the carrier grants no access since',
      delivered({}, { ...unanswered, lastOutcome: 'no_access' }),
      true,
    ],
    ['not among what a source answered', aJourney(), false],
    ['shown to nobody', refused, undefined],
    ['nothing known', null, undefined],
  ])('%s', (_story, journey, expected) => {
    expect(fact('travel.delivered', journey)).toBe(expected);
  });

  test.each<[string, JourneyDigest, Partial<Label>, boolean | undefined]>([
    ['in the area of the destination', delivered({ zip: '85009' }), {}, true],
    ['in another area', delivered({ zip: '07102' }), {}, false],
    ['where the barcode goes, whatever the row says', delivered({ zip: '10011' }), { routingZip: '100011234' }, true],
    ['without a ZIP', delivered({ zip: null }), {}, undefined],
    ['of a label without a destination', delivered(), { destinationZip: null }, undefined],
    ['of a label to a military post office', delivered(), { destinationZip: '09012' }, undefined],
    ['of a label abroad', delivered(), { destinationCountry: 'DE', destinationZip: '10115' }, undefined],
    ['not known', aJourney(), {}, undefined],
  ])('%s', (_story, journey, change, expected) => {
    expect(fact('travel.delivered_in_area', journey, change)).toBe(expected);
    expect(typeof fact('travel.delivered_miles', journey, change)).toBe(
      expected === undefined ? 'undefined' : 'number',
    );
  });

  test('far away is told in miles, unless either end has no place', () => {
    expect(fact('travel.delivered_miles', delivered({ zip: '85009' }))).toBe(0);
    expect(Number(fact('travel.delivered_miles', delivered({ zip: '07102' })))).toBeGreaterThan(2000);
    expect(fact('travel.delivered_miles', delivered({ zip: '00000' }))).toBeUndefined();
    expect(fact('travel.delivered_place', delivered())).toBe('MESA AZ 85201');
    expect(fact('travel.destination_zip', delivered(), { routingZip: '100011234' })).toBe('10001');
    expect(fact('travel.destination_zip', delivered(), { destinationCountry: 'CA' })).toBeUndefined();
  });

  const day = (count: number): number => AS_OF - count * DAY_MS;
  test.each<[string, JourneyDigest | null, boolean | undefined]>([
    ['straight to its end', delivered(), false],
    ['diverted before', delivered({}, { divertedAt: day(6) }), true],
    ['diverted with it, as by an agent', delivered({}, { divertedAt: day(5) }), true],
    ['diverted before, whatever cannot be read', delivered({}, { divertedAt: day(6), unread: 1 }), true],
    ['diverted only afterwards', delivered({}, { divertedAt: day(4) }), false],
    ['an event nobody can read may be a forwarding', delivered({}, { unread: 1 }), undefined],
    ['nothing known', null, undefined],
  ])('%s', (_story, journey, expected) => {
    expect(fact('travel.diverted', journey)).toBe(expected);
  });
});

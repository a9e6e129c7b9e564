/** What holds of every journey, whatever is told of it, in whatever order and how often. */
import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import type { JourneyDigest } from '../../../src/core/journey/digest.ts';
import { type StoredDigest, encodeDigest, fillDigest } from '../../../src/core/journey/stored-digest.ts';
import { HOUR_MS } from '../../../src/core/units/day.ts';
import { type Timeline, anyTimeline, partOf, retold } from '../../support/any-timeline.ts';
import { at, codes, event, fold } from '../../support/timeline.ts';

const RUNS = { numRuns: 400 };

function foldAll({ events, asked }: Timeline): JourneyDigest {
  return fold(events, asked);
}

/** Every number under a name that is an instant's, wherever it stands in the digest. */
function instantsIn(value: unknown): number[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => {
    if (typeof part === 'number') return name === 'at' || name.endsWith('At') ? [part] : [];
    return instantsIn(part);
  });
}

test('any order and repetition of events and answers gives the same digest', () => {
  const both = anyTimeline.chain((told) => record({ told: constantFrom(told), again: retold(told) }));
  assert(
    property(both, ({ told, again }) => {
      expect(foldAll(again)).toEqual(foldAll(told));
    }),
    RUNS,
  );
});

test('what is stored is what was folded, without a null', () => {
  assert(
    property(anyTimeline, (told) => {
      const digest = foldAll(told);
      const stored = encodeDigest(digest);
      expect(fillDigest(JSON.parse(stored) as StoredDigest)).toEqual(digest);
      expect(stored).not.toContain('null');
    }),
    RUNS,
  );
});

test('a digest knows of no other instants than it was told, and of none after the last', () => {
  assert(
    property(anyTimeline, (told) => {
      const digest = foldAll(told);
      const read = told.events.flatMap(({ retrievedAt }) => retrievedAt ?? []);
      const instants = new Set([...told.events.map((one) => one.at), ...told.asked.map((ask) => ask.at), ...read]);
      for (const instant of instantsIn(digest)) expect(instants.has(instant)).toBe(true);
      expect(digest.latestAt).toBe(instants.size === 0 ? null : Math.max(...instants));
    }),
    RUNS,
  );
});

test('taking events and answers away never makes a statement', () => {
  const both = anyTimeline.chain((told) => record({ told: constantFrom(told), part: partOf(told) }));
  assert(
    property(both, ({ told, part }) => {
      const whole = foldAll(told);
      const less = foldAll(part);
      if (whole.notice === null) expect(less.notice).toBeNull();
      if (whole.seized === null) expect(less.seized).toBeNull();
      // A copy told by an unlisted source is not heard beside the carrier's notice: without that, it is.
      const noticed = whole.notice !== null || whole.unpaid !== null || whole.paidAt !== null;
      if (whole.duplicate === null && !noticed) expect(less.duplicate).toBeNull();
      // A hold may have been lifted and a payment have come by what is taken away; that there ever was one stays known.
      if (whole.firstHoldAt === null) expect([less.firstHoldAt, less.hold]).toEqual([null, null]);
      if (whole.unpaid === null && whole.paidAt === null) expect(less.unpaid).toBeNull();
      if (whole.knownAt === null) expect(less.knownAt).toBeNull();
      expect(less.events).toBeLessThanOrEqual(whole.events);
    }),
    RUNS,
  );
});

test('what a person writes and answers is hearsay and changes nothing else', () => {
  assert(
    property(anyTimeline, anyTimeline, (told, written) => {
      const source = 'customer note';
      const persons = written.events.map((one) => ({ ...one, source, hash: `note of ${one.hash}` }));
      const asked = [...told.asked, ...written.asked.map((ask) => ({ ...ask, source }))];
      const { firstAt, latestAt, hearsayAt, ...rest } = foldAll({ events: [...told.events, ...persons], asked });
      expect({ ...foldAll(told), firstAt, latestAt, hearsayAt }).toEqual({ ...rest, firstAt, latestAt, hearsayAt });
    }),
    RUNS,
  );
});

const ZIPS = ['07102', '90058', '85004', '96819', '00926', '99501', '99701', '60601', '33101'];
const anyScan = record({ hour: integer({ min: 0, max: 60 }), zip: constantFrom(...ZIPS) }).map(({ hour, zip }) =>
  event({ at: at(1, hour), code: '10', zip }),
);

test('the hardest leap is the one an airliner would lack the most time for, of all pairs of scans', () => {
  assert(
    property(array(anyScan, { minLength: 2, maxLength: 8 }), (scans) => {
      const { leap, located } = fold(scans);
      const lacks = scans.flatMap((from) =>
        scans.flatMap((to) => {
          const miles = codes.miles(from.zip ?? '', to.zip ?? '');
          const hours = Math.abs(to.at - from.at) / HOUR_MS;
          return miles === null || miles < 100 || miles < 200 * hours ? [] : [miles / 550 - hours];
        }),
      );
      expect(located).toBe(new Set(scans.map((scan) => `${scan.at} ${scan.zip}`)).size);
      if (leap === null) return expect(lacks).toEqual([]);
      const lack = leap.miles / 550 - (leap.to.at - leap.from.at) / HOUR_MS;
      expect(lack).toBeCloseTo(Math.max(...lacks), 2);
      expect(leap.to.at).toBeGreaterThanOrEqual(leap.from.at);
      expect(Math.min(leap.fromScans, leap.toScans)).toBeGreaterThanOrEqual(1);
    }),
    RUNS,
  );
});

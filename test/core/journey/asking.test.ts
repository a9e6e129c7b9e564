/** When a parcel is asked about again: never in the past, never when it is dead, and of a suspected vendor never later. */
import fc from 'fast-check';
import {
  type LastAsk,
  type Watched,
  type Way,
  firstOf,
  nextAsking,
  turnsOf,
} from '../../../src/core/journey/asking.ts';
import { ASK_OUTCOMES } from '../../../src/core/journey/event.ts';
import { EMPTY_DIGEST } from '../../../src/core/journey/digest.ts';
import { LABEL_KINDS } from '../../../src/core/label/label.ts';
import { DAY_MS, HOUR_MS, addDays, formatInstant, startOfDay } from '../../../src/core/units/day.ts';
import { aScan, aStatement } from '../../support/judge.ts';

const MAILED = '2026-11-10';
const MAILED_AT = startOfDay(MAILED);
const label: Watched = { kind: 'outbound', live: true, mailingDay: MAILED, suspected: false };
const unknown: Way = EMPTY_DIGEST;

const scanAt = (at: number) => aScan(at);
const statementAt = (at: number) => aStatement(at, 'held');
const lastAsk = (at: number, outcome: LastAsk['outcome'], failures = 0): LastAsk => ({ at, outcome, failures });
const after = (days: number, hours = 0) => MAILED_AT + days * DAY_MS + hours * HOUR_MS;

/** After how many hours it is asked again. */
function hoursUntil(watched: Watched, way: Way, last: LastAsk | null, now: number): number | null {
  const next = nextAsking(watched, way, last, now);
  return next === null ? null : (next.at - (last?.at ?? MAILED_AT)) / HOUR_MS;
}

describe('one source', () => {
  test('a new label is looked at in the evening of its day, of a suspected vendor at noon', () => {
    expect(formatInstant(nextAsking(label, unknown, null, after(0))?.at ?? 0)).toBe('2026-11-11T02:00:00Z');
    const suspected = nextAsking({ ...label, suspected: true }, unknown, null, after(0));
    expect(formatInstant(suspected?.at ?? 0)).toBe('2026-11-10T18:00:00Z');
  });

  test.each([
    { story: 'not found', way: unknown, day: 3, outcome: 'not_found', hours: 24 },
    { story: 'announced, no scan', way: { ...unknown, announcedAt: after(0) }, day: 3, outcome: 'answered', hours: 24 },
    { story: 'silent for weeks', way: { ...unknown, announcedAt: after(0) }, day: 15, outcome: 'answered', hours: 72 },
    { story: 'moving', way: { ...unknown, lastScan: scanAt(after(2)) }, day: 3, outcome: 'answered', hours: 36 },
    { story: 'moving slowly', way: { ...unknown, lastScan: scanAt(after(2)) }, day: 8, outcome: 'answered', hours: 72 },
    { story: 'held', way: { ...unknown, hold: statementAt(after(2)) }, day: 3, outcome: 'answered', hours: 4 },
    {
      story: 'held for long',
      way: { ...unknown, hold: statementAt(after(2)) },
      day: 7,
      outcome: 'answered',
      hours: 24,
    },
    { story: 'a notice', way: { ...unknown, notice: statementAt(after(2)) }, day: 3, outcome: 'withheld', hours: 4 },
    { story: 'withheld, in unknown words', way: unknown, day: 3, outcome: 'withheld', hours: 24 },
    { story: 'no access', way: unknown, day: 3, outcome: 'no_access', hours: 720 },
  ] as const)('$story: again after $hours hours', ({ way, day, outcome, hours }) => {
    expect(hoursUntil(label, way, lastAsk(after(day), outcome), after(day))).toBe(hours);
  });

  test.each([1, 2, 3, 4, 5, 6, 20])('after %d errors in a row it is tried again, doubling up to a day', (failures) => {
    const hours = hoursUntil(label, unknown, lastAsk(after(3), 'error', failures), after(3));
    expect(hours).toBe(Math.min(2 ** (failures - 1), 24));
  });

  test.each([
    { story: 'a return', watched: { ...label, kind: 'return' as const } },
    { story: 'a label paid on use', watched: { ...label, kind: 'pay_on_use' as const } },
    { story: 'a label taken back', watched: { ...label, live: false } },
  ])('$story is asked about once a week', ({ watched }) => {
    expect(hoursUntil(watched, unknown, lastAsk(after(3), 'not_found'), after(3))).toBe(168);
  });

  test('a return that is scanned is on its way like any other', () => {
    const way = { ...unknown, lastScan: scanAt(after(2)) };
    expect(hoursUntil({ ...label, kind: 'return' }, way, lastAsk(after(3), 'answered'), after(3))).toBe(36);
  });

  test.each([
    { story: 'delivered', way: { ...unknown, delivered: scanAt(after(4)) } },
    { story: 'returned', way: { ...unknown, returnedAt: after(4) } },
    { story: 'seized', way: { ...unknown, seized: statementAt(after(4)) } },
  ])('$story: never again', ({ way }) => expect(nextAsking(label, way, null, after(5))).toBeNull());

  test('nothing new for 45 days, or 120 days after mailing: never again', () => {
    expect(nextAsking(label, unknown, lastAsk(after(40), 'not_found'), after(40))).not.toBeNull();
    expect(nextAsking(label, unknown, lastAsk(after(42), 'not_found'), after(42))).toBeNull();
    const scanned = { ...unknown, lastScan: scanAt(after(100)) };
    expect(nextAsking(label, scanned, lastAsk(after(110), 'answered'), after(110))).not.toBeNull();
    expect(nextAsking(label, scanned, lastAsk(after(118), 'answered'), after(118))).toBeNull();
  });

  test('what another source answered counts as asked; that it gave no access does not', () => {
    const told = { ...unknown, lastOutcome: 'answered' as const, lastAskedAt: after(2) };
    expect(nextAsking(label, told, null, after(2))?.at).toBe(after(3));
    const refused = { ...unknown, lastOutcome: 'no_access' as const, lastAskedAt: after(2) };
    expect(nextAsking(label, refused, null, after(2))?.at).toBe(after(2));
  });

  test('what is pressing goes first', () => {
    const place = (way: Way, over: Partial<Watched> = {}, last: LastAsk | null = lastAsk(after(3), 'answered')) =>
      nextAsking({ ...label, ...over }, way, last, after(5))?.priority ?? 0;
    const held = { ...unknown, hold: statementAt(after(2)) };
    const moving = { ...unknown, lastScan: scanAt(after(2)) };
    const order = [
      place(held, { suspected: true }),
      place(held),
      place(unknown, { suspected: true }, null),
      place(unknown, {}, null),
      place(unknown, { suspected: true }),
      place(unknown),
      place(moving, { suspected: true }),
      place(moving),
      place(unknown, { kind: 'return' }),
    ];
    expect(order).toEqual([...new Set(order)].toSorted((a, b) => a - b));
    // A label of last month that comes in late does not keep one of today waiting.
    const late = nextAsking({ ...label, mailingDay: addDays(MAILED, -20) }, unknown, null, after(5));
    expect(late?.priority).toBeGreaterThan(place(unknown, {}, null));
  });
});

describe('several sources', () => {
  const asked = (...entries: [string, LastAsk][]) => ({ watched: label, way: unknown, asked: new Map(entries) });
  const sources = ['usps', '17track'];

  test('the first is asked, the other waits', () => {
    const { first, next } = turnsOf(sources, asked(), after(2));
    expect(first).toBe('usps');
    expect(next.get('usps')?.at).toBe(after(2));
    expect(next.get('17track')?.at).toBe(after(5));
  });

  test('one that gives no access, or keeps failing, leaves it to the next', () => {
    const refused = turnsOf(sources, asked(['usps', lastAsk(after(2), 'no_access')]), after(2));
    expect(refused.first).toBe('17track');
    expect(refused.next.get('usps')?.at).toBe(after(32));
    expect(refused.next.get('17track')?.at).toBe(after(2));
    expect(firstOf(sources, new Map([['usps', lastAsk(after(2), 'error', 2)]]))).toBe('usps');
    expect(firstOf(sources, new Map([['usps', lastAsk(after(2), 'error', 3)]]))).toBe('17track');
  });

  test('what all refuse is left alone for a month', () => {
    const no = lastAsk(after(2), 'no_access');
    const { first, next } = turnsOf(sources, asked(['usps', no], ['17track', no]), after(2));
    expect(first).toBeNull();
    expect([...next.values()].map((each) => each?.at)).toEqual([after(32), after(32)]);
  });
});

describe('whatever is known', () => {
  const instant = fc.integer({ min: -30 * 24, max: 130 * 24 }).map((hours) => MAILED_AT + hours * HOUR_MS);
  const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null });
  const statement = maybe(instant.map(statementAt));
  const ways: fc.Arbitrary<Way> = fc.record({
    announcedAt: maybe(instant),
    lastScan: maybe(instant.map(scanAt)),
    delivered: fc.option(instant.map(scanAt), { nil: null, freq: 5 }),
    returnedAt: fc.option(instant, { nil: null, freq: 5 }),
    notice: statement,
    hold: statement,
    seized: fc.constant(null),
    lastOutcome: maybe(fc.constantFrom(...ASK_OUTCOMES)),
    lastAskedAt: maybe(instant),
  });
  const lasts = maybe(
    fc.record({ at: instant, outcome: fc.constantFrom(...ASK_OUTCOMES), failures: fc.integer({ min: 0, max: 50 }) }),
  );
  const watched = fc.record({
    kind: fc.constantFrom(...LABEL_KINDS),
    live: fc.boolean(),
    mailingDay: fc.integer({ min: -5, max: 40 }).map((days) => addDays(MAILED, days)),
    suspected: fc.boolean(),
  });

  test('the next time is never before now, and its place is one of the places', () => {
    fc.assert(
      fc.property(watched, ways, lasts, instant, (parcel, way, last, now) => {
        const next = nextAsking(parcel, way, last, now);
        if (next === null) return;
        expect(next.at).toBeGreaterThanOrEqual(now);
        expect(next.priority).toBeGreaterThan(1);
      }),
    );
  });

  test('a parcel of a suspected vendor never waits longer, nor stands further back, than the same of another', () => {
    fc.assert(
      fc.property(watched, ways, lasts, instant, (parcel, way, last, now) => {
        const other = nextAsking({ ...parcel, suspected: false }, way, last, now);
        const suspected = nextAsking({ ...parcel, suspected: true }, way, last, now);
        if (other === null) return;
        expect(suspected?.at).toBeLessThanOrEqual(other.at);
        expect(suspected?.priority).toBeLessThan(other.priority);
      }),
    );
  });

  test('the dead are never asked', () => {
    fc.assert(
      fc.property(watched, ways, lasts, fc.integer({ min: 0, max: 400 }), (parcel, way, last, days) => {
        const mailed = startOfDay(parcel.mailingDay);
        const now = mailed + 120 * DAY_MS + days * DAY_MS;
        expect(nextAsking(parcel, way, last, now)).toBeNull();
        const quiet = { ...way, announcedAt: null, lastScan: null, notice: null, hold: null };
        expect(nextAsking(parcel, quiet, last, mailed + 45 * DAY_MS + days * HOUR_MS)).toBeNull();
      }),
    );
  });

  test('of several sources no more than one is asked at a time, those that failed apart', () => {
    const sources = ['a', 'b', 'c'];
    const asked = fc.dictionary(
      fc.constantFrom(...sources),
      lasts.filter((last) => last !== null),
    );
    fc.assert(
      fc.property(watched, ways, asked, instant, (parcel, way, known, now) => {
        const before = new Map(Object.entries(known));
        const { first, next } = turnsOf(sources, { watched: parcel, way, asked: before }, now);
        const due = sources.filter((each) => (next.get(each)?.at ?? Infinity) <= now);
        const sound = due.filter((each) => firstOf([each], before) !== null);
        expect(sound.filter((each) => each !== first)).toEqual([]);
      }),
    );
  });
});

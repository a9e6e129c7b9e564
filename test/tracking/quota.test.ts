/** The arithmetic of a quota, and of pauses: no window ever holds more than it may, and no more is waited than need be. */
import fc from 'fast-check';
import { Catalog } from '../../src/catalog/catalog.ts';
import { projectRoot } from '../../src/platform/config.ts';
import { freeAt, longestWindowMs, withRaised } from '../../src/tracking/quota.ts';
import { LONGEST_PAUSE_MS, MOST_TRIES, pauseAfter, retryAfter } from '../../src/tracking/retry.ts';

const windows = fc.array(
  fc.record({ calls: fc.integer({ min: 1, max: 8 }), seconds: fc.integer({ min: 1, max: 60 }) }),
  { minLength: 1, maxLength: 3 },
);
/** When somebody wants to call, how long a call takes, and when within that time it is noticed over there (0 to 1). */
const wishes = fc.array(
  fc.record({
    pauseMs: fc.integer({ min: 0, max: 5_000 }),
    takesMs: fc.integer({ min: 0, max: 8_000 }),
    noticed: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { maxLength: 60 },
);

/** Makes the calls as early as the quota allows; the instants at which they are noticed over there. */
function make(
  quota: { calls: number; seconds: number }[],
  wanted: { pauseMs: number; takesMs: number; noticed: number }[],
) {
  const over: number[] = [];
  const noticedAt: number[] = [];
  let now = 1_000_000;
  for (const { pauseMs, takesMs, noticed } of wanted) {
    now = freeAt(over, quota, now + pauseMs);
    noticedAt.push(now + Math.round(takesMs * noticed));
    now += takesMs;
    over.push(now);
  }
  return { over, noticedAt };
}

test('no window ever holds more than its limit, whenever within a call it is noticed', () => {
  fc.assert(
    fc.property(windows, wishes, (quota, wanted) => {
      const { noticedAt } = make(quota, wanted);
      for (const { calls, seconds } of quota) {
        for (const from of noticedAt) {
          const within = noticedAt.filter((at) => at >= from && at <= from + seconds * 1000);
          expect(within.length).toBeLessThanOrEqual(calls);
        }
      }
    }),
  );
});

test('one more call is never allowed earlier than the windows have room, nor kept waiting when they have', () => {
  fc.assert(
    fc.property(windows, wishes, fc.integer({ min: 0, max: 100_000 }), (quota, wanted, pause) => {
      const { over } = make(quota, wanted);
      const now = (over.at(-1) ?? 0) + pause;
      const free = freeAt(over, quota, now);
      const fits = (at: number) =>
        quota.every(({ calls, seconds }) => over.filter((each) => each >= at - seconds * 1000).length < calls);
      expect(fits(free)).toBe(true);
      if (free > now) expect(fits(free - 1)).toBe(false);
    }),
  );
});

test('calls older than the longest window make no difference', () => {
  fc.assert(
    fc.property(windows, wishes, (quota, wanted) => {
      const { over } = make(quota, wanted);
      const now = over.at(-1) ?? 0;
      const young = over.filter((at) => at > now - longestWindowMs(quota));
      expect(freeAt(young, quota, now)).toBe(freeAt(over, quota, now));
    }),
  );
});

test('a clock that was set back forgets nothing', () => {
  expect(freeAt([5_000_000], [{ calls: 1, seconds: 60 }], 1_000_000)).toBe(5_060_001);
});

test('a raised quota raises the burst in proportion, a lowered one keeps a call', () => {
  const usual = [
    { calls: 60, seconds: 3600 },
    { calls: 5, seconds: 60 },
  ];
  expect(withRaised(usual, 600)).toEqual([
    { calls: 600, seconds: 3600 },
    { calls: 50, seconds: 60 },
  ]);
  expect(withRaised(usual, 6)).toEqual([
    { calls: 6, seconds: 3600 },
    { calls: 1, seconds: 60 },
  ]);
});

test('what is published: USPS by the hour and the minute, 17TRACK by the second', () => {
  const { providers, published } = new Catalog(projectRoot());
  expect(providers.usps.windows).toEqual([
    { calls: 60, seconds: 3600 },
    { calls: 5, seconds: 60 },
  ]);
  expect(providers['17track'].windows).toEqual([{ calls: 3, seconds: 1 }]);
  // What we have followed as a number of USPS is read as one.
  expect(published.errors.track17.carriers).toContain(providers['17track'].uspsCarrier);
});

describe('pauses', () => {
  const now = Date.parse('2026-11-10T00:00:00Z');

  test.each([
    ['0', 0],
    ['120', 120_000],
    [' 5 ', 5_000],
    ['Tue, 10 Nov 2026 00:01:00 GMT', 60_000],
    ['Mon, 09 Nov 2026 23:59:00 GMT', 0],
    ['soon', null],
    ['-5', null],
    ['1.5', null],
    ['2026-11-10', null],
    ['', null],
    [null, null],
  ])('Retry-After: %s', (header, ms) => expect(retryAfter(header, now)).toBe(ms === null ? null : now + ms));

  test('grow, and are spread', () => {
    for (let tries = 1; tries < MOST_TRIES; tries += 1) {
      expect(pauseAfter(tries, 0)).toBe(500 * 2 ** (tries - 1));
      expect(pauseAfter(tries, 1)).toBe(1000 * 2 ** (tries - 1));
      expect(pauseAfter(tries, 1)).toBeLessThanOrEqual(LONGEST_PAUSE_MS);
    }
  });
});

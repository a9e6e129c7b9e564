/** Numbers that are sold anew: which events belong to which of their purchases. */
import { array, assert, integer, property } from 'fast-check';
import { haveSeveralLives, isWithin, lifeAt, livesOf } from '../../../src/core/journey/lives.ts';
import { DAY_MS, type Instant } from '../../../src/core/units/day.ts';

const UNIQUE_DAYS = 120;
const FIRST = Date.UTC(2026, 0, 1);

function day(count: number): Instant {
  return FIRST + count * DAY_MS;
}

/** The purchase, by its place among them, whose life an instant belongs to; null = none of them. */
function lifeOf(at: Instant, purchases: readonly Instant[]): number | null {
  const found = livesOf(purchases, UNIQUE_DAYS).findIndex((life) => isWithin(at, life));
  return found === -1 ? null : found;
}

describe('the lives of a number', () => {
  test('without a purchase there are none', () => {
    expect(livesOf([], UNIQUE_DAYS)).toEqual([]);
    expect(haveSeveralLives([], day(0))).toBe(false);
  });

  test('one purchase makes one, which begins before it and has no end', () => {
    expect(livesOf([day(0)], UNIQUE_DAYS)).toEqual([{ purchasedFrom: day(0), from: day(-120), until: null }]);
  });

  test.each([
    ['the same day', [0, 0], 1],
    ['119 days later', [0, 119], 1],
    ['exactly 120 days later', [0, 120], 1],
    ['121 days later', [0, 121], 2],
    ['four times, each within the time of the one before', [0, 100, 200, 300], 1],
    ['twice, and twice again a year after', [0, 10, 365, 400], 2],
    ['three times, a year between each', [0, 365, 730], 3],
    ['in any order', [365, 0, 400, 10], 2],
  ])('sold again %s', (_story, days, lives) => {
    expect(livesOf(days.map(day), UNIQUE_DAYS)).toHaveLength(lives);
  });

  test.each([
    ['scanned on the day of the first purchase', 0, 0],
    ['delivered a week after the first purchase', 7, 0],
    ['returned two months after the first purchase', 60, 0],
    ['scanned in the last third before the second purchase', 90, 1],
    ['scanned a week before the second purchase', 114, 1],
    ['scanned after the second purchase', 122, 1],
    ['scanned 119 days before the first purchase', -119, 0],
    ['scanned 121 days before the first purchase, in an earlier use', -121, null],
  ])('sold on day 0 and day 121: %s', (_story, at, life) => {
    expect(lifeOf(day(at), [day(0), day(121)])).toBe(life);
  });

  test('after a long time the days between belong to nobody but the last 120', () => {
    const purchases = [day(0), day(400)];
    expect(lifeOf(day(279), purchases)).toBe(0);
    expect(lifeOf(day(280), purchases)).toBe(1);
  });

  test('a purchase belongs to the last life that had begun', () => {
    const lives = livesOf([day(0), day(10), day(200)], UNIQUE_DAYS);
    expect([0, 10, 150, 200, 250].map((at) => lifeAt(day(at), lives))).toEqual([0, 0, 0, 1, 1]);
    expect(lifeAt(day(-1), lives)).toBe(-1);
  });

  test('events need telling apart where there are several, or one lies before the only one', () => {
    const one = livesOf([day(0)], UNIQUE_DAYS);
    expect(haveSeveralLives(one, null)).toBe(false);
    expect(haveSeveralLives(one, day(-120))).toBe(false);
    expect(haveSeveralLives(one, day(-121))).toBe(true);
    expect(haveSeveralLives(livesOf([day(0), day(121)], UNIQUE_DAYS), null)).toBe(true);
  });

  test('no instant belongs to two lives, a purchase to its own, and what follows the first life to some', () => {
    assert(
      property(array(integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 8 }), integer(), (days, any) => {
        const lives = livesOf(days.map(day), UNIQUE_DAYS);
        const at = day(any % 2500);
        const of = lives.filter((life) => isWithin(at, life));
        expect(of.length).toBe(at < (lives[0]?.from ?? 0) ? 0 : 1);
        for (const purchase of days.map(day)) {
          const life = lives[lifeAt(purchase, lives)];
          expect(life !== undefined && isWithin(purchase, life)).toBe(true);
        }
        expect(livesOf(days.toReversed().map(day), UNIQUE_DAYS)).toEqual(lives);
      }),
    );
  });
});

/** Days without a sale: which of them are a vendor's habit, and which may want a file. */
import fc from 'fast-check';
import { loadCalendar } from '../../../src/catalog/calendar.ts';
import { idleShare, longestGap } from '../../../src/core/facts/sold-days.ts';
import type { Period } from '../../../src/core/ledger/charge.ts';
import { type Day, addDays } from '../../../src/core/units/day.ts';
import { ROOT } from '../../support/rating.ts';

const calendar = loadCalendar(ROOT);
const FIRST = '2026-06-01';
const DAYS = 182;

/** Runs of the days on which something is sold, from Monday 1 June to the end of November. */
function soldWhere(isSold: (day: Day, place: number) => boolean): Period[] {
  const runs: Period[] = [];
  for (let place = 0; place < DAYS; place += 1) {
    const day = addDays(FIRST, place);
    if (!isSold(day, place)) continue;
    const last = runs.at(-1);
    if (last !== undefined && addDays(last.to, 1) === day) last.to = day;
    else runs.push({ from: day, to: day });
  }
  return runs;
}

const weekday = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay();
const isWeekend = (day: Day): boolean => weekday(day) === 0 || weekday(day) === 6;
const on = (day: Day): Period => ({ from: day, to: day });
const OCTOBER = { from: '2026-10-01', to: '2026-10-31' };
/** What charge-without-label asks for. */
const HABIT = 0.4;
const LABOR_DAY = '2026-09-07';

describe('the longest gap', () => {
  const sold = [
    { from: '2026-10-01', to: '2026-10-10' },
    { from: '2026-10-14', to: '2026-10-20' },
    { from: '2026-10-22', to: '2026-10-31' },
  ];
  test.each<[string, Period, number]>([
    ['is none on a day with sales', on('2026-10-10'), 0],
    ['is the whole of the one a day lies in', on('2026-10-11'), 3],
    ['is the one that its end touches', { from: '2026-10-09', to: '2026-10-11' }, 3],
    ['is the longest of several', OCTOBER, 3],
    ['is one day', { from: '2026-10-15', to: '2026-10-31' }, 1],
    ['is none before the first sale', { from: '2026-09-01', to: '2026-10-05' }, 0],
  ])('%s', (_story, time, days) => expect(longestGap(time, sold)).toBe(days));
  test('is none where nothing was sold', () => expect(longestGap(OCTOBER, [])).toBe(0));
});

describe('a day without a sale', () => {
  const weekdays = soldWhere((day) => !isWeekend(day) && !calendar.holidays.has(day));
  test('is a habit on weekends and holidays of who never sells on them', () => {
    expect(idleShare(OCTOBER, weekdays, calendar)).toBeGreaterThan(HABIT);
    expect(idleShare(on(LABOR_DAY), weekdays, calendar)).toBeGreaterThan(HABIT);
  });

  test('is none on a weekday of his', () => {
    const without = soldWhere((day) => !isWeekend(day) && day !== '2026-10-14');
    expect(idleShare(on('2026-10-14'), without, calendar)).toBeLessThan(HABIT);
    expect(idleShare(OCTOBER, without, calendar)).toBeLessThan(HABIT);
  });

  test('is none of who sells every day', () => {
    expect(
      idleShare(
        on('2026-10-17'),
        soldWhere((day) => day !== '2026-10-17'),
        calendar,
      ),
    ).toBeCloseTo(0, 10);
  });

  test('is a habit of who sells every third day', () => {
    expect(
      idleShare(
        OCTOBER,
        soldWhere((_, place) => place % 3 === 0),
        calendar,
      ),
    ).toBeGreaterThan(0.4);
  });

  test('is a habit of who sells every few days from his first month on', () => {
    const sold = ['01', '04', '06', '10', '12', '15', '19', '22', '26', '29'].map((date) => on(`2026-10-${date}`));
    expect(idleShare(on('2026-10-05'), sold, calendar)).toBeGreaterThan(HABIT);
  });

  test('is no habit because files of whole weeks are missing elsewhere, nor is any of those weeks', () => {
    const sold = [
      { from: '2026-06-01', to: '2026-06-30' },
      { from: '2026-09-01', to: '2026-09-15' },
      { from: '2026-09-17', to: '2026-09-30' },
    ];
    expect(idleShare(on('2026-09-16'), sold, calendar)).toBeCloseTo(0, 10);
    expect(idleShare(on('2026-07-15'), sold, calendar)).toBe(0);
    expect(longestGap(on('2026-07-15'), sold)).toBe(62);
  });

  test('is shown to be one by three others of its weekday, and not by two', () => {
    const weeks = (count: number): Period[] =>
      Array.from({ length: count }, (_, place) => addDays('2026-10-05', 7 * place)).map((monday) => ({
        from: monday,
        to: addDays(monday, 4),
      }));
    expect(idleShare(on('2026-10-10'), weeks(4), calendar)).toBeLessThan(HABIT);
    expect(idleShare(on('2026-10-10'), weeks(5), calendar)).toBeGreaterThan(HABIT);
  });

  test('is there or not as the gap says, and a longer time is never more of a habit', () => {
    const places = fc.uniqueArray(fc.nat(DAYS - 1), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(places, fc.nat(DAYS), fc.nat(40), (all, start, length) => {
        const sold = soldWhere((_, place) => all.includes(place));
        const time = { from: addDays(FIRST, start), to: addDays(FIRST, start + length) };
        const share = idleShare(time, sold, calendar);
        expect(share === null).toBe(longestGap(time, sold) === 0);
        const longer = idleShare({ ...time, to: addDays(time.to, 5) }, sold, calendar);
        if (share !== null) expect(longer).toBeLessThanOrEqual(share);
      }),
    );
  });

  test('is looked up among the days of the time alone, once the vendor has been counted', () => {
    const sold = soldWhere((day) => !isWeekend(day));
    let lookups = 0;
    const holidays = new Set(calendar.holidays);
    const counting = {
      ...calendar,
      holidays: Object.assign(holidays, {
        has(day: Day) {
          lookups += 1;
          return calendar.holidays.has(day);
        },
      }),
    };
    const [first, again] = [idleShare(OCTOBER, sold, counting), idleShare(on('2026-10-10'), sold, counting)];
    lookups = 0;
    expect(idleShare(on('2026-10-10'), sold, counting)).toBe(again);
    expect(lookups).toBe(1);
    expect(idleShare(OCTOBER, sold, counting)).toBe(first);
    expect(lookups).toBe(1 + 9);
  });

  test('is counted anew by another calendar, and of other runs', () => {
    const sold = soldWhere((day) => !isWeekend(day) && !calendar.holidays.has(day));
    const without = { ...calendar, holidays: new Set<Day>() };
    const usual = idleShare(on(LABOR_DAY), sold, calendar);
    expect(idleShare(on(LABOR_DAY), sold, without)).toBeLessThan(HABIT);
    expect(idleShare(on(LABOR_DAY), sold, calendar)).toBe(usual);
    expect(idleShare(on(LABOR_DAY), [...sold], calendar)).toBe(usual);
  });
});

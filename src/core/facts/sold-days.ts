/** Days between a vendor's sales on which nothing was sold: how many in a row, and whether they are his habit or want a file. */
import type { Period } from '../ledger/charge.ts';
import { wilsonInterval } from '../risk/wilson.ts';
import type { Calendar } from '../units/calendar.ts';
import { DAY_MS, type Day, addDays, dayOf, daysBetween, startOfDay } from '../units/day.ts';

/** Days without a sale that last as long are of every weekday, and tell the habit of none. */
const WEEK_DAYS = 7;

/** The gaps between runs of days with sales, in order, by the runs: lines by the thousand ask about one vendor. */
const gapsOf = new WeakMap<readonly Period[], readonly Period[]>();

function gapsBetween(sold: readonly Period[]): readonly Period[] {
  const known = gapsOf.get(sold);
  if (known !== undefined) return known;
  const gaps = sold.flatMap((next, place): Period[] => {
    const last = sold[place - 1];
    return last === undefined ? [] : [{ from: addDays(last.to, 1), to: addDays(next.from, -1) }];
  });
  gapsOf.set(sold, gaps);
  return gaps;
}

/** The gaps between the runs of days with sales that share a day with the time. */
function gapsIn(time: Period, sold: readonly Period[]): readonly Period[] {
  const gaps = gapsBetween(sold);
  const first = firstPlace(gaps, ({ to }) => to >= time.from);
  return gaps.slice(
    first,
    Math.max(
      first,
      firstPlace(gaps, ({ from }) => from > time.to),
    ),
  );
}

/** The place of the first for which it holds, of gaps for which it holds from some place on; their number where it holds for none. */
function firstPlace(gaps: readonly Period[], holds: (gap: Period) => boolean): number {
  let [low, high] = [0, gaps.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const gap = gaps[middle];
    if (gap !== undefined && holds(gap)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function lengthOf({ from, to }: Period): number {
  return daysBetween(from, to) + 1;
}

/** The most days in a row without a sale of which one is in the time, between days with sales; 0 = none is. */
export function longestGap(time: Period, sold: readonly Period[]): number {
  return gapsIn(time, sold).reduce((most, gap) => Math.max(most, lengthOf(gap)), 0);
}

/**
 * How usual the days of the time without a sale are: of the other days of their weekday, or of all others where that is more,
 * surely such a share had none. A lower bound, 0 to 1, of the least usual of them; null where there is none. Holidays count as Sundays.
 * A gap of a week is nobody's habit (0), and counts neither way for others.
 */
export function idleShare(time: Period, sold: readonly Period[], calendar: Calendar): number | null {
  const gaps = gapsIn(time, sold);
  if (gaps.length === 0) return null;
  if (gaps.some((gap) => lengthOf(gap) >= WEEK_DAYS)) return 0;
  const within = gaps.map(({ from, to }) => ({ from: later(from, time.from), to: earlier(to, time.to) }));
  const { ofAll, ofKind } = habitsOf(sold, calendar);
  const kinds = new Set(within.flatMap(daysOf).map((day) => kindOf(day, calendar)));
  return Math.max(ofAll, Math.min(...[...kinds].map((kind) => ofKind[kind] ?? 0)));
}

/** What share of the other days has no sale, surely: of all of them, and of those of each kind. */
interface Habits {
  ofAll: number;
  ofKind: readonly number[];
}

const habits = new WeakMap<readonly Period[], { calendar: Calendar; habits: Habits }>();

/** Counted once for a vendor's days, and not for each of his lines. */
function habitsOf(sold: readonly Period[], calendar: Calendar): Habits {
  const known = habits.get(sold);
  if (known?.calendar === calendar) return known.habits;
  const short = gapsBetween(sold).filter((gap) => lengthOf(gap) < WEEK_DAYS);
  const idle = countByKind(short, calendar);
  const all = countByKind([...short, ...sold], calendar);
  const counted = {
    ofAll: shareOfOthers(sum(idle), sum(all)),
    ofKind: idle.map((count, kind) => shareOfOthers(count, all[kind] ?? 0)),
  };
  habits.set(sold, { calendar, habits: counted });
  return counted;
}

/** Without the day itself, which is one of those without a sale. */
function shareOfOthers(idle: number, all: number): number {
  return idle === 0 ? 0 : wilsonInterval({ hits: idle - 1, cases: all - 1 }).lower;
}

function countByKind(periods: readonly Period[], calendar: Calendar): number[] {
  const counts = Array.from({ length: WEEK_DAYS }, () => 0);
  for (const day of periods.flatMap(daysOf)) {
    const kind = kindOf(day, calendar);
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function daysOf(period: Period): Day[] {
  const start = startOfDay(period.from);
  return Array.from({ length: lengthOf(period) }, (_, place) => dayOf(start + place * DAY_MS));
}

/** 0 = Sunday or holiday, to 6 = Saturday. */
function kindOf(day: Day, { holidays }: Calendar): number {
  return holidays.has(day) ? 0 : new Date(startOfDay(day)).getUTCDay();
}

function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}

function earlier(a: Day, b: Day): Day {
  return a < b ? a : b;
}

/** Days between a vendor's sales on which nothing was sold: how many in a row, and whether they are his habit or want a file. */
import type { Period } from '../ledger/charge.ts';
import { wilsonInterval } from '../risk/wilson.ts';
import type { Calendar } from '../units/calendar.ts';
import { DAY_MS, type Day, addDays, dayOf, daysBetween, startOfDay } from '../units/day.ts';

/** Days without a sale that last as long are of every weekday, and tell the habit of none. */
const WEEK_DAYS = 7;

/** The gaps between the runs of days with sales that share a day with the time. */
function gapsIn(time: Period, sold: readonly Period[]): Period[] {
  return sold.flatMap((next, place) => {
    const last = sold[place - 1];
    if (last === undefined || last.to >= time.to || next.from <= time.from) return [];
    return [{ from: addDays(last.to, 1), to: addDays(next.from, -1) }];
  });
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
  const [first, last] = [sold[0], sold.at(-1)];
  if (gaps.length === 0 || first === undefined || last === undefined) return null;
  if (gaps.some((gap) => lengthOf(gap) >= WEEK_DAYS)) return 0;
  const kindsOf = (periods: readonly Period[]): number[] => periods.flatMap(daysOf).map((day) => kindOf(day, calendar));
  const within = kindsOf(gaps.map(({ from, to }) => ({ from: later(from, time.from), to: earlier(to, time.to) })));
  const short = gapsIn({ from: first.from, to: last.to }, sold).filter((gap) => lengthOf(gap) < WEEK_DAYS);
  const idle = kindsOf(short);
  const all = [...idle, ...kindsOf(sold)];
  const ofAll = shareOfOthers(idle.length, all.length);
  const ofKinds = [...new Set(within)].map((kind) => shareOfOthers(count(kind, idle), count(kind, all)));
  return Math.max(ofAll, Math.min(...ofKinds));
}

/** Without the day itself, which is one of those without a sale. */
function shareOfOthers(idle: number, all: number): number {
  return wilsonInterval({ hits: idle - 1, cases: all - 1 }).lower;
}

function count(kind: number, kinds: readonly number[]): number {
  return kinds.filter((other) => other === kind).length;
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

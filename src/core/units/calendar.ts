/** The USPS business calendar: Monday to Saturday count, Sundays and the listed holidays do not. */
import { DAY_MS, type Day, addDays, startOfDay } from './day.ts';

export interface Calendar {
  /** Days without regular delivery, 'YYYY-MM-DD'. */
  holidays: ReadonlySet<Day>;
  /** The years the list of holidays covers, inclusive; outside them the calendar cannot answer. */
  firstYear: number;
  lastYear: number;
}

/** Whether USPS works on the day; null when the calendar does not cover its year. */
export function isBusinessDay(day: Day, calendar: Calendar): boolean | null {
  if (!isCovered(day, calendar)) return null;
  return new Date(startOfDay(day)).getUTCDay() !== 0 && !calendar.holidays.has(day);
}

/** The day `count` business days after `day` (the day itself is day zero); null when the calendar runs out. */
export function addBusinessDays(day: Day, count: number, calendar: Calendar): Day | null {
  let current = day;
  let left = count;
  while (left > 0) {
    current = addDays(current, 1);
    const working = isBusinessDay(current, calendar);
    if (working === null) return null;
    if (working) left -= 1;
  }
  return current;
}

/** Business days after `after` and up to `upTo`, inclusive; 0 when `upTo` is not later, null when the calendar runs out. */
export function businessDaysAfter(after: Day, upTo: Day, calendar: Calendar): number | null {
  if (upTo <= after) return 0;
  if (!isCovered(after, calendar) || !isCovered(upTo, calendar)) return null;
  const first = startOfDay(after) / DAY_MS;
  const last = startOfDay(upTo) / DAY_MS;
  let count = last - first - (sundaysUpTo(last) - sundaysUpTo(first));
  for (const holiday of calendar.holidays) {
    if (holiday > after && holiday <= upTo && new Date(startOfDay(holiday)).getUTCDay() !== 0) count -= 1;
  }
  return count;
}

function isCovered(day: Day, { firstYear, lastYear }: Calendar): boolean {
  const year = Number(day.slice(0, 4));
  return year >= firstYear && year <= lastYear;
}

/** Sundays from 1970-01-01, a Thursday, up to a day given as days since then. */
function sundaysUpTo(day: number): number {
  return Math.floor((day + 4) / 7);
}

/** The USPS business calendar: Monday to Saturday count, Sundays and the listed holidays do not. */
import { type Day, addDays, startOfDay } from './day.ts';

export interface Calendar {
  /** Days without regular delivery, 'YYYY-MM-DD'. */
  holidays: ReadonlySet<Day>;
  /** The years the list of holidays covers, inclusive; outside them the calendar cannot answer. */
  firstYear: number;
  lastYear: number;
}

/** Whether USPS works on the day; null when the calendar does not cover its year. */
export function isBusinessDay(day: Day, calendar: Calendar): boolean | null {
  const year = Number(day.slice(0, 4));
  if (year < calendar.firstYear || year > calendar.lastYear) return null;
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

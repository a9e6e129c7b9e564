/** Days are 'YYYY-MM-DD' text without a clock; instants are milliseconds since 1970 in UTC. The core never reads a clock. */

/** A calendar day, 'YYYY-MM-DD'. Days compare correctly as text. */
export type Day = string;
/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const timePattern =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** The day if the text is a real calendar day, else null ("2026-02-30" is not). */
export function parseDay(text: string): Day | null {
  const match = dayPattern.exec(text);
  if (!match) return null;
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return new Date(ms).toISOString().slice(0, 10) === text ? text : null;
}

/** What a written time says: always a day; an instant only when a time of day and its zone are both written. */
export interface WrittenTime {
  /** The day as written, before any conversion to UTC. */
  day: Day;
  instant: Instant | null;
  precision: 'instant' | 'zoneless' | 'day';
}

/** Reads an ISO 8601 day or time, with or without an offset; null when it is neither or does not exist. */
export function parseWrittenTime(text: string): WrittenTime | null {
  const match = timePattern.exec(text);
  if (!match) return null;
  const [, dayText = '', hour, minute, second = '0', fraction = '', zone] = match;
  const day = parseDay(dayText);
  if (day === null) return null;
  if (hour === undefined) return { day, instant: null, precision: 'day' };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  if (zone === undefined) return { day, instant: null, precision: 'zoneless' };
  const offsetMs = parseOffset(zone);
  if (offsetMs === null) return null;
  const millis = Math.floor(Number(`0.${fraction || '0'}`) * 1000);
  const local = startOfDay(day) + Number(hour) * HOUR_MS + Number(minute) * 60_000 + Number(second) * 1000 + millis;
  return { day, instant: local - offsetMs, precision: 'instant' };
}

function parseOffset(zone: string): number | null {
  if (zone === 'Z' || zone === 'z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', '') || '0');
  if (hours > 14 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** Midnight UTC of a day. */
export function startOfDay(day: Day): Instant {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)));
}

/** Days written before, by their number since 1970; files of whatever days cannot make the memory grow beyond. */
const writtenDays = new Map<number, Day>();
const MOST_WRITTEN = 10_000;

/** The UTC day an instant falls on. Throws a RangeError for what is no instant. */
export function dayOf(instant: Instant): Day {
  const number = Math.floor(Math.trunc(instant) / DAY_MS);
  const written = writtenDays.get(number);
  if (written !== undefined) return written;
  const day = new Date(instant).toISOString().slice(0, 10);
  if (writtenDays.size >= MOST_WRITTEN) writtenDays.clear();
  writtenDays.set(number, day);
  return day;
}

/** The day `days` later (earlier when negative). */
export function addDays(day: Day, days: number): Day {
  return dayOf(startOfDay(day) + days * DAY_MS);
}

/** The Monday of the ISO week the day lies in. */
export function mondayOf(day: Day): Day {
  const sinceMonday = (new Date(startOfDay(day)).getUTCDay() + 6) % 7;
  return addDays(day, -sinceMonday);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((startOfDay(to) - startOfDay(from)) / DAY_MS);
}

/** An instant as ISO 8601 text in UTC, without milliseconds when they are zero. */
export function formatInstant(instant: Instant): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}

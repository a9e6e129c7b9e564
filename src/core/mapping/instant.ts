/** The shortest way to read the commonest written instants; files hold millions of them on a few hundred days. */
import { DAY_MS, type Day, type Instant, dayOf, parseDay, startOfDay } from '../units/day.ts';

/** Days outside these years are slips of the pen, and not every database can store them. */
export const FIRST_YEAR = '1990';
export const LAST_YEAR = '2100';

/** Midnights by day text; NaN = no day. Days are few; the bound only keeps a hostile file from filling the memory. */
const midnights = new Map<string, number>();
const MAX_DAYS = 20_000;
/** Day texts by number of days since 1970. */
const dayTexts = new Map<number, Day>();
const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/** Whether a day may be meant. */
export function isBelievable(day: Day): boolean {
  return day >= FIRST_YEAR && day < LAST_YEAR;
}

/**
 * The instant of "2026-11-05T14:30:00Z" or "2026-11-05T14:30:00-05:00"; null for every other way to write a time, and
 * for times that do not exist. Agrees with `parseWrittenTime` wherever it answers.
 */
export function parseInstantFast(text: string): Instant | null {
  const { length } = text;
  if ((length !== 20 && length !== 25) || text.charCodeAt(10) !== 84) return null;
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return null;
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  if (!(hour < 24 && minute < 60 && second < 60)) return null;
  const offset = length === 20 ? (text.charCodeAt(19) === 90 ? 0 : Number.NaN) : offsetMinutes(text);
  const midnight = midnightOf(text.slice(0, 10));
  const instant = midnight + ((hour * 60 + minute - offset) * 60 + second) * 1000;
  return Number.isNaN(instant) ? null : instant;
}

/** An instant as ISO 8601 text in UTC, with milliseconds only where there are any. */
export function formatInstant(instant: Instant): string {
  const day = Math.floor(instant / DAY_MS);
  const millis = instant - day * DAY_MS;
  const seconds = Math.floor(millis / 1000);
  const minutes = Math.floor(seconds / 60);
  const time = `${TWO_DIGITS[Math.floor(minutes / 60)]}:${TWO_DIGITS[minutes % 60]}:${TWO_DIGITS[seconds % 60]}`;
  const fraction = millis % 1000 === 0 ? '' : `.${String(millis % 1000).padStart(3, '0')}`;
  return `${dayTextOf(day)}T${time}${fraction}Z`;
}

function dayTextOf(number: number): Day {
  const known = dayTexts.get(number);
  if (known !== undefined) return known;
  const text = dayOf(number * DAY_MS);
  if (dayTexts.size < MAX_DAYS) dayTexts.set(number, text);
  return text;
}

function offsetMinutes(text: string): number {
  const sign = text.charCodeAt(19);
  if ((sign !== 43 && sign !== 45) || text.charCodeAt(22) !== 58) return Number.NaN;
  const hours = twoDigits(text, 20);
  const minutes = twoDigits(text, 23);
  if (!(hours <= 14 && minutes < 60)) return Number.NaN;
  return sign === 45 ? -(hours * 60 + minutes) : hours * 60 + minutes;
}

/** Two digits as a number; NaN for anything else. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** The day of "2026-11-05" if it exists and is believable; null for everything else. */
export function parseDayFast(text: string): Day | null {
  return text.length === 10 && !Number.isNaN(midnightOf(text)) ? text : null;
}

function midnightOf(dayText: string): number {
  const known = midnights.get(dayText);
  if (known !== undefined) return known;
  const day = parseDay(dayText);
  const midnight = day === null || !isBelievable(day) ? Number.NaN : startOfDay(day);
  if (midnights.size < MAX_DAYS) midnights.set(dayText, midnight);
  return midnight;
}

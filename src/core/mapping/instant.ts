/** The shortest way to read the commonest written instants; files hold millions of them on a few hundred days. */
import { type Day, type Instant, parseDay, startOfDay } from '../units/day.ts';

/** Days outside these years are slips of the pen, and not every database can store them. */
export const FIRST_YEAR = '1990';
export const LAST_YEAR = '2100';

/** Midnights by day text. Days are few; the bound only keeps a hostile file from filling the memory. */
const midnights = new Map<string, number>();
const MAX_DAYS = 20_000;

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

function midnightOf(dayText: string): number {
  const known = midnights.get(dayText);
  if (known !== undefined) return known;
  const day = parseDay(dayText);
  const midnight = day === null || !isBelievable(day) ? Number.NaN : startOfDay(day);
  if (midnights.size < MAX_DAYS) midnights.set(dayText, midnight);
  return midnight;
}

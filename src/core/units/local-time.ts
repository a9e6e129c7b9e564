/** Times as a clock on the wall showed them, and the instants they were: an IANA zone makes one of the other. */
import { DAY_MS, type Instant, parseWrittenTime } from './day.ts';

/** 'YYYY-MM-DD', with or without 'Thh:mm' or 'Thh:mm:ss' behind it: where it was written is not said. */
export type LocalTime = string;

/**
 * The milliseconds that would lie between 1970 and the written time if its clock ran on UTC: local times compare by it. A
 * day alone is its midnight. Null for what is no local time.
 */
export function wallClock(written: LocalTime): number | null {
  const time = parseWrittenTime(written);
  if (time === null || time.precision === 'instant') return null;
  return parseWrittenTime(time.precision === 'day' ? `${time.day}T00:00Z` : `${written}Z`)?.instant ?? null;
}

/**
 * The instant at which clocks of the zone showed the written time. An hour that clocks skip is read as if they had not been
 * put forward yet, and of an hour that they show twice the first is taken. Null for what is no local time; throws a
 * RangeError for a zone that does not exist.
 */
export function localInstant(written: LocalTime, zone: string): Instant | null {
  const wall = wallClock(written);
  if (wall === null) return null;
  const before = offsetAt(wall - DAY_MS, zone);
  const early = wall - before;
  if (offsetAt(early, zone) === before) return early;
  const late = wall - offsetAt(wall + DAY_MS, zone);
  return offsetAt(late, zone) === wall - late ? late : early;
}

/** One a zone: they are slow to make. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** How far the zone's clocks are ahead of UTC at that instant, in milliseconds. */
function offsetAt(instant: Instant, zone: string): number {
  let clock = clocks.get(zone);
  if (clock === undefined) clocks.set(zone, (clock = clockOf(zone)));
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of clock.formatToParts(instant)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const two = '2-digit';
  const fields = { year: 'numeric', month: two, day: two, hour: two, minute: two, second: two } as const;
  return new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...fields });
}

/** Instants as people read them, in a named time zone. */
import type { Instant } from '../core/units/day.ts';

export type InstantText = (instant: Instant) => string;

/**
 * A writer of instants in the zone: "2026-12-01 06:00". Making one is slow, using it is not.
 * Throws a RangeError for a zone the runtime does not know.
 */
export function instantTextIn(timeZone: string): InstantText {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (instant) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
    return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
  };
}

/** Days on which something happened to the parcels of many vendors at once: then it is no vendor's doing. */
import { type Day, addDays } from '../units/day.ts';

/** How many parcels of a vendor something happened to on a day; a day without any is not listed. */
export interface DailyCount {
  vendor: string;
  day: Day;
  count: number;
}

export interface SurgeLimits {
  /** So many vendors must stand out on the day. */
  vendors: number;
  /** A vendor stands out with more than so many times his median a day. */
  ratio: number;
  /** The median is taken over so many days before; under one it counts as one. */
  windowDays: number;
}

/** The days on which enough vendors stand out, each with the counts of all vendors that do, by vendor. */
export function surgeDays(counts: readonly DailyCount[], limits: SurgeLimits): Map<Day, DailyCount[]> {
  const byVendor = new Map<string, Map<Day, number>>();
  for (const { vendor, day, count } of counts) {
    const days = byVendor.get(vendor) ?? new Map<Day, number>();
    byVendor.set(vendor, days.set(day, count));
  }
  const standingOut = new Map<Day, DailyCount[]>();
  for (const [vendor, days] of [...byVendor].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const [day, count] of days) {
      const usual = Math.max(1, medianBefore(day, days, limits.windowDays));
      if (count <= limits.ratio * usual) continue;
      standingOut.set(day, [...(standingOut.get(day) ?? []), { vendor, day, count }]);
    }
  }
  return new Map([...standingOut].filter(([, vendors]) => vendors.length >= limits.vendors));
}

function medianBefore(day: Day, days: ReadonlyMap<Day, number>, windowDays: number): number {
  const counts = Array.from({ length: windowDays }, (_, index) => days.get(addDays(day, -1 - index)) ?? 0);
  counts.sort((a, b) => a - b);
  const middle = Math.floor(windowDays / 2);
  const upper = counts[middle] ?? 0;
  return windowDays % 2 === 1 ? upper : ((counts[middle - 1] ?? 0) + upper) / 2;
}

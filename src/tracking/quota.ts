/** The arithmetic of a quota: when one more call keeps every window of it. Plain functions; the calls are kept in a table. */
import type { Instant } from '../core/units/day.ts';
import type { QuotaWindow } from '../catalog/providers.ts';

/**
 * The first instant from now on at which another call may begin, whatever any call took on its way. Of calls made before,
 * only the last instant counts at which it can have been noticed over there: when its answer came, or when it was given up.
 */
export function freeAt(over: readonly Instant[], windows: readonly QuotaWindow[], now: Instant): Instant {
  const latestFirst = over.toSorted((a, b) => b - a);
  const free = windows.map(({ calls, seconds }) => {
    const blocking = latestFirst[calls - 1];
    // Instants are cut to the millisecond: one more, and the two are a whole span apart.
    return blocking === undefined ? now : blocking + seconds * 1000 + 1;
  });
  return Math.max(now, ...free);
}

/** How long a call still counts in any of the windows. */
export function longestWindowMs(windows: readonly QuotaWindow[]): number {
  return Math.max(...windows.map(({ seconds }) => seconds * 1000)) + 1;
}

/** The windows with another number of calls in the longest; the shorter ones grow in proportion, and never shrink below one. */
export function withRaised(windows: readonly QuotaWindow[], calls: number): QuotaWindow[] {
  const longest = windows.reduce((longer, each) => (each.seconds > longer.seconds ? each : longer));
  const share = calls / longest.calls;
  return windows.map((each) =>
    each === longest ? { ...each, calls } : { ...each, calls: Math.max(1, Math.floor(each.calls * share)) },
  );
}

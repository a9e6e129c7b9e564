/** When a call that failed is made again: what the other side asks for, else growing pauses. */
import type { Instant } from '../core/units/day.ts';

/** Calls made for one question, the first included: more would spend a small quota on a service that is down. */
export const MOST_TRIES = 3;
/** Nobody holds a place for longer; what takes longer is left for later. */
export const LONGEST_PAUSE_MS = 20_000;
const FIRST_PAUSE_MS = 1_000;

/** The pause after so many failed tries; `chance` from 0 to 1 spreads those who failed together. */
export function pauseAfter(tries: number, chance: number): number {
  return Math.round(FIRST_PAUSE_MS * 2 ** (tries - 1) * (0.5 + chance / 2));
}

/** The instant a Retry-After header names, in seconds from now or as a date; null where it names none. */
export function retryAfter(header: string | null, now: Instant): Instant | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return now + Number(text) * 1000;
  // Only a date of HTTP: the machine would read much else as one.
  const at = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? null : Math.max(at, now);
}

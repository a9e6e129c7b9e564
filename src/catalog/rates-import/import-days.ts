/** From which day to which a new price list holds, and what becomes of the list before it. */
import { type Day, addDays } from '../../core/units/day.ts';
import type { PriceFolder } from './price-folders.ts';

export interface ListDays {
  from: Day;
  to: Day;
  /** Nobody stated the last day. */
  assumedEnd: boolean;
  /** The list in force until now; it ends the day before. */
  ends: PriceFolder | null;
}

/** Parcel prices have changed at least once a year; a list nobody has replaced must not go on to rate in silence. */
const LONGEST_DAYS = 365;

/** Decides the days; or says why they cannot be. `lastDay` is what a person stated. */
export function decideDays(
  from: Day,
  lastDay: Day | null,
  folders: readonly PriceFolder[],
): ListDays | { problem: string } {
  const next = folders.find(({ manifest }) => manifest.effective_from > from);
  const before = folders.findLast(({ manifest }) => manifest.effective_from < from);
  const ends = before !== undefined && before.manifest.effective_to >= from ? before : null;
  const until = next === undefined ? null : addDays(next.manifest.effective_from, -1);
  const year = addDays(from, LONGEST_DAYS - 1);
  const to = lastDay ?? (until !== null && until < year ? until : year);
  if (to < from) return { problem: `the last day, ${to}, lies before the first, ${from}` };
  if (until !== null && to > until) {
    return {
      problem: `the list would hold to ${to}, but the list ${next?.manifest.id ?? ''} begins before; end it with --to ${until}`,
    };
  }
  if (ends !== null && ends.manifest.effective_to > to) {
    const { id, effective_to: last } = ends.manifest;
    return {
      problem: `the list ${id} holds to ${last}, later than ${to}: days after that would have no list; say the last day with --to`,
    };
  }
  return { from, to, assumedEnd: lastDay === null && to === year, ends };
}

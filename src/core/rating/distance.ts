/** Places on the map: distances between ZIP codes by the reference points of their 3-digit areas, and military post offices. */
import { milesOf, squaredChord } from './great-circle.ts';
import { HAS_PLACE, MILITARY, WIDE, type ZoneTables } from './zone-tables.ts';

/**
 * Miles between two ZIP codes of five digits, 0 within one area; null where an area has no place on the map, or is a
 * military one, or where both are too wide to tell.
 */
export type Miles = (fromZip: string, toZip: string) => number | null;

export interface Atlas {
  miles: Miles;
  /** Military post offices lie where nobody is told: their areas have the place of a gateway. */
  isMilitary: (zip: string) => boolean;
}

/** The places that zones are drawn by. A point stands for its whole area, some tens of miles wide. */
export function atlasOf({
  areas,
  vectors,
  earthRadiusMiles,
}: Pick<ZoneTables, 'areas' | 'vectors' | 'earthRadiusMiles'>): Atlas {
  const flagsOf = (area: number): number => areas[area] ?? 0;
  return {
    miles: (fromZip, toZip) => {
      const from = areaOf(fromZip);
      const to = areaOf(toZip);
      const [fromFlags, toFlags] = [flagsOf(from), flagsOf(to)];
      if (!isPlaced(fromFlags) || !isPlaced(toFlags)) return null;
      if (from === to) return 0;
      if ((fromFlags & toFlags & WIDE) !== 0) return null;
      return milesOf(squaredChord(vectors, from, vectors, to), earthRadiusMiles);
    },
    isMilitary: (zip) => (flagsOf(areaOf(zip)) & MILITARY) !== 0,
  };
}

function isPlaced(flags: number): boolean {
  return (flags & (HAS_PLACE | MILITARY)) === HAS_PLACE;
}

const ZIP_DIGITS = 5;
const AREA_DIGITS = 3;
/** The character code of the digit 0. */
const ZERO = 48;

/** The 3-digit area of a ZIP, read by character; NaN for what is none, which has no place. */
function areaOf(zip: string): number {
  let area = 0;
  for (let index = 0; index < ZIP_DIGITS; index += 1) {
    const digit = zip.charCodeAt(index) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    if (index < AREA_DIGITS) area = area * 10 + digit;
  }
  return area;
}

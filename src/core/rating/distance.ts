/** Places on the map: distances between ZIP codes by the reference points of their 3-digit areas, and military post offices. */
import { milesOf, squaredChord } from './great-circle.ts';
import { HAS_PLACE, MILITARY, type ZoneTables } from './zone-tables.ts';

/** Miles between two ZIP codes of five digits, 0 within one area; null where an area has no place on the map. */
export type Miles = (fromZip: string, toZip: string) => number | null;

export interface Atlas {
  miles: Miles;
  /** Military post offices lie where nobody is told. */
  isMilitary: (zip: string) => boolean;
}

/** The places that zones are drawn by. A point stands for its whole area, some tens of miles wide. */
export function atlasOf({
  areas,
  vectors,
  earthRadiusMiles,
}: Pick<ZoneTables, 'areas' | 'vectors' | 'earthRadiusMiles'>): Atlas {
  const has = (area: number, flag: number): boolean => ((areas[area] ?? 0) & flag) !== 0;
  return {
    miles: (fromZip, toZip) => {
      const from = areaOf(fromZip);
      const to = areaOf(toZip);
      if (!has(from, HAS_PLACE) || !has(to, HAS_PLACE)) return null;
      return from === to ? 0 : milesOf(squaredChord(vectors, from, vectors, to), earthRadiusMiles);
    },
    isMilitary: (zip) => has(areaOf(zip), MILITARY),
  };
}

/** NaN for what is no ZIP, which has no place. */
function areaOf(zip: string): number {
  return /^\d{5}/.test(zip) ? Number(zip.slice(0, 3)) : Number.NaN;
}

/** Distances between ZIP codes: great-circle miles between the reference points of their 3-digit areas. */
import { milesOf, squaredChord } from './great-circle.ts';
import { HAS_PLACE, type ZoneTables } from './zone-tables.ts';

/** Miles between two ZIP codes of five digits, 0 within one area; null where an area has no place on the map. */
export type Miles = (fromZip: string, toZip: string) => number | null;

/** The distances by the points that zones are drawn by. A point stands for its whole area, some tens of miles wide. */
export function milesBy({
  areas,
  vectors,
  earthRadiusMiles,
}: Pick<ZoneTables, 'areas' | 'vectors' | 'earthRadiusMiles'>): Miles {
  return (fromZip, toZip) => {
    const from = areaOf(fromZip);
    const to = areaOf(toZip);
    if (!((areas[from] ?? 0) & HAS_PLACE) || !((areas[to] ?? 0) & HAS_PLACE)) return null;
    return from === to ? 0 : milesOf(squaredChord(vectors, from, vectors, to), earthRadiusMiles);
  };
}

/** NaN for what is no ZIP, which has no place. */
function areaOf(zip: string): number {
  return /^\d{5}/.test(zip) ? Number(zip.slice(0, 3)) : Number.NaN;
}

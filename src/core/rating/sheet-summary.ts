/** What the rows of a price sheet say together: how many are lawful, and whether one price stands for everything. */
import type { SheetAnswer, SheetVerdict } from './price-sheet.ts';
import type { SheetPrice } from './sheet-label.ts';

export interface JudgedPrice {
  price: SheetPrice;
  answer: SheetAnswer;
}

/** One price for parcels whose published prices differ. */
export interface FlatPrice {
  priceMills: number;
  rows: number;
  /** Zones and weights it stands for. */
  zones: number;
  weights: number;
  /** The published commercial prices it stands for, from the lowest to the highest. */
  publishedFromMills: number;
  publishedToMills: number;
}

export interface SheetSummary {
  rows: number;
  verdicts: Readonly<Record<SheetVerdict, number>>;
  /** The commonest price, where it stands for different published prices on most of the rows; else null. */
  flatPrice: FlatPrice | null;
}

/** Sums up the rows that could be read. */
export function summariseSheet(judged: readonly JudgedPrice[]): SheetSummary {
  const verdicts = { under_floor: 0, low: 0, lawful: 0, above_retail: 0, above_contract: 0, unknown: 0 };
  for (const { answer } of judged) verdicts[answer.verdict] += 1;
  return { rows: judged.length, verdicts, flatPrice: flatPriceOf(judged) };
}

function flatPriceOf(judged: readonly JudgedPrice[]): FlatPrice | null {
  const byPrice = new Map<number, JudgedPrice[]>();
  for (const one of judged) {
    const same = byPrice.get(one.price.priceMills);
    if (same === undefined) byPrice.set(one.price.priceMills, [one]);
    else same.push(one);
  }
  const [commonest = []] = [...byPrice.values()].sort((a, b) => b.length - a.length);
  const published = commonest.flatMap(({ answer }) => answer.publishedMills ?? []);
  const [first] = commonest;
  if (first === undefined || commonest.length * 2 <= judged.length || new Set(published).size < 2) return null;
  return {
    priceMills: first.price.priceMills,
    rows: commonest.length,
    zones: new Set(commonest.flatMap(({ price }) => price.zone ?? [])).size,
    weights: new Set(commonest.map(({ price }) => price.weightMilliOz)).size,
    publishedFromMills: published.reduce((least, mills) => Math.min(least, mills)),
    publishedToMills: published.reduce((most, mills) => Math.max(most, mills)),
  };
}

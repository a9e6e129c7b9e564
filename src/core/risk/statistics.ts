/** Statistics over values that occur more than once: each value beside how often it was seen. Pure; no order matters. */

/** A value and how many cases have it; cases are whole and positive. */
export interface Counted {
  value: number;
  cases: number;
}

/** Two values seen together, and in how many cases. */
export interface CountedPair {
  x: number;
  y: number;
  cases: number;
}

/** How many cases there are in all. */
export function totalCases(values: readonly { cases: number }[]): number {
  return values.reduce((sum, { cases }) => sum + cases, 0);
}

/** The least value that at least this share of all cases, 0 to 1, does not exceed (nearest rank); null without a case. */
export function percentile(values: readonly Counted[], share: number): number | null {
  const sorted = inOrder(values);
  const rank = Math.max(1, Math.ceil(share * totalCases(sorted)));
  return valueAt(sorted, rank);
}

/** The middle value; of an even number of cases the mean of the two in the middle; null without a case. */
export function median(values: readonly Counted[]): number | null {
  const sorted = inOrder(values);
  const cases = totalCases(sorted);
  const lower = valueAt(sorted, Math.floor((cases + 1) / 2));
  const upper = valueAt(sorted, Math.floor(cases / 2) + 1);
  return lower === null || upper === null ? null : (lower + upper) / 2;
}

/** The coefficient of variation: the standard deviation of the cases as a share of their mean; null unless that is above 0. */
export function variation(values: readonly Counted[]): number | null {
  const cases = totalCases(values);
  if (cases === 0) return null;
  // Fractions added up in another order end in another last digit: the same cases must give the same number.
  const sorted = inOrder(gathered(values));
  const mean = sorted.reduce((sum, { value, cases: times }) => sum + value * times, 0) / cases;
  if (mean <= 0) return null;
  const squares = sorted.reduce((sum, { value, cases: times }) => sum + (value - mean) ** 2 * times, 0);
  return Math.sqrt(squares / cases) / mean;
}

/** The value most cases have, and how many; of several with as many the least. Null without a case. */
export function commonest(values: readonly Counted[]): Counted | null {
  return gathered(values).toSorted((a, b) => b.cases - a.cases || a.value - b.value)[0] ?? null;
}

/**
 * Spearman's rank correlation, -1 to 1: how well y rises with x, whatever the shape of the rise. Equal values share the mean
 * of their ranks. Null where x or y is the same in all cases, for then nothing can rise with anything.
 */
export function rankCorrelation(pairs: readonly CountedPair[]): number | null {
  const cases = totalCases(pairs);
  const rankOfX = ranks(pairs.map(({ x, cases: times }) => ({ value: x, cases: times })));
  const rankOfY = ranks(pairs.map(({ y, cases: times }) => ({ value: y, cases: times })));
  // The mean rank is the same on both sides whatever the ties.
  const mean = (cases + 1) / 2;
  let together = 0;
  let alongX = 0;
  let alongY = 0;
  for (const { x, y, cases: times } of pairs) {
    const fromX = (rankOfX.get(x) ?? mean) - mean;
    const fromY = (rankOfY.get(y) ?? mean) - mean;
    together += fromX * fromY * times;
    alongX += fromX * fromX * times;
    alongY += fromY * fromY * times;
  }
  if (alongX === 0 || alongY === 0) return null;
  return Math.max(-1, Math.min(1, together / Math.sqrt(alongX * alongY)));
}

/** By value, the mean of the ranks, counted from 1, that its cases have among all. */
function ranks(values: readonly Counted[]): ReadonlyMap<number, number> {
  const byValue = new Map<number, number>();
  let before = 0;
  for (const { value, cases } of inOrder(gathered(values))) {
    byValue.set(value, before + (cases + 1) / 2);
    before += cases;
  }
  return byValue;
}

/** Each value once. */
function gathered(values: readonly Counted[]): Counted[] {
  const cases = new Map<number, number>();
  for (const { value, cases: times } of values) cases.set(value, (cases.get(value) ?? 0) + times);
  return [...cases].map(([value, times]) => ({ value, cases: times }));
}

function inOrder(values: readonly Counted[]): Counted[] {
  return values.toSorted((a, b) => a.value - b.value);
}

/** The value of the case at this rank, counted from 1, of values in order. */
function valueAt(sorted: readonly Counted[], rank: number): number | null {
  let seen = 0;
  for (const { value, cases } of sorted) {
    seen += cases;
    if (seen >= rank) return value;
  }
  return null;
}

/** Order of texts by their UTF-16 units: the same on every machine, whatever its language. */

/** Negative, zero or positive as `a` stands before, at or after `b`. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

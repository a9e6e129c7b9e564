/** What a share seen in a few cases says about the true share: the Wilson score interval at 95 %. */

/** Standard normal quantile for a two-sided 95 % interval. */
const Z = 1.959963984540054;

/**
 * Bounds, 0 to 1, of the true share when `hits` of `cases` were seen (E. B. Wilson, 1927, score interval without
 * continuity correction). Without a case nothing is known: 0 to 1.
 */
export function wilsonInterval({ hits, cases }: { hits: number; cases: number }): { lower: number; upper: number } {
  if (cases <= 0) return { lower: 0, upper: 1 };
  const share = Math.min(hits, cases) / cases;
  const z2 = Z * Z;
  const centre = share + z2 / (2 * cases);
  const spread = Z * Math.sqrt((share * (1 - share)) / cases + z2 / (4 * cases * cases));
  const scale = 1 + z2 / cases;
  return { lower: Math.max(0, (centre - spread) / scale), upper: Math.min(1, (centre + spread) / scale) };
}

/** What a command says of the user's own zone charts: how much they decide, and what they leave to the published rule. */
import type { ZoneChart } from '../core/rating/zone-chart.ts';

/** "2 files, 1830 pairs; 3 pairs are left to the published rule (606.json)"; null when there are no charts. */
export function chartWords(charts: readonly ZoneChart[]): string | null {
  if (charts.length === 0) return null;
  const pairs = charts.reduce((sum, chart) => sum + chart.pairs.length, 0);
  const says = `${counted(charts.length, 'file')}, ${counted(pairs, 'pair')}`;
  const leaving = charts.filter((chart) => chart.leftToRule > 0);
  if (leaving.length === 0) return says;
  const left = leaving.reduce((sum, chart) => sum + chart.leftToRule, 0);
  const files = leaving.map((chart) => chart.file).join(', ');
  return `${says}; ${counted(left, 'pair')} with marks or places that are not understood left to the published rule (${files})`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

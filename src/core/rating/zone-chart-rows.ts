/** Reads a zone chart of rows, such as a CSV file has: an origin, a destination and their zone in each. */
import { type ChartGround, ChartPairs, type ChartProblem, type ChartResult } from './zone-chart-pairs.ts';
import type { ZoneChart } from './zone-chart.ts';

/** The columns a chart must have. */
export const CHART_COLUMNS = ['origin_zip3', 'destination_zip3', 'zone'] as const;

export interface ChartRow {
  /** Line of the file. */
  row: number;
  cells: Readonly<Record<string, string>>;
}

/**
 * The chart of a file of rows. ZIP codes of five digits are cut to their area; rows that then contradict each other are
 * a problem, as is anything that is no ZIP code or no zone.
 */
export function readChartRows(file: string, rows: readonly ChartRow[], ground: ChartGround): ChartResult<ZoneChart> {
  const pairs = new ChartPairs(ground);
  for (const { row, cells } of rows) {
    const problem = takeRow({ row, cells }, pairs);
    if (problem) return { ok: false, problem };
  }
  return { ok: true, value: { file, effective: null, toGateway: [], ...pairs.decided() } };
}

function takeRow({ row, cells }: ChartRow, pairs: ChartPairs): ChartProblem | null {
  const { origin_zip3: from = '', destination_zip3: to = '', zone = '' } = cells;
  if (!ZIP_3_OR_5.test(from)) return { row, field: 'origin_zip3', message: notZip(from) };
  if (!ZIP_3_OR_5.test(to)) return { row, field: 'destination_zip3', message: notZip(to) };
  if (!/^[1-9]$/.test(zone)) {
    return { row, field: 'zone', message: `${JSON.stringify(zone)} is not a zone; write a number from 1 to 9` };
  }
  const before = pairs.put({
    origin: Number(from.slice(0, 3)),
    destination: Number(to.slice(0, 3)),
    zone: Number(zone),
    where: `row ${row}`,
    destinationZip: to.length === 5 ? to : null,
  });
  if (!before) return null;
  const message = `${from.slice(0, 3)} to ${to.slice(0, 3)} is zone ${zone} here and zone ${before.zone} in ${before.where}; remove one of them`;
  return { row, field: 'zone', message };
}

const ZIP_3_OR_5 = /^\d{3}(?:\d{2})?$/;

function notZip(text: string): string {
  const shown = JSON.stringify(text.length > 20 ? `${text.slice(0, 20)}...` : text);
  return `${shown} is not a ZIP of 3 or 5 digits; where a spreadsheet dropped leading zeros, write them again`;
}

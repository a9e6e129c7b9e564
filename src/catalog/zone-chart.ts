/** Reads a customer's folder of zone charts: CSV files of pairs, and answers of the USPS zone chart page as JSON. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readChartPage } from '../core/rating/zone-chart-page.ts';
import type { ChartGround, ChartProblem, ChartResult } from '../core/rating/zone-chart-pairs.ts';
import { CHART_COLUMNS, readChartRows } from '../core/rating/zone-chart-rows.ts';
import type { ZoneChart } from '../core/rating/zone-chart.ts';
import { pairIndex } from '../core/rating/zone-tables.ts';
import { CatalogError, UsageError } from '../platform/errors.ts';
import { readCsv } from './csv.ts';

/**
 * The charts of a folder in order of their names; hidden files are passed over. Throws a UsageError that names file,
 * row and field of the first thing that is wrong, for the charts are the user's to mend.
 */
export function loadZoneCharts(folder: string, ground: ChartGround): ZoneChart[] {
  const charts = namesIn(folder).map((name) => {
    const file = join(folder, name);
    const read = name.endsWith('.csv') ? readRows(file, ground) : readPage(file, name, ground);
    if (!read.ok) throw new UsageError(inWords(file, read.problem));
    return read.value;
  });
  refuseContradictions(charts);
  return charts;
}

function namesIn(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`the folder of zone charts ${folder} cannot be read: ${why}`);
  }
  const other = names.find((name) => !/\.(?:csv|json)$/.test(name));
  if (other === undefined) return names.toSorted();
  throw new UsageError(`${join(folder, other)}: a folder of zone charts holds .csv and .json files only; move it away`);
}

function readRows(file: string, ground: ChartGround): ChartResult<ZoneChart> {
  const { header, rows } = asUsage(() => readCsv(file));
  const missing = CHART_COLUMNS.find((column) => !header.includes(column));
  if (missing !== undefined) {
    const message = `the column is missing; the first line must be ${CHART_COLUMNS.join(',')}`;
    return { ok: false, problem: { row: 1, field: missing, message } };
  }
  return readChartRows(
    file,
    rows.map(({ line, cells }) => ({ row: line, cells })),
    ground,
  );
}

function readPage(file: string, name: string, ground: ChartGround): ChartResult<ZoneChart> {
  const origins = [...name.matchAll(/(?<!\d)(\d{3})(?:\d{2})?(?!\d)/g)];
  const origin = origins.length === 1 ? origins[0]?.[1] : undefined;
  if (origin === undefined) {
    throw new UsageError(`${file}: name the file after the chart's origin, its first three digits, such as 606.json`);
  }
  return readChartPage({ file, origin: Number(origin), document: readJson(file) }, ground);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    throw new UsageError(`${file}: cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What is wrong with a file of the user's own is the user's to mend. */
function asUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof CatalogError ? new UsageError(error.message) : error;
  }
}

function inWords(file: string, { row, field, message }: ChartProblem): string {
  return `${file}${row === null ? '' : `:${row}`}${field === '' ? '' : ` (${field})`}: ${message}`;
}

/** Two charts of one folder must not say different things of a pair: nobody could tell which of them holds. */
function refuseContradictions(charts: readonly ZoneChart[]): void {
  const said = new Map<number, { zone: number; file: string }>();
  for (const { file, pairs } of charts) {
    for (const { origin, destination, zone } of pairs) {
      const key = pairIndex(origin, destination);
      const before = said.get(key);
      if (before && before.zone !== zone) {
        const pair = [origin, destination].map((area) => String(area).padStart(3, '0')).join(' to ');
        throw new UsageError(
          `${file}: ${pair} is zone ${zone} here and zone ${before.zone} in ${before.file}; remove one`,
        );
      }
      said.set(key, { zone, file });
    }
  }
}

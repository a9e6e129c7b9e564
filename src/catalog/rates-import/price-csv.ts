/** Reads a CSV of published prices: one row a price, several products in one file. */
import { type LeftOut, type PublishedCell, type SourceProblem } from '../../core/rating/notice/published-cell.ts';
import { parseWrittenDay } from '../../core/rating/notice/effective-day.ts';
import type { NoticeWords } from '../../core/rating/notice/notice-words.ts';
import { readPriceRow } from '../../core/rating/notice/price-row.ts';
import type { Spellings } from '../../core/label/spelling.ts';
import type { Day } from '../../core/units/day.ts';
import { CatalogError } from '../../platform/errors.ts';
import { type CsvRow, type CsvTable, parseCsv } from '../csv.ts';

/** What a source of prices states, whatever form it has. */
export interface StatedPrices {
  cells: PublishedCell[];
  problems: SourceProblem[];
  leftOut: LeftOut[];
  /** Every different day of effect it states. */
  days: Day[];
  /** For the record: where marks of footnotes stood. */
  footnotes: readonly string[];
}

const REQUIRED = ['effective_from', 'product', 'price'];
/** Other names of columns. */
const ALIASES: Readonly<Record<string, string>> = { price_usd: 'price', not_over_oz: 'weight_max_oz' };

/** Reads the text of a file that messages call `name`. */
export function readPriceCsv(
  text: string,
  name: string,
  vocabulary: { words: NoticeWords; spellings: Pick<Spellings, 'service'> },
): StatedPrices {
  const stated: StatedPrices = { cells: [], problems: [], leftOut: [], days: [], footnotes: [] };
  const table = tableOf(text, name);
  if ('problem' in table) return { ...stated, problems: [table.problem] };
  const days = new Set<Day>();
  for (const { line, cells } of table.rows) {
    const place = `${name}:${line}`;
    const day = parseWrittenDay(cells['effective_from'] ?? '');
    if (day === null) {
      stated.problems.push({ place, message: 'effective_from is not a day such as 2026-07-12' });
      continue;
    }
    days.add(day);
    const word = (column: string): string => cells[column]?.trim() ?? '';
    const row = readPriceRow(
      {
        product: word('product'),
        priceList: word('price_list'),
        zone: word('zone'),
        rateCell: word('rate_cell'),
        weightMaxOz: word('weight_max_oz'),
        price: word('price'),
      },
      place,
      vocabulary,
    );
    if ('cell' in row) stated.cells.push(row.cell);
    else if ('problems' in row) stated.problems.push(...row.problems);
    else stated.leftOut.push(row.leftOut);
  }
  return { ...stated, days: [...days].sort() };
}

function tableOf(text: string, name: string): CsvTable | { problem: SourceProblem } {
  let table: CsvTable;
  try {
    table = parseCsv(text.replace(/^\uFEFF/, ''), name);
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    return { problem: { place: name, message: error.message.slice(name.length).replace(/^[:\s]+/, '') } };
  }
  const header = table.header.map(columnName);
  const missing = REQUIRED.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    const message = `has no column ${missing.join(', ')}; it needs ${REQUIRED.join(', ')}, and price_list, zone, rate_cell, weight_max_oz where they decide`;
    return { problem: { place: name, message } };
  }
  const rows = table.rows.map(({ line, cells }): CsvRow => {
    return {
      line,
      cells: Object.fromEntries(Object.entries(cells).map(([column, cell]) => [columnName(column), cell])),
    };
  });
  return { header, rows };
}

function columnName(written: string): string {
  const name = written.trim().toLowerCase();
  return ALIASES[name] ?? name;
}

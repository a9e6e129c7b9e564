/** Quotes a CSV file row by row: the same columns come out, in the same order, with the price and its breakdown. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { priceOf } from '../core/rating/price.ts';
import type { RateTables } from '../core/rating/tables.ts';
import { CsvFile } from '../ingest/csv-file.ts';
import type { CsvRecord } from '../ingest/csv-splitter.ts';
import { aboutFile } from '../ingest/unreadable-file.ts';
import { UsageError } from '../platform/errors.ts';
import { quoteCells, quotedZone } from './quote-print.ts';
import {
  QUOTE_COLUMNS,
  type QuoteColumn,
  type QuoteDefaults,
  type QuoteWords,
  REQUIRED_QUOTE_COLUMNS,
  problemWords,
  readQuote,
} from './quote-request.ts';

export interface FileQuote extends QuoteDefaults {
  tables: RateTables;
}

const ADDED_COLUMNS = ['price', 'zone', 'breakdown', 'problem'];

/** Writes the quoted file to `out` as fast as it is taken. Throws UsageError for a file that is no quote file. */
export async function quoteFile(path: string, quote: FileQuote, out: NodeJS.WritableStream): Promise<void> {
  try {
    const file = await CsvFile.open(path);
    try {
      await pipeline(Readable.from(quotedText(file, path, quote)), out, { end: false });
    } finally {
      await file.close();
    }
  } catch (error) {
    throw aboutFile(path, error);
  }
}

/** The output in pieces of a batch of rows each. */
async function* quotedText(file: CsvFile, path: string, quote: FileQuote): AsyncGenerator<string> {
  let header: QuoteHeader | null = null;
  for await (const batch of file.records()) {
    const lines: string[] = [];
    for (const record of batch) {
      if (header) {
        lines.push(csvLine(quoteRecord(record, header, quote)));
      } else {
        header = readHeader(record, path);
        lines.push(csvLine([...record.cells, ...ADDED_COLUMNS]));
      }
    }
    yield lines.join('');
  }
  if (!header) throw new UsageError(`${path} has no header`);
}

interface QuoteHeader {
  width: number;
  /** Where each column stands; -1 where the file has none. */
  at: Record<QuoteColumn, number>;
}

function readHeader(record: CsvRecord, path: string): QuoteHeader {
  const names = record.cells.map((cell) => cell.trim().toLowerCase());
  const missing = REQUIRED_QUOTE_COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    throw new UsageError(
      `${path} has no column ${missing.join(', ')}; a quote file needs ${REQUIRED_QUOTE_COLUMNS.join(', ')}`,
    );
  }
  const [service, from, to, weightOz, dims, packaging, date, priceList] = QUOTE_COLUMNS.map((name) =>
    names.indexOf(name),
  );
  return {
    width: names.length,
    at: {
      service: service ?? -1,
      from: from ?? -1,
      to: to ?? -1,
      weight_oz: weightOz ?? -1,
      dims: dims ?? -1,
      packaging: packaging ?? -1,
      date: date ?? -1,
      price_list: priceList ?? -1,
    },
  };
}

/** The row with its four added cells. */
function quoteRecord(record: CsvRecord, header: QuoteHeader, quote: FileQuote): string[] {
  const { cells } = record;
  const kept = fitted(cells, header.width);
  if (record.problem !== null) return [...kept, '', '', '', record.problem];
  if (cells.length > header.width) {
    return [...kept, '', '', '', `has ${cells.length} cells where the header has ${header.width}`];
  }
  const parcel = readQuote(wordsOf(kept, header), quote);
  if (!parcel.ok) return [...kept, '', '', '', problemWords(parcel.problems)];
  const answer = priceOf(parcel.value, quote.tables);
  return [...kept, ...quoteCells(answer, quotedZone(parcel.value, answer, quote.tables))];
}

/** The row with as many cells as the header has. */
function fitted(cells: readonly string[], width: number): readonly string[] {
  if (cells.length === width) return cells;
  return Array.from({ length: width }, (_, index) => cells[index] ?? '');
}

function wordsOf(cells: readonly string[], { at }: QuoteHeader): QuoteWords {
  const word = (column: QuoteColumn): string => cells[at[column]]?.trim() ?? '';
  return {
    service: word('service'),
    from: word('from'),
    to: word('to'),
    weight_oz: word('weight_oz'),
    dims: word('dims'),
    packaging: word('packaging'),
    date: word('date'),
    price_list: word('price_list'),
  };
}

const needsQuotes = /[",\r\n]/;

/** One line of CSV. Cells come out as they came in: a program reads this file, so nothing is added to them. */
function csvLine(cells: readonly string[]): string {
  const written = cells.map((cell) => (needsQuotes.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
  return `${written.join(',')}\n`;
}

/** Reads the small CSV tables of data/ strictly: a header, then rows with exactly its columns. */
import { readFileSync } from 'node:fs';
import { CatalogError } from '../platform/errors.ts';

export interface CsvRow {
  /** Line of the file on which the row starts, from 1. */
  line: number;
  cells: Record<string, string>;
}

export interface CsvTable {
  header: string[];
  rows: CsvRow[];
}

/**
 * Reads a UTF-8 CSV file of data/. Cells may be quoted, `""` is a quote; line ends LF or CRLF; blank lines are skipped.
 * Throws a CatalogError for a file that cannot be read, a column named twice, or a row of another length.
 */
export function readCsv(path: string): CsvTable {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new CatalogError({ file: path }, `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return parseCsv(text, path);
}

/** As `readCsv`, for the text of a file that has been read; `path` is what messages call it. */
export function parseCsv(text: string, path: string): CsvTable {
  const [head, ...records] = splitRecords(text, path);
  if (!head) throw new CatalogError({ file: path }, 'has no header');
  const header = head.cells;
  const twice = header.find((name, index) => header.indexOf(name) !== index);
  if (twice !== undefined) throw new CatalogError({ file: path, row: head.line, field: twice }, 'column named twice');
  return { header, rows: records.map((record) => toRow(record, header, path)) };
}

function toRow(record: CsvRecord, header: string[], path: string): CsvRow {
  if (record.cells.length !== header.length) {
    const message = `has ${record.cells.length} cells where the header has ${header.length}`;
    throw new CatalogError({ file: path, row: record.line }, message);
  }
  return {
    line: record.line,
    cells: Object.fromEntries(header.map((name, index) => [name, record.cells[index] ?? ''])),
  };
}

interface CsvRecord {
  line: number;
  cells: string[];
}

/** One cell and what ends it: a comma, the end of the line, or the end of the text. */
const cellPattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

function splitRecords(text: string, path: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let line = 1;
  let startLine = 1;
  cellPattern.lastIndex = 0;
  while (cellPattern.lastIndex < text.length || cells.length > 0) {
    const match = cellPattern.exec(text);
    if (!match) throw new CatalogError({ file: path, row: line }, 'has a quote in the wrong place');
    const [whole, quoted, plain = '', end] = match;
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    line += whole.split('\n').length - 1;
    if (end === ',') continue;
    if (cells.length > 1 || cells[0] !== '') records.push({ line: startLine, cells });
    cells = [];
    startLine = line;
  }
  return records;
}

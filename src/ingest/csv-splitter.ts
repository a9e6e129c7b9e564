/** Cuts the bytes of a CSV file into records, each with the physical line it starts on; tells damage from data. */
import { isAscii, isUtf8 } from 'node:buffer';
import { UnreadableFileError } from './unreadable-file.ts';

/** Longest record that is read; a longer one is most often a quote that was never closed. */
export const MAX_RECORD_BYTES = 1 << 20;

/** One record of the file, or a line that is none. */
export interface CsvRecord {
  /** Physical line the record starts on; the header of a file is line 1. */
  row: number;
  cells: string[];
  /** Why the line is no record; its cells are then empty. */
  problem: string | null;
}

const NEWLINE = 10;
const TOO_LONG = 'the row is longer than 1 MiB; look for a quotation mark that is opened and never closed';
const UNCLOSED = 'a quotation mark is opened on this row and never closed';
const AFTER_QUOTE = 'a quoted cell is followed by text; quotation marks inside a quoted cell must be doubled';

/** A record as found in the text: where the next one starts, and how many lines it took. */
type Scan = { state: 'record'; cells: string[]; next: number } | { state: 'open' } | { state: 'malformed' };

/**
 * Takes the chunks of one file in order. What is not well formed costs only its first line: reading goes on with the
 * next line, so one stray quotation mark never swallows the rest of a file.
 */
export class CsvSplitter {
  /** Decoded whole lines from the start of a record that is not complete yet. */
  private open = '';
  /** Bytes since the last newline. */
  private tail: Buffer[] = [];
  private tailBytes = 0;
  /** Whether the line that goes on in the next chunk was already refused for its length. */
  private skipping = false;
  private row = 1;
  private atStart = true;

  /** The records completed by this chunk. Throws UnreadableFileError on bytes that are no text. */
  push(chunk: Buffer): CsvRecord[] {
    if (chunk.includes(0)) throw notText(this.row);
    const cut = chunk.lastIndexOf(NEWLINE) + 1;
    const records: CsvRecord[] = [];
    if (cut > 0) this.takeLines(chunk.subarray(0, cut), records);
    this.keepTail(chunk.subarray(cut), records);
    return records;
  }

  /** The records left at the end of the file. */
  end(): CsvRecord[] {
    const records: CsvRecord[] = [];
    if (!this.skipping) this.scan(this.open + this.decode(Buffer.concat(this.tail)), true, records);
    return records;
  }

  private takeLines(lines: Buffer, records: CsvRecord[]): void {
    let bytes = this.tailBytes > 0 ? Buffer.concat([...this.tail, lines]) : lines;
    this.tail = [];
    this.tailBytes = 0;
    if (this.skipping) {
      bytes = bytes.subarray(bytes.indexOf(NEWLINE) + 1);
      this.skipping = false;
      this.row += 1;
    }
    this.scan(this.open + this.decode(bytes), false, records);
  }

  private keepTail(bytes: Buffer, records: CsvRecord[]): void {
    if (bytes.length === 0 || this.skipping) return;
    this.tail.push(bytes);
    this.tailBytes += bytes.length;
    while (this.open !== '' && this.open.length + this.tailBytes > MAX_RECORD_BYTES) {
      this.scan(this.refuseFirstLine(this.open, TOO_LONG, records), false, records);
    }
    if (this.tailBytes <= MAX_RECORD_BYTES) return;
    records.push({ row: this.row, cells: [], problem: TOO_LONG });
    this.tail = [];
    this.tailBytes = 0;
    this.skipping = true;
  }

  private decode(bytes: Buffer): string {
    const text = isAscii(bytes) ? bytes.toString('latin1') : this.decodeUtf8(bytes);
    if (!this.atStart || bytes.length === 0) return text;
    this.atStart = false;
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  }

  private decodeUtf8(bytes: Buffer): string {
    if (!isUtf8(bytes)) throw notUtf8(this.row + countNewlines(this.open) + linesBeforeDamage(bytes));
    return bytes.toString('utf8');
  }

  /** Reads records out of the text until it ends; whole lines only, unless `final`. */
  private scan(from: string, final: boolean, records: CsvRecord[]): void {
    let text = from;
    let at = 0;
    let quote = text.indexOf('"');
    while (at < text.length) {
      const newline = text.indexOf('\n', at);
      const lineEnd = newline < 0 ? text.length : newline;
      if (quote >= 0 && quote < at) quote = text.indexOf('"', at);
      if (quote < 0 || quote > lineEnd) {
        this.plainLine(text, at, lineEnd, records);
        at = lineEnd + 1;
        continue;
      }
      const found = scanQuoted(text, at, final);
      if (found.state === 'record') {
        this.quotedRecord(text, at, found, records);
        at = found.next;
      } else if (found.state === 'open' && !final && text.length - at <= MAX_RECORD_BYTES) {
        break;
      } else {
        const problem = found.state === 'malformed' ? AFTER_QUOTE : final ? UNCLOSED : TOO_LONG;
        text = this.refuseFirstLine(text.slice(at), problem, records);
        at = 0;
        quote = text.indexOf('"');
      }
    }
    this.open = text.slice(at);
  }

  private plainLine(text: string, at: number, lineEnd: number, records: CsvRecord[]): void {
    const end = lineEnd > at && text.charCodeAt(lineEnd - 1) === 13 ? lineEnd - 1 : lineEnd;
    if (end > at) this.emit(text.slice(at, end).split(','), end - at, records);
    this.row += 1;
  }

  private quotedRecord(text: string, at: number, found: { cells: string[]; next: number }, records: CsvRecord[]): void {
    this.emit(found.cells, found.next - at, records);
    this.row += countNewlines(text, at, found.next);
  }

  private emit(cells: string[], length: number, records: CsvRecord[]): void {
    // Characters take one to three bytes each in UTF-8 (four for two), so only long records need the exact count.
    const tooLong = length * 3 > MAX_RECORD_BYTES && Buffer.byteLength(cells.join(',')) > MAX_RECORD_BYTES;
    records.push(tooLong ? { row: this.row, cells: [], problem: TOO_LONG } : { row: this.row, cells, problem: null });
  }

  /** Reports the first line of the text as no record; answers the text behind it. */
  private refuseFirstLine(text: string, problem: string, records: CsvRecord[]): string {
    records.push({ row: this.row, cells: [], problem });
    this.row += 1;
    const newline = text.indexOf('\n');
    return newline < 0 ? '' : text.slice(newline + 1);
  }
}

/** Reads one record that has a quotation mark on its first line. */
function scanQuoted(text: string, start: number, final: boolean): Scan {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    if (text.charCodeAt(at) !== 34) {
      const newline = text.indexOf('\n', at);
      const lineEnd = newline < 0 ? text.length : newline;
      const comma = text.indexOf(',', at);
      if (comma < 0 || comma > lineEnd) {
        const end = lineEnd > at && text.charCodeAt(lineEnd - 1) === 13 ? lineEnd - 1 : lineEnd;
        cells.push(text.slice(at, end));
        return { state: 'record', cells, next: lineEnd + 1 };
      }
      cells.push(text.slice(at, comma));
      at = comma + 1;
      continue;
    }
    const close = closingQuote(text, at + 1);
    if (close < 0) return { state: 'open' };
    const cell = text.slice(at + 1, close);
    cells.push(cell.includes('"') ? cell.replaceAll('""', '"') : cell);
    at = close + 1;
    if (text.startsWith('\r', at) && (text.startsWith('\n', at + 1) || at + 1 === text.length)) at += 1;
    if (at >= text.length) return final ? { state: 'record', cells, next: at } : { state: 'open' };
    const next = text.charCodeAt(at);
    if (next === NEWLINE) return { state: 'record', cells, next: at + 1 };
    if (next !== 44) return { state: 'malformed' };
    at += 1;
  }
}

function closingQuote(text: string, from: number): number {
  let quote = text.indexOf('"', from);
  while (quote >= 0 && text.charCodeAt(quote + 1) === 34) quote = text.indexOf('"', quote + 2);
  return quote;
}

function countNewlines(text: string, from = 0, to = text.length): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function linesBeforeDamage(bytes: Buffer): number {
  let lines = 0;
  let at = 0;
  for (;;) {
    const newline = bytes.indexOf(NEWLINE, at);
    if (newline < 0 || !isUtf8(bytes.subarray(at, newline))) return lines;
    lines += 1;
    at = newline + 1;
  }
}

function notText(row: number): UnreadableFileError {
  return new UnreadableFileError(
    `holds bytes that are no text (near row ${row}); save the sheet as "CSV UTF-8", not as a workbook or UTF-16`,
  );
}

function notUtf8(row: number): UnreadableFileError {
  return new UnreadableFileError(`is not UTF-8 at row ${row}; save it again as "CSV UTF-8"`);
}

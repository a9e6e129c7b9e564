/** The lines of COPY text for one file, made as the file streams by, and the counts known once it has. */
import type { CsvFile } from './csv-file.ts';
import type { CsvRecord } from './csv-splitter.ts';
import { type ReadingContext, type RowReader, STAGING, rowReader } from './file-reading.ts';
import type { ImportKind } from './import-request.ts';
import { LineWriter } from './staging.store.ts';
import { UnreadableFileError } from './unreadable-file.ts';

/** Long enough to keep the socket busy, short enough to stay in the young generation. */
const CHUNK_LENGTH = 65_536;

export class FileLines {
  valid = 0;
  rejected = 0;
  /** Cells of columns about people; they go no further than here. */
  personalDropped = 0;
  private readonly vendors = new Set<string>();
  private readonly writer: LineWriter;
  private reader: RowReader | null = null;

  constructor(
    private readonly file: CsvFile,
    private readonly kind: ImportKind,
    private readonly context: ReadingContext,
  ) {
    this.writer = new LineWriter(STAGING[kind].columns);
  }

  /** Reads the file to its end. `progress` is called about every chunk. */
  async *chunks(progress: (rows: number) => void): AsyncGenerator<string> {
    let chunk = '';
    for await (const records of this.file.records()) {
      for (const record of records) {
        chunk += this.line(record);
        if (chunk.length < CHUNK_LENGTH) continue;
        yield chunk;
        chunk = '';
      }
      progress(this.valid + this.rejected);
    }
    if (this.reader === null) throw new UnreadableFileError('holds no header');
    if (chunk !== '') yield chunk;
  }

  /** The one vendor of the rows taken; null when there are several or none. */
  vendor(): string | null {
    const [only, ...others] = this.vendors;
    return others.length > 0 ? null : (only ?? this.context.vendor);
  }

  /** The line of one record; the header and rows without any text have none. */
  private line(record: CsvRecord): string {
    if (this.reader === null) {
      this.reader = rowReader(this.kind, record, this.context);
      return '';
    }
    const { cells } = record;
    if (record.problem !== null) return this.reject(record.row, record.problem);
    if (cells[0] === '' && cells.every((cell) => cell === '')) return '';
    this.countPersonal(cells, this.reader.personal);
    const read = this.reader.read(cells);
    if (!read.ok) {
      this.rejected += 1;
      return this.writer.rejected(read.problems, record.row);
    }
    this.valid += 1;
    const { row, vendor } = read.value;
    if (vendor !== null && this.vendors.size < 2) this.vendors.add(vendor);
    return this.writer.accepted(row, record.row);
  }

  private reject(row: number, message: string): string {
    this.rejected += 1;
    return this.writer.rejected([{ field: 'row', message }], row);
  }

  private countPersonal(cells: readonly string[], personal: readonly number[]): void {
    for (const position of personal) {
      const cell = cells[position];
      if (cell !== undefined && cell.trim() !== '') this.personalDropped += 1;
    }
  }
}

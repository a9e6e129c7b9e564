/** The rows of one file, read as the file streams by, and the counts known once it has. */
import type { Problem, Result } from '../core/units/result.ts';
import type { CsvRecord } from './csv-splitter.ts';
import { type ReadingContext, type RowReader, rowReader } from './file-reading.ts';
import type { ImportKind } from './import-request.ts';
import { LineWriter, type StagedColumn, type StagedRow } from './staging.store.ts';
import { UnreadableFileError } from './unreadable-file.ts';

/** A row that cannot be taken, and what is wrong with it. */
export interface RefusedRow {
  row: number;
  problems: readonly Problem[];
}

/** What can be read record by record, header first: a file, or what came otherwise in the shape of one. */
export interface RecordSource {
  records: () => AsyncGenerator<CsvRecord[]>;
}

export class FileLines {
  valid = 0;
  rejected = 0;
  /** Cells of columns about people; they go no further than here. */
  personalDropped = 0;
  private readonly vendors = new Set<string>();

  private constructor(
    private readonly batches: AsyncIterator<CsvRecord[]>,
    private first: readonly CsvRecord[] | null,
    private readonly reader: RowReader,
    private readonly vendorOfFile: string | null,
  ) {}

  /** Reads the header. Throws UnreadableFileError when there is none that can be read. */
  static async open(file: RecordSource, kind: ImportKind, context: ReadingContext): Promise<FileLines> {
    const batches = file.records();
    for (;;) {
      const { value, done } = await batches.next();
      if (done) throw new UnreadableFileError('holds no header');
      const [header, ...first] = value;
      if (header !== undefined)
        return new FileLines(batches, first, rowReader(kind, header, context), givenVendor(context));
    }
  }

  /** The columns that the file states. */
  get columns(): readonly StagedColumn[] {
    return this.reader.columns;
  }

  /** The next records, to be given to `read` one after the other; null at the end of the file. */
  async next(): Promise<readonly CsvRecord[] | null> {
    const { first } = this;
    if (first !== null) {
      this.first = null;
      return first;
    }
    const { value, done } = await this.batches.next();
    return done ? null : value;
  }

  /** The row of one record, counted; null for a record without any text, which is no row. */
  read({ cells, problem }: CsvRecord): Result<StagedRow> | null {
    if (problem !== null) {
      this.rejected += 1;
      return { ok: false, problems: [{ field: 'row', message: problem }] };
    }
    if (cells[0] === '' && cells.every((cell) => cell === '')) return null;
    this.countPersonal(cells, this.reader.personal);
    const read = this.reader.read(cells);
    if (!read.ok) {
      this.rejected += 1;
      return read;
    }
    this.valid += 1;
    const { vendor } = read.value;
    if (vendor !== undefined && this.vendors.size < 2) this.vendors.add(vendor);
    return read;
  }

  /** All rows as lines for `incoming`. `progress` is called about every chunk. */
  async *chunks(progress: (rows: number) => void): AsyncGenerator<Buffer> {
    const writer = new LineWriter(this.columns);
    for (let batch = await this.next(); batch !== null; batch = await this.next()) {
      for (const record of batch) {
        const read = this.read(record);
        if (read === null) continue;
        if (read.ok) writer.accepted(read.value, record.row);
        else writer.rejected(read.problems, record.row);
        if (writer.lines.isFull) yield writer.lines.take();
      }
      progress(this.valid + this.rejected);
    }
    yield writer.lines.take();
  }

  /** Stops reading; the file stays open and can be read anew. */
  async close(): Promise<void> {
    await this.batches.return?.();
  }

  /** The one vendor of the rows taken; null when there are several or none. */
  vendor(): string | null {
    const [only, ...others] = this.vendors;
    return others.length > 0 ? null : (only ?? this.vendorOfFile);
  }

  private countPersonal(cells: readonly string[], personal: readonly number[]): void {
    for (const position of personal) {
      const cell = cells[position];
      if (cell !== undefined && cell.trim() !== '') this.personalDropped += 1;
    }
  }
}

/** The vendor given for the file, by the name he goes by. */
function givenVendor({ vendor, names }: ReadingContext): string | null {
  return vendor === null ? null : names.nameOf(vendor);
}

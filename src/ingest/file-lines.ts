/** The lines of COPY text for one file, made as the file streams by, and the counts known once it has. */
import type { Problem } from '../core/units/result.ts';
import type { CsvFile } from './csv-file.ts';
import type { CsvRecord } from './csv-splitter.ts';
import { type ReadingContext, type RowReader, rowReader } from './file-reading.ts';
import type { ImportKind } from './import-request.ts';
import { LineWriter, type StagedColumn } from './staging.store.ts';
import { UnreadableFileError } from './unreadable-file.ts';

export class FileLines {
  valid = 0;
  rejected = 0;
  /** Cells of columns about people; they go no further than here. */
  personalDropped = 0;
  private readonly vendors = new Set<string>();
  private readonly writer: LineWriter;

  private constructor(
    private readonly batches: AsyncIterator<CsvRecord[]>,
    private readonly first: readonly CsvRecord[],
    private readonly reader: RowReader,
    private readonly vendorOfFile: string | null,
  ) {
    this.writer = new LineWriter(reader.columns);
  }

  /** Reads the header. Throws UnreadableFileError when there is none that can be read. */
  static async open(file: CsvFile, kind: ImportKind, context: ReadingContext): Promise<FileLines> {
    const batches = file.records();
    for (;;) {
      const { value, done } = await batches.next();
      if (done) throw new UnreadableFileError('holds no header');
      const [header, ...first] = value;
      if (header !== undefined) return new FileLines(batches, first, rowReader(kind, header, context), context.vendor);
    }
  }

  /** The columns that the lines are made of, in their order. */
  get columns(): readonly StagedColumn[] {
    return this.reader.columns;
  }

  /** Reads the file to its end. `progress` is called about every chunk. */
  async *chunks(progress: (rows: number) => void): AsyncGenerator<Buffer> {
    const { lines } = this.writer;
    let batch = this.first;
    for (;;) {
      for (const record of batch) {
        this.write(record);
        if (lines.isFull) yield lines.take();
      }
      progress(this.valid + this.rejected);
      const { value, done } = await this.batches.next();
      if (done) break;
      batch = value;
    }
    yield lines.take();
  }

  /** The one vendor of the rows taken; null when there are several or none. */
  vendor(): string | null {
    const [only, ...others] = this.vendors;
    return others.length > 0 ? null : (only ?? this.vendorOfFile);
  }

  /** The line of one record; rows without any text have none. */
  private write({ cells, row, problem }: CsvRecord): void {
    if (problem !== null) return this.reject(row, [{ field: 'row', message: problem }]);
    if (cells[0] === '' && cells.every((cell) => cell === '')) return;
    this.countPersonal(cells, this.reader.personal);
    const read = this.reader.read(cells);
    if (!read.ok) return this.reject(row, read.problems);
    this.valid += 1;
    const { vendor } = read.value;
    if (vendor !== undefined && this.vendors.size < 2) this.vendors.add(vendor);
    this.writer.accepted(read.value, row);
  }

  private reject(row: number, problems: readonly Problem[]): void {
    this.rejected += 1;
    this.writer.rejected(problems, row);
  }

  private countPersonal(cells: readonly string[], personal: readonly number[]): void {
    for (const position of personal) {
      const cell = cells[position];
      if (cell !== undefined && cell.trim() !== '') this.personalDropped += 1;
    }
  }
}

/** Copies a file whose rows are all new straight into their table, which is most files; notices when they are not. */
import type { PoolClient } from 'pg';
import { CopyLines } from '../platform/copy-lines.ts';
import { copyIn } from '../platform/database-copy.ts';
import { errorCodeOf } from '../platform/errors.ts';
import type { CsvRecord } from './csv-splitter.ts';
import type { FileLines, RefusedRow } from './file-lines.ts';
import { type Staging, writeFields } from './staging.store.ts';

/** Rows copied at a time: what they touch and what is refused among them is kept in memory until they are in. */
const SEGMENT_ROWS = 25_000;
export const COPY_REFUSED = 'COPY rejected_row (import_id, file, row, position, field, problem, value) FROM STDIN';
export const UNIQUE_VIOLATION = '23505';

export interface DirectOptions {
  staging: Staging;
  importId: string;
  /** The file's name as it is kept with refused rows. */
  file: string;
  progress: (rows: number) => void;
}

/**
 * Copies the rows, fills `touched` and keeps the refused rows. False when a row's key was stored before or stands twice
 * in the file; then nothing is left behind, and the file must be read again from its start.
 */
export async function copyAllNew(client: PoolClient, lines: FileLines, options: DirectOptions): Promise<boolean> {
  await client.query('SAVEPOINT direct');
  try {
    let ended = false;
    while (!ended) ended = await copySegment(client, lines, options);
    await client.query('RELEASE SAVEPOINT direct');
    return true;
  } catch (error) {
    if (errorCodeOf(error) !== UNIQUE_VIOLATION) throw error;
    await client.query('ROLLBACK TO SAVEPOINT direct');
    return false;
  }
}

/** Answers whether the file has ended. */
async function copySegment(client: PoolClient, lines: FileLines, options: DirectOptions): Promise<boolean> {
  const { importId, file, staging, progress } = options;
  const segment = new Segment(lines, importId);
  const columns = lines.columns.map(({ name }) => name).join(', ');
  await copyIn(client, `COPY ${staging.table} (${columns}, import_id) FROM STDIN`, segment.chunks(progress));
  await copyIn(client, 'COPY touched (tracking_number) FROM STDIN', touchedChunks(segment.touched));
  if (segment.refused.length > 0) {
    await copyIn(client, COPY_REFUSED, refusedChunks(segment.refused, { importId, file }));
  }
  return segment.ended;
}

/** So many rows of the file, and what they touch. */
class Segment {
  readonly touched = new Set<string>();
  readonly refused: RefusedRow[] = [];
  ended = false;

  constructor(
    private readonly lines: FileLines,
    private readonly importId: string,
  ) {}

  async *chunks(progress: (rows: number) => void): AsyncGenerator<Buffer> {
    const { lines } = this;
    const out = new CopyLines();
    const until = lines.valid + lines.rejected + SEGMENT_ROWS;
    while (lines.valid + lines.rejected < until && !this.ended) {
      const batch = await lines.next();
      this.ended = batch === null;
      for (const record of batch ?? []) {
        this.write(record, out);
        if (out.isFull) yield out.take();
      }
      progress(lines.valid + lines.rejected);
    }
    yield out.take();
  }

  private write(record: CsvRecord, out: CopyLines): void {
    const read = this.lines.read(record);
    if (read === null) return;
    if (!read.ok) {
      this.refused.push({ row: record.row, problems: read.problems });
      return;
    }
    const { trackingNumber } = read.value;
    if (trackingNumber !== undefined) this.touched.add(trackingNumber);
    writeFields(out, read.value, this.lines.columns);
    out.text(this.importId);
    out.endLine();
  }
}

function* touchedChunks(trackingNumbers: Iterable<string>): Generator<Buffer> {
  const out = new CopyLines();
  for (const trackingNumber of trackingNumbers) {
    out.text(trackingNumber);
    out.endLine();
    if (out.isFull) yield out.take();
  }
  yield out.take();
}

/** Problems for `COPY_REFUSED`. */
export function* refusedChunks(
  refused: readonly RefusedRow[],
  { importId, file }: { importId: string; file: string },
): Generator<Buffer> {
  const out = new CopyLines();
  for (const { row, problems } of refused) {
    for (const [position, { field, message, value }] of problems.entries()) {
      out.text(importId);
      out.text(file);
      out.whole(row);
      out.whole(position);
      out.text(field);
      out.text(message);
      if (value === undefined) out.nothing();
      else out.text(value);
      out.endLine();
    }
    if (out.isFull) yield out.take();
  }
  yield out.take();
}

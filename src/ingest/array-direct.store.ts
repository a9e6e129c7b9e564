/** Copies arrays whose rows are all new straight into their table, all of them at once. */
import type { PoolClient } from 'pg';
import { CopyLines } from '../platform/copy-lines.ts';
import { copyIn } from '../platform/database-copy.ts';
import type { ReadArray } from './array-import.ts';
import { COPY_REFUSED, refusedChunks } from './direct.store.ts';
import type { FileLines, RefusedRow } from './file-lines.ts';
import { STAGING } from './file-reading.ts';
import type { ArrayKind } from './import-request.ts';
import type { Touched } from './import.store.ts';
import { type StagedColumn, writeFields } from './staging.store.ts';

/** An array of the batch, opened for reading. */
export interface OpenArray {
  array: ReadArray;
  lines: FileLines;
}

/** Copies the rows and keeps the refused rows. Throws a unique violation when a row is not new. */
export async function copyArrays(client: PoolClient, kind: ArrayKind, opened: readonly OpenArray[]): Promise<Touched> {
  const columns = statedByAny(kind, opened);
  const arrays = new Arrays(opened, columns);
  const into = `COPY ${STAGING[kind].table} (${columns.map(({ name }) => name).join(', ')}, import_id) FROM STDIN`;
  await copyIn(client, into, arrays.chunks());
  if (arrays.refused.size > 0) await copyIn(client, COPY_REFUSED, arrays.refusedChunks());
  return { trackingNumbers: [...arrays.trackingNumbers], orderIds: [...arrays.orders] };
}

/** Columns that no array states stay null, and cost nothing. */
function statedByAny(kind: ArrayKind, opened: readonly OpenArray[]): StagedColumn[] {
  const stated = new Set(opened.flatMap(({ lines }) => lines.columns.map(({ name }) => name)));
  return STAGING[kind].columns.filter(({ name }) => stated.has(name));
}

/** The rows of all arrays, and what they touch. */
class Arrays {
  readonly trackingNumbers = new Set<string>();
  readonly orders = new Set<string>();
  readonly refused = new Map<OpenArray, RefusedRow[]>();

  constructor(
    private readonly opened: readonly OpenArray[],
    private readonly columns: readonly StagedColumn[],
  ) {}

  async *chunks(): AsyncGenerator<Buffer> {
    const out = new CopyLines();
    for (const one of this.opened) {
      const { lines } = one;
      for (let batch = await lines.next(); batch !== null; batch = await lines.next()) {
        for (const record of batch) {
          const read = lines.read(record);
          if (read?.ok) this.write(read.value, one, out);
          else if (read) this.refuse(one, { row: record.row, problems: read.problems });
          if (out.isFull) yield out.take();
        }
      }
    }
    yield out.take();
  }

  *refusedChunks(): Generator<Buffer> {
    for (const [{ array }, rows] of this.refused) yield* refusedChunks(rows, { importId: array.id, file: array.file });
  }

  private write(row: Parameters<typeof writeFields>[1], { array }: OpenArray, out: CopyLines): void {
    if (row.trackingNumber !== undefined) this.trackingNumbers.add(row.trackingNumber);
    if (row.orderId) this.orders.add(row.orderId);
    writeFields(out, row, this.columns);
    out.text(array.id);
    out.endLine();
  }

  private refuse(one: OpenArray, row: RefusedRow): void {
    const rows = this.refused.get(one);
    if (rows === undefined) this.refused.set(one, [row]);
    else rows.push(row);
  }
}

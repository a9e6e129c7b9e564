/** Brings the rows of one file into their table, straight if all of them are new, else by merging; fills `touched`. */
import type { PoolClient } from 'pg';
import { copyIn } from '../platform/database-copy.ts';
import { mergeAdjustments } from './adjustment.store.ts';
import { mergeCharges } from './charge.store.ts';
import { copyAllNew } from './direct.store.ts';
import { mergeEvents } from './event.store.ts';
import { FileLines, type RecordSource } from './file-lines.ts';
import { type ReadingContext, STAGING } from './file-reading.ts';
import type { ImportKind } from './import-request.ts';
import { saveRejected } from './import.store.ts';
import { mergeLabels, touchOrdersOfNew } from './label.store.ts';
import type { MergeOptions } from './merge.store.ts';
import { MAILER_STAGING, VENDOR_STAGING, WAREHOUSE_STAGING, mergeOwn } from './own-records.store.ts';
import { copyIncomingSql, createIncomingSql } from './staging.store.ts';

type Merge = (client: PoolClient, options: MergeOptions) => Promise<number>;

const MERGES: Readonly<Record<ImportKind, Merge>> = {
  labels: mergeLabels,
  tracking: mergeEvents,
  invoice: mergeCharges,
  adjustments: mergeAdjustments,
  mailers: mergeOwn(MAILER_STAGING),
  warehouses: mergeOwn(WAREHOUSE_STAGING),
  vendors: mergeOwn(VENDOR_STAGING),
};

/** Large files whose rows stay what they are: it pays to try whether all of them are new. Charges may move between parcels. */
const COPIED: ReadonlySet<ImportKind> = new Set(['labels', 'tracking']);

/** The import the rows belong to, and how they are read. */
export interface TakeOptions {
  id: string;
  kind: ImportKind;
  /** The file's name as people see it. */
  file: string;
  context: ReadingContext;
  progress: (rows: number) => void;
}

/** The rows as they were read, and how many of them said something new. */
export interface TakenRows {
  lines: FileLines;
  accepted: number;
}

/** Takes what can be taken, keeps the rest with its problems. Throws UnreadableFileError; the caller rolls back. */
export async function takeRows(client: PoolClient, file: RecordSource, options: TakeOptions): Promise<TakenRows> {
  return (await takeAllNew(client, file, options)) ?? mergeRows(client, file, options);
}

/** Null when a row is known or stands twice, and for kinds that are always compared. */
async function takeAllNew(client: PoolClient, file: RecordSource, options: TakeOptions): Promise<TakenRows | null> {
  const { id, kind, progress } = options;
  if (!COPIED.has(kind)) return null;
  const lines = await FileLines.open(file, kind, options.context);
  const staging = STAGING[kind];
  if (!(await copyAllNew(client, lines, { staging, importId: id, file: options.file, progress }))) {
    await lines.close();
    return null;
  }
  if (kind === 'labels') await touchOrdersOfNew(client, id);
  return { lines, accepted: lines.valid };
}

/** Takes rows of which some may be known. May be called for several imports of one kind in a transaction. */
export async function mergeRows(client: PoolClient, file: RecordSource, options: TakeOptions): Promise<TakenRows> {
  const { id, kind, progress } = options;
  const lines = await FileLines.open(file, kind, options.context);
  await client.query(createIncomingSql(STAGING[kind]));
  await copyIn(client, copyIncomingSql(lines.columns), lines.chunks(progress));
  const accepted = lines.valid === 0 ? 0 : await MERGES[kind](client, { importId: id, valid: lines.valid });
  if (lines.rejected > 0) await saveRejected(client, { id, file: options.file });
  return { lines, accepted };
}

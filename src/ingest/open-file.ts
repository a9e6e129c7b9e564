/** Opens a file of any form that is read: a table of text, or a saved tracking page. */
import { open } from 'node:fs/promises';
import type { Published } from '../core/mapping/providers/published.ts';
import { CsvFile } from './csv-file.ts';
import type { RecordSource } from './file-lines.ts';
import type { ImportKind } from './import-request.ts';
import { PAGE_START_BYTES, PageFile, isWebPage } from './page-file.ts';
import { UnreadableFileError } from './unreadable-file.ts';

/** A file as an import reads it; its records are read from start to end, as often as need be. */
export interface ImportFile extends RecordSource {
  /** Size when it was opened. */
  readonly bytesTotal: number;
  /** Bytes of the reading of records so far. */
  readonly bytesRead: number;
  /** Lower-case hex SHA-256 of the file as it stands. */
  hashNow: () => Promise<string>;
  /** Lower-case hex SHA-256 of the records read. */
  contentSha256: () => string;
  close: () => Promise<void>;
}

/** Opens the file. Throws the system's error when it cannot, UnreadableFileError when nothing of that kind can be read from it. */
export async function openImportFile(
  path: string,
  { kind, ...reading }: { kind: ImportKind; published: Published; importedAt: Date },
): Promise<ImportFile> {
  if (!(await startsAsPage(path))) return CsvFile.open(path);
  checkPageKind(kind);
  return PageFile.open(path, reading);
}

/** A page tells of tracking. Throws UnreadableFileError when it was said to hold something else. */
export function checkPageKind(kind: string): void {
  if (kind !== 'tracking') throw new UnreadableFileError(`is a web page, which may hold tracking, but no ${kind}`);
}

/** Whether the file begins as a web page does. Throws the system's error when it cannot be read. */
export async function startsAsPage(path: string): Promise<boolean> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(PAGE_START_BYTES), 0, PAGE_START_BYTES, 0);
    return isWebPage(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

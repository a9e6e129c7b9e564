/** What an import answers: its identity, its counts, and what the same content answers again. */
import { createHash } from 'node:crypto';
import type { FileLines } from './file-lines.ts';
import type { ImportKind, ImportResult } from './import-request.ts';
import type { ImportRow } from './import.table.ts';

/** Hex SHA-256: the same content of the same kind, with the same vendor given, is the same import. */
export function importId(parts: { kind: ImportKind; vendor: string | null; contentSha256: string }): string {
  const text = JSON.stringify([parts.kind, parts.vendor, parts.contentSha256]);
  return createHash('sha256').update(text).digest('hex');
}

/** The counts of what was read, of which `accepted` rows said something new. */
export function countsOf(lines: FileLines, accepted: number) {
  const { valid, rejected, personalDropped } = lines;
  const counts = { rows: valid + rejected, accepted, repeated: valid - accepted, rejected, personalDropped };
  return { vendor: lines.vendor(), ...counts };
}

/** What an import answered when it was made: its process may have died before anybody heard. */
export function answeredImport(before: ImportRow, file: string): ImportResult {
  const { id, kind, vendor, rows, accepted, repeated, rejected, personalDropped } = before;
  return { id, file, kind: kind as ImportKind, vendor, rows, accepted, repeated, rejected, personalDropped };
}

/** The same content again changes nothing: all that was taken then is repeated now. */
export function repeatedImport(before: ImportRow, file: string): ImportResult {
  return { ...answeredImport(before, file), accepted: 0, repeated: before.rows - before.rejected };
}

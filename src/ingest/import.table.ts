/** What was imported, and which rows of it were not taken. */
import { EntitySchema } from 'typeorm';

/** One file's content as imported once; the same content again changes nothing. */
export interface ImportRow {
  /** Hex of SHA-256 over kind, vendor given and content hash: the same content is the same import. */
  id: string;
  kind: string;
  vendor: string | null;
  file: string;
  contentSha256: string;
  bytes: number;
  rows: number;
  accepted: number;
  repeated: number;
  rejected: number;
  /** Values of personal-data columns that were dropped. */
  personalDropped: number;
  importedAt: Date;
}

export const ImportTable = new EntitySchema<ImportRow>({
  name: 'import',
  columns: {
    id: { type: 'char', length: 64, primary: true, collation: 'C' },
    kind: { type: 'text' },
    vendor: { type: 'text', nullable: true },
    file: { type: 'text' },
    contentSha256: { name: 'content_sha256', type: 'char', length: 64 },
    bytes: { type: 'bigint' },
    rows: { type: 'integer' },
    accepted: { type: 'integer' },
    repeated: { type: 'integer' },
    rejected: { type: 'integer' },
    personalDropped: { name: 'personal_dropped', type: 'integer' },
    importedAt: { name: 'imported_at', type: 'timestamptz' },
  },
  indices: [
    { name: 'import_imported', columns: ['importedAt', 'id'] },
    // Asked in every run, and whenever an alarming parcel is judged: 80 ms without it among 300,000 imports.
    { name: 'import_own', columns: ['kind'], where: `kind IN ('mailers', 'warehouses')` },
  ],
});

/** One problem of one row that was not taken. */
export interface RejectedRow {
  importId: string;
  row: number;
  /** Counts the problems of a row from 0. */
  position: number;
  file: string;
  field: string;
  problem: string;
  value: string | null;
}

export const RejectedRowTable = new EntitySchema<RejectedRow>({
  name: 'rejected_row',
  columns: {
    importId: { name: 'import_id', type: 'char', length: 64, primary: true, collation: 'C' },
    row: { type: 'integer', primary: true },
    position: { type: 'integer', primary: true },
    file: { type: 'text' },
    field: { type: 'text' },
    problem: { type: 'text' },
    value: { type: 'text', nullable: true },
  },
});

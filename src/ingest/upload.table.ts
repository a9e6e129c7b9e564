/** Files received over HTTP and not imported yet: kept in the database, where any worker finds them. */
import { EntitySchema } from 'typeorm';
import type { ImportResult } from './import-request.ts';

export const UPLOAD_STATES = ['queued', 'running', 'done', 'failed'] as const;
export type UploadState = (typeof UPLOAD_STATES)[number];

/** One file received; its content goes when it has been imported. */
export interface UploadRow {
  /** 32 hex digits; what `POST /imports` answers. */
  id: string;
  /** As asked for; null = recognised from the header. */
  kind: string | null;
  vendor: string | null;
  /** The name it was sent under. */
  file: string;
  bytes: number;
  contentSha256: string;
  receivedAt: Date;
  /** Name of the access key it came with. */
  receivedBy: string;
  /** See UPLOAD_STATES; one that is running may have lost its process, whose lock then is free. */
  state: UploadState;
  /** How often an import of it was begun and neither ended nor was put back: processes that died at it. */
  attempts: number;
  bytesRead: number;
  rowsRead: number;
  /** Why it failed: what to do about the file. */
  problem: string | null;
  /** Hex of SHA-256, as in `import`; null until it is done. */
  importId: string | null;
  result: ImportResult | null;
  finishedAt: Date | null;
}

export const UploadTable = new EntitySchema<UploadRow>({
  name: 'upload',
  columns: {
    id: { type: 'char', length: 32, primary: true, collation: 'C' },
    kind: { type: 'text', nullable: true },
    vendor: { type: 'text', nullable: true },
    file: { type: 'text' },
    bytes: { type: 'bigint' },
    contentSha256: { name: 'content_sha256', type: 'char', length: 64 },
    receivedAt: { name: 'received_at', type: 'timestamptz' },
    receivedBy: { name: 'received_by', type: 'text' },
    state: { type: 'text' },
    attempts: { type: 'integer' },
    bytesRead: { name: 'bytes_read', type: 'bigint' },
    rowsRead: { name: 'rows_read', type: 'integer' },
    problem: { type: 'text', nullable: true },
    importId: { name: 'import_id', type: 'char', length: 64, nullable: true },
    result: { type: 'jsonb', nullable: true },
    finishedAt: { name: 'finished_at', type: 'timestamptz', nullable: true },
  },
  indices: [
    { name: 'upload_received', columns: ['receivedAt', 'id'] },
    { name: 'upload_import', columns: ['importId'] },
  ],
});

/** A piece of a file, in order of position from 0. */
export interface UploadChunkRow {
  uploadId: string;
  position: number;
  content: Buffer;
}

export const UploadChunkTable = new EntitySchema<UploadChunkRow>({
  name: 'upload_chunk',
  columns: {
    uploadId: { name: 'upload_id', type: 'char', length: 32, primary: true, collation: 'C' },
    position: { type: 'integer', primary: true },
    content: { type: 'bytea' },
  },
});

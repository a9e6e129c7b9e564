/** An import as people and programs see it: a file sent, a file loaded by a command, or an array of records. */
import type { UploadState } from './upload.table.ts';

export interface ImportView {
  /** Of the upload (32 hex digits), or of the import itself (64) where nothing was uploaded. */
  id: string;
  state: UploadState;
  /** null until it is recognised. */
  kind: string | null;
  vendor: string | null;
  file: string;
  bytes: number;
  /** From 0 to 1; 1 only once it has ended. */
  progress: number;
  /** Rows read so far; the counts below add up to it once it is done. */
  rows: number;
  accepted: number;
  repeated: number;
  rejected: number;
  personalDropped: number;
  /** Why it failed, and what to do. */
  problem: string | null;
  receivedAt: Date;
  /** Name of the access key it came with; null = a command of this machine or an array. */
  receivedBy: string | null;
  finishedAt: Date | null;
  /** Of the content, under which its rejected rows are kept; null until it is done. */
  importId: string | null;
}

/** One problem of one row that was not taken. */
export interface RejectedView {
  /** Line of a file (its header is line 1), or place in an array, from 0. */
  row: number;
  field: string;
  problem: string;
  value: string | null;
}

/** A part of a longer list; `next` continues it. */
export interface Page<Item, Place> {
  items: Item[];
  /** null = there is no more. */
  next: Place | null;
}

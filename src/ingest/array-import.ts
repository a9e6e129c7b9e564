/** What is asked of the import of an array, and what it answers. */
import type { ArrayRecords, JsonRecord } from './array-records.ts';
import type { RejectedView } from './import-view.ts';
import type { ArrayKind } from './import-request.ts';

export interface ArrayRequest {
  kind: ArrayKind;
  /** Fills objects that name no vendor; one that names another is rejected. */
  vendor: string | null;
  items: readonly JsonRecord[];
  /** What stands for a file's name; left out = the address records of the kind are sent to. */
  shownAs?: string;
}

/** A request that has been read and waits for its transaction. */
export interface ReadArray {
  /** Of the content: the same array again is the same import. */
  id: string;
  /** What stands for a file's name. */
  file: string;
  vendor: string | null;
  content: ArrayRecords;
  importedAt: Date;
}

export interface ArrayResult {
  /** Of the import; null where the array was empty, which is no import. */
  id: string | null;
  /** accepted + repeated + rejected. */
  rows: number;
  accepted: number;
  repeated: number;
  rejected: number;
  /** Values of personal-data keys that were dropped. */
  personalDropped: number;
  /** Why rows were rejected; `row` is the place in the array, from 0. */
  problems: RejectedView[];
}

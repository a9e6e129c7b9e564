/** What is asked of an import, and what it answers. */

/** Kinds of files that are read. */
export const IMPORT_KINDS = [
  'labels',
  'tracking',
  'invoice',
  'adjustments',
  'mailers',
  'warehouses',
  'vendors',
] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** Kinds whose rows may also be sent as arrays. */
export const ARRAY_KINDS = ['labels', 'tracking', 'invoice'] as const satisfies readonly ImportKind[];
export type ArrayKind = (typeof ARRAY_KINDS)[number];

export interface ImportRequest {
  path: string;
  /** The name people see: relative to the folder they named. */
  shownAs: string;
  /** Left out: recognised from the header. */
  kind?: ImportKind | undefined;
  /** Fills rows that name no vendor; a row that names another one is rejected. */
  vendor?: string | undefined;
  importedAt: Date;
  /** It was begun before and may have been committed: the import of this very time then answers as it did. */
  begunBefore?: boolean | undefined;
}

export interface ImportResult {
  /** Hex of SHA-256 over kind, vendor given and content: the same content is the same import. */
  id: string;
  file: string;
  kind: ImportKind;
  /** The one vendor of the file; null when it names several, or none. */
  vendor: string | null;
  /** accepted + repeated + rejected; the header does not count. */
  rows: number;
  accepted: number;
  /** Rows that said nothing new: stored already, or equal to an earlier row of the file. */
  repeated: number;
  rejected: number;
  /** Values of personal-data columns that were dropped. */
  personalDropped: number;
}

/** How far an import is; called often, so it must be cheap. `bytesTotal` is the size of the file when it was opened. */
export type ImportProgress = (state: { file: string; bytes: number; bytesTotal: number; rows: number }) => void;

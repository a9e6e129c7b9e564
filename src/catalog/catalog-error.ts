/** The one error a reader of data/, rules/ or templates/ throws: what is wrong, in which file and where in it. */

/** Where in a file something is wrong: a line of a table or a path of keys in a document. */
export interface CatalogPlace {
  file: string;
  /** Line of the file, from 1. */
  row?: number;
  /** Column of a table, or keys of a document joined by dots. */
  field?: string;
}

/** A file the product ships, or a user added, cannot be used as it stands. Stops the start: half a catalog judges wrongly. */
export class CatalogError extends Error {
  readonly file: string;
  readonly row: number | null;
  readonly field: string | null;

  constructor(place: CatalogPlace, message: string) {
    const row = place.row === undefined ? '' : `:${place.row}`;
    const field = place.field === undefined || place.field === '' ? '' : ` (${place.field})`;
    super(`${place.file}${row}${field}: ${message}`);
    this.name = 'CatalogError';
    this.file = place.file;
    this.row = place.row ?? null;
    this.field = place.field ?? null;
  }
}

/** How the core answers about input it did not write: a value, or the problems that keep it from being one. */

/** One thing wrong with one field of one row; `file` and `row` are filled in by whoever reads the file. */
export interface Problem {
  field: string;
  message: string;
  /** The offending text as received, cut to a readable length. */
  value?: string;
}

export type Result<T> = { ok: true; value: T } | { ok: false; problems: Problem[] };

/** A valid value. */
export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

/** One problem with one field. */
export function bad(field: string, message: string, value?: string): { ok: false; problems: Problem[] } {
  return { ok: false, problems: [value === undefined ? { field, message } : { field, message, value }] };
}

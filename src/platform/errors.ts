/** The few errors the program throws on purpose, and the exit code each becomes at the command line. */

/** Wrong usage, or a named file that cannot be read or recognised: the user can mend it. Exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** What was asked for is not there. Exit code 2. */
export class NotFoundError extends Error {
  override name = 'NotFoundError';
}

/** What was asked contradicts what stands; the message says what stands. Exit code 2. */
export class ConflictError extends Error {
  override name = 'ConflictError';
}

/** What was asked was decided on an earlier standing than the present one; the message says which. Exit code 2. */
export class OutdatedError extends Error {
  override name = 'OutdatedError';
}

/** Where in a file of data/ or rules/ something is wrong. */
export interface CatalogPlace {
  /** Path as shown to people, relative to the project. */
  file: string;
  row?: number;
  field?: string;
}

/** A file of data/ or rules/ is wrong; nothing runs on a broken catalog. Exit code 70. */
export class CatalogError extends Error {
  override name = 'CatalogError';
  readonly place: CatalogPlace;

  constructor(place: CatalogPlace, message: string) {
    const row = place.row === undefined ? '' : `:${place.row}`;
    const field = place.field === undefined ? '' : ` (${place.field})`;
    super(`${place.file}${row}${field}: ${message}`);
    this.place = place;
  }
}

/** The database, or the machine under it, refused; the message says what happened and what to do. Exit code 70. */
export class DatabaseError extends Error {
  override name = 'DatabaseError';
}

/** As much is waiting as this process holds; the message says for what. The same again after a while may be taken. Exit code 70. */
export class BusyError extends Error {
  override name = 'BusyError';
}

/** A report could not be written; the message names the folder and says what to do. Exit code 70. */
export class ReportWriteError extends Error {
  override name = 'ReportWriteError';
}

/** Errors the user can mend by asking for something else. */
const USER_ERRORS = [UsageError, NotFoundError, ConflictError, OutdatedError];
const DOMAIN_ERRORS = [...USER_ERRORS, CatalogError, DatabaseError, BusyError, ReportWriteError];

/** Done. */
export const EXIT_DONE = 0;
/** Done, and a finding reached `--fail-on`. */
export const EXIT_FOUND = 1;
/** Wrong usage, or a named path that cannot be read or recognised. */
export const EXIT_USAGE = 2;
/** A fault of the program or of the machine under it (EX_SOFTWARE of sysexits.h). */
export const EXIT_FAULT = 70;

/** The exit code a failed command ends with. */
export function exitCodeOf(error: unknown): number {
  return USER_ERRORS.some((kind) => error instanceof kind) ? EXIT_USAGE : EXIT_FAULT;
}

/** Whether the error is one thrown on purpose, whose message alone tells the reader what to do. */
export function isDomainError(error: unknown): error is Error {
  return DOMAIN_ERRORS.some((kind) => error instanceof kind);
}

/** The `code` of a system or PostgreSQL error ("ENOENT", "53100"), or null. */
export function errorCodeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** Which errors of an import pass by themselves: the same file, tried again, may well be taken. */
import { isDatabaseAway } from '../platform/database-errors.ts';
import { errorCodeOf, isDomainError } from '../platform/errors.ts';

/**
 * SQLSTATE: stopped by a limit or a person, deadlock, serialization, lock not to be had, shut down, connection broken,
 * something used up.
 */
const PASSING_STATE = /^(57014|40P01|40001|55P03|57P0.|08...|53...)$/;

/** Whether the error is neither the file's fault nor one of this program, so that the import is to be tried again. */
export function isPassing(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null;
  return (
    isDomainError(error) ||
    [error, cause].some((each) => isDatabaseAway(each) || PASSING_STATE.test(errorCodeOf(each) ?? ''))
  );
}

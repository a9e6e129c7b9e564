/** What the operator is told of a day's report that could not be made. */
import { databaseSentence, isDatabaseAway } from '../platform/database-errors.ts';
import { isDomainError } from '../platform/errors.ts';

/**
 * One sentence that says what to do; null while the database is away. That takes no mail either, the next try makes the
 * report, and told afterwards it would be told of what has ended.
 */
export function problemOf(error: unknown): string | null {
  const cause = error instanceof Error ? error.cause : undefined;
  if (isDatabaseAway(error) || isDatabaseAway(cause)) return null;
  if (isDomainError(error)) return error.message;
  return databaseSentence(error) ?? 'a fault of the program: its log says more';
}

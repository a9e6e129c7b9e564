/** What the operator hears of a report that could not be made: what to do, and nothing of what mends itself. */
import { ConflictError, DatabaseError } from '../../src/platform/errors.ts';
import { problemOf } from '../../src/reports/daily-trouble.ts';

const coded = (code: string) => Object.assign(new Error('as the server says it'), { code });

test.each(['57P01', '57P03', 'ECONNREFUSED', 'ECONNRESET'])('of a database that is away (%s) nothing', (code) => {
  expect(problemOf(coded(code))).toBeNull();
  expect(problemOf(new DatabaseError('cannot read', { cause: coded(code) }))).toBeNull();
});

test('nor of a connection or a lock that broke with it', () => {
  expect(problemOf(new Error('Connection terminated unexpectedly'))).toBeNull();
  expect(problemOf(new Error('the database lock was lost in the middle of the work'))).toBeNull();
});

test('of a disk that is full, to free some space', () => {
  expect(problemOf(coded('53100'))).toMatch(/disk .* is full: free some space/);
});

test('of what was thrown on purpose its own sentence, of anything else that the log says more', () => {
  expect(problemOf(new ConflictError('ask for another day'))).toBe('ask for another day');
  expect(problemOf(new TypeError('x is undefined'))).toBe('a fault of the program: its log says more');
});

/** What went wrong with a request, as its caller is told: a status, a sentence and, where it helps, the fields. */
import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { isDatabaseAway, usedUpSentence } from './database-errors.ts';
import {
  BusyError,
  ConflictError,
  DatabaseError,
  NotFoundError,
  OutdatedError,
  UsageError,
  errorCodeOf,
} from './errors.ts';

/** One field of a request that is wrong; `field` as a path such as `items.3.charged`. */
export interface FieldProblem {
  field: string;
  message: string;
}

export interface Problem {
  status: number;
  /** The sentence that says what is wrong and what to do. */
  detail: string;
  errors?: readonly FieldProblem[];
  headers?: Readonly<Record<string, string>>;
}

/** RFC 9457, with the id under which the log has the request. */
export interface ProblemDocument {
  type: 'about:blank';
  title: string;
  status: number;
  detail: string;
  instance: string;
  requestId: string;
  errors?: readonly FieldProblem[];
}

/** A refusal that is a matter of HTTP alone; rooms throw their own errors. */
export class HttpProblem extends HttpException {
  readonly problem: Problem;

  constructor(status: number, detail: string, more: Pick<Problem, 'errors' | 'headers'> = {}) {
    super(detail, status);
    this.problem = { status, detail, ...more };
  }
}

const AWAY: Problem = {
  status: 503,
  detail: 'the database does not answer now: try again in a few seconds',
  headers: { 'Retry-After': '5' },
};
/** Longer than a break of the database: what is waited for is work. */
const BUSY_RETRY_SECONDS = '15';
/** SQLSTATE of a text with U+0000 in it, which JSON and URLs can hold and PostgreSQL cannot. */
const NO_TEXT = ['22021', '22P05'];
/** What the router says of a % that stands for no sign; it goes on to repeat the address, which may hold a secret. */
const UNREADABLE_ADDRESS = 'Failed to decode param';
const FAULT: Problem = {
  status: 500,
  detail: 'a fault of the service, not of the request: its log tells more under the request id',
};

/** The problem an error is to the caller. Nothing of an unexpected error is told: it may hold data, SQL or a password. */
export function problemOf(error: unknown): Problem {
  if (error instanceof HttpProblem) return error.problem;
  // Before the domain errors: a room may have put the database's refusal into a sentence for the command line.
  const cause = error instanceof Error ? error.cause : null;
  if (isDatabaseAway(error) || isDatabaseAway(cause)) return AWAY;
  const usedUp = usedUpSentence(error) ?? usedUpSentence(cause);
  if (usedUp !== null) return { ...AWAY, detail: usedUp };
  if (NO_TEXT.includes(errorCodeOf(error) ?? '')) {
    return { status: 400, detail: 'the request holds a character that is no text (U+0000): leave it out' };
  }
  if (error instanceof UsageError) return { status: 400, detail: error.message };
  if (error instanceof NotFoundError) return { status: 404, detail: error.message };
  if (error instanceof ConflictError) return { status: 409, detail: error.message };
  if (error instanceof OutdatedError) return { status: 412, detail: error.message };
  if (error instanceof DatabaseError) return AWAY;
  if (error instanceof BusyError) {
    return { status: 503, detail: error.message, headers: { 'Retry-After': BUSY_RETRY_SECONDS } };
  }
  if (error instanceof HttpException && error.getStatus() < 500) {
    if (error.message.startsWith(UNREADABLE_ADDRESS)) {
      return { status: 400, detail: 'the address cannot be read: a % in it is not followed by what it stands for' };
    }
    return { status: error.getStatus(), detail: error.message };
  }
  return FAULT;
}

/** The problem as the document that is sent. */
export function writeProblem(problem: Problem, about: { instance: string; requestId: string }): ProblemDocument {
  const { status, detail, errors } = problem;
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: 'about:blank', title, status, detail, ...about, ...(errors && { errors }) };
}

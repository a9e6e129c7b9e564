/** Turns what PostgreSQL and the system say into one sentence that tells the reader what to do. */
import { DatabaseError, UsageError, errorCodeOf } from './errors.ts';

/** By SQLSTATE (PostgreSQL manual, appendix A) or by the system's error name. */
const sentences: Record<string, string> = {
  '53100': 'the disk that holds the database is full: free some space and run again, nothing is half done',
  ENOSPC: 'the disk is full: free some space and run again, nothing is half done',
  EDQUOT: "the user's disk quota is used up: free some space and run again, nothing is half done",
  '53200': 'the database server ran out of memory: give it more, or run fewer things beside it',
  '53300': 'the database accepts no more connections: end some, or raise its max_connections',
  '28P01': 'the database refused the user name or password: check the database URL',
  '28000': 'the database refused this user: check the user in the database URL and the server’s pg_hba.conf',
  '3D000': 'the database named in the URL does not exist: create it, or correct the URL',
  '42501': 'the database user may not do this: grant it the right to create and change tables in its schema',
  '25006': 'the database is read-only (a standby?): connect to the primary server',
  '57P03': 'the database server is still starting or is shutting down: try again in a moment',
  '57P02': 'the database server crashed and is starting again: try again in a moment',
  '57P01': 'the database server ended the connection: it was stopped or restarted, run again',
  ECONNREFUSED: 'no database server answers at that address: check that it runs, and host and port of the URL',
  ENOTFOUND: 'the host of the database URL is unknown: check its name',
  EAI_AGAIN: 'the host of the database URL cannot be looked up now: check the name and the network',
  ENOENT: 'the database server’s socket is not there: the server does not run',
  ECONNRESET: 'the connection to the database broke: check that the server still runs, and run again',
  EHOSTUNREACH: 'no way leads to the host of the database URL: check its name and the network',
  ENETUNREACH: 'no way leads to the host of the database URL: check its name and the network',
  ETIMEDOUT: 'the database server does not answer: check host, port and firewall',
  SELF_SIGNED_CERT_IN_CHAIN: 'the database server’s certificate is signed by nobody this machine trusts',
};

/** What a wrong URL, or a server that was not set up for us, answers: the user's to mend. */
const usage = new Set([
  '28P01',
  '28000',
  '3D000',
  '42501',
  '25006',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
]);

/** A server that is only just starting answers with one of these. */
const startingCodes = new Set(['57P03', 'ECONNREFUSED', 'ENOENT', 'ECONNRESET']);

/** Whether trying again soon may help. */
export function mayBeStarting(error: unknown): boolean {
  return startingCodes.has(codeOf(error) ?? '');
}

/** SQLSTATE: connection broken, refused at the door, shut down, no such database, read-only standby. */
const AWAY_STATE = /^(08...|28...|57P0[1-5]|3D000|25006)$/;
const USED_UP = /^(53...|ENOSPC|EDQUOT)$/;
const AWAY_SYSTEM = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN']);
/** What pg and TypeORM say without a code. */
const AWAY_MESSAGE =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Driver not Connected|the database lock was lost)/;

/** Whether the error means that the database cannot be worked with now, whatever was asked of it. */
export function isDatabaseAway(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  if (AWAY_STATE.test(code) || AWAY_SYSTEM.has(code)) return true;
  // A socket file that is not there; any other missing file is another matter.
  if (code === 'ENOENT')
    return typeof error === 'object' && error !== null && 'syscall' in error && error.syscall === 'connect';
  return error instanceof Error && AWAY_MESSAGE.test(error.message);
}

/** The sentence on an error of the database or the disk, without what the server said; null where there is none. */
export function databaseSentence(error: unknown): string | null {
  return sentences[codeOf(error) ?? ''] ?? null;
}

/** The sentence on a disk, a memory or a number of connections that is used up; null for any other error. */
export function usedUpSentence(error: unknown): string | null {
  return USED_UP.test(codeOf(error) ?? '') ? databaseSentence(error) : null;
}

/**
 * The error with a sentence, `doing` first ("cannot open the database"), when its code is one we have a sentence for:
 * a UsageError where the URL or the server's set-up is to be mended, else a DatabaseError. Any other error as it is,
 * since it may be a fault of ours that needs its stack.
 */
export function explainDatabaseError(error: unknown, doing: string): unknown {
  const code = codeOf(error) ?? '';
  // pg says of a broken connection no more than a message.
  const sentence = sentences[code] ?? (isDatabaseAway(error) ? sentences['ECONNRESET'] : undefined);
  if (sentence === undefined) return error;
  const said = error instanceof Error && error.message !== '' ? ` (${error.message})` : '';
  const Kind = usage.has(code) ? UsageError : DatabaseError;
  return new Kind(`${doing}: ${sentence}${said}`, { cause: error });
}

/** Node gathers the refusals of every address of a host in one AggregateError. */
function codeOf(error: unknown): string | null {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  return errorCodeOf(error) ?? errorCodeOf(first);
}

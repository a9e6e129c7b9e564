/** Waits for the database server that a user named, before anything is built on it, and says that it waits. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { databaseSentence, explainDatabaseError, mayBeStarting } from './database-errors.ts';
import { checkUrl, withoutPassword } from './database.ts';
import { UsageError } from './errors.ts';

export interface DatabaseWait {
  /** Told once, in words, when the server is not there at once. */
  tell: (line: string) => void;
  /** Longest wait in all. */
  waitMs?: number;
}

const WAIT_MS = 10_000;
const RETRY_EVERY_MS = 200;
/** A server that takes longer to greet is waited for, and people are told. */
const SLOW_AFTER_MS = 1_000;

/** Resolves when the server lets us in. Throws a UsageError or DatabaseError with what to do when it does not in time. */
export async function untilDatabaseAnswers(url: string, { tell, waitMs = WAIT_MS }: DatabaseWait): Promise<void> {
  checkUrl(url);
  const until = Date.now() + waitMs;
  let told = false;
  const tellOnce = (): void => {
    if (!told) tell(`waiting for the database at ${withoutPassword(url)}`);
    told = true;
  };
  const slow = setTimeout(tellOnce, SLOW_AFTER_MS);
  try {
    while (!(await letsIn(url, until))) {
      tellOnce();
      await sleep(RETRY_EVERY_MS);
    }
  } finally {
    clearTimeout(slow);
  }
}

/** One try. Answers false where another may help; throws where none will, or no time is left. */
async function letsIn(url: string, until: number): Promise<boolean> {
  const left = Math.max(1, until - Date.now());
  const client = new Client({ connectionString: url, connectionTimeoutMillis: left });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (mayBeStarting(error) && Date.now() < until) return false;
    const doing = `cannot open the database ${withoutPassword(url)}`;
    if (error instanceof Error && error.message.startsWith('timeout'))
      throw new UsageError(`${doing}: ${databaseSentence({ code: 'ETIMEDOUT' }) ?? ''}`, { cause: error });
    throw explainDatabaseError(error, doing);
  } finally {
    // Not awaited: a server that never greeted does not say goodbye either.
    void client.end().catch(() => undefined);
  }
}

/** Merges the temporary table `incoming` into a table whose rows a later import may correct. */
import type { PoolClient } from 'pg';
import type { Staging } from './staging.store.ts';

/** How many rows a statement wrote. */
export async function execute(client: PoolClient, sql: string, parameters: unknown[] = []): Promise<number> {
  return (await client.query(sql, parameters)).rowCount ?? 0;
}

/** Whether two rows differ in any column that is not part of their key. */
export function differs({ content }: Staging, left: string, right: string): string {
  const row = (alias: string) => `(${content.map((name) => `${alias}.${name}`).join(', ')})`;
  return `${row(left)} IS DISTINCT FROM ${row(right)}`;
}

/** The rows that count where a file states one key more than once: the last ones. */
export function lastIncoming({ key, content }: Staging): string {
  const keys = key.join(', ');
  return (
    `SELECT DISTINCT ON (${keys}) ${keys}, ${content.join(', ')} FROM incoming ` +
    `WHERE problems IS NULL ORDER BY ${keys}, row_number DESC`
  );
}

/** What a merge is told: the import it belongs to, and how many rows of `incoming` are valid. */
export interface MergeOptions {
  importId: string;
  valid: number;
}

export interface Merged {
  /** Rows that said something new: neither stored before nor equal to an earlier row of the file. */
  accepted: number;
  /** Whether every valid row was new, and so no row of another import was looked at or changed. */
  allNew: boolean;
}

/**
 * Brings the accepted rows of `incoming` into their table under the import's id; a stored row that says something else
 * is replaced, after `keep` had its chance to save it.
 */
export async function mergeIncoming(
  client: PoolClient,
  staging: Staging,
  { importId, valid, keep }: MergeOptions & { keep?: string },
): Promise<Merged> {
  const inserted = await execute(client, insertNewSql(staging), [importId]);
  // The usual month holds nothing twice and nothing known, and needs neither sorting nor comparing.
  if (inserted === valid) return { accepted: inserted, allNew: true };
  const { rows } = await client.query<{ accepted: number }>(countNewSql(staging), [importId]);
  if (keep !== undefined) await execute(client, keep, [importId]);
  await execute(client, correctSql(staging), [importId]);
  return { accepted: rows[0]?.accepted ?? 0, allNew: false };
}

/** Takes each key that is not stored yet once: sorting costs less than inserting on conflict. */
export function insertNewSql({ table, key, content }: Staging): string {
  const columns = [...key, ...content].join(', ');
  const keys = key.join(', ');
  const same = key.map((name) => `s.${name} = incoming.${name}`).join(' AND ');
  return (
    `INSERT INTO ${table} (${columns}, import_id) SELECT DISTINCT ON (${keys}) ${columns}, $1 FROM incoming ` +
    `WHERE problems IS NULL AND NOT EXISTS (SELECT FROM ${table} s WHERE ${same}) ORDER BY ${keys}, row_number`
  );
}

/** Distinct rows of the file that were not stored before it. */
function countNewSql(staging: Staging): string {
  const { table, key, content } = staging;
  return (
    `SELECT count(*) AS accepted FROM (SELECT DISTINCT ${[...key, ...content].join(', ')} FROM incoming ` +
    `WHERE problems IS NULL) i JOIN ${table} s USING (${key.join(', ')}) ` +
    `WHERE s.import_id = $1 OR ${differs(staging, 'i', 's')}`
  );
}

/** Corrects the rows that were stored, or that the file itself corrects further down. */
function correctSql(staging: Staging): string {
  const { table, key, content } = staging;
  const columns = [...key, ...content].join(', ');
  const assignments = [...content, 'import_id'].map((name) => `${name} = excluded.${name}`).join(', ');
  return (
    `INSERT INTO ${table} (${columns}, import_id) SELECT ${columns}, $1 FROM (${lastIncoming(staging)}) i ` +
    `ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${assignments} WHERE ${differs(staging, table, 'excluded')}`
  );
}

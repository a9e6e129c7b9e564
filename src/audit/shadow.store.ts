/** What shadow rules would have found, replaced whenever their subject is judged: nobody's work, so nothing of it is kept. */
import type { QueryRunner } from 'typeorm';
import type { Finding } from '../core/finding/finding.ts';
import type { RuleBook } from '../core/rules/rule.ts';
import { judgedColumns } from './judged-columns.ts';

/**
 * Takes away what versions said that are tried out no more. Answers whether anything may be stored or come: without any, a run
 * has nothing to replace.
 */
export async function leaveShadowOf(runner: QueryRunner, { rules }: RuleBook): Promise<boolean> {
  if (rules.length > 0) {
    const versions = rules.map(({ version }) => version);
    await runner.query('DELETE FROM shadow_finding WHERE rule_version <> ALL($1)', [versions]);
    return true;
  }
  const [stored]: { any: boolean }[] = await runner.query('SELECT EXISTS (SELECT FROM shadow_finding) AS any');
  if (stored?.any) await runner.query('DELETE FROM shadow_finding');
  return false;
}

/** Puts what was found under the numbers in place of what was found there before, in the caller's transaction. */
export async function replaceShadow(
  runner: QueryRunner,
  trackingNumbers: readonly string[],
  found: readonly Finding[],
): Promise<void> {
  await runner.query('DELETE FROM shadow_finding WHERE tracking_number = ANY($1)', [trackingNumbers]);
  await insert(runner, found);
}

/** The same for every key that begins so, such as `@vendor/`. */
export async function replaceShadowWith(runner: QueryRunner, prefix: string, found: readonly Finding[]): Promise<void> {
  await runner.query('DELETE FROM shadow_finding WHERE starts_with(tracking_number, $1)', [prefix]);
  await insert(runner, found);
}

async function insert(runner: QueryRunner, found: readonly Finding[]): Promise<void> {
  if (found.length === 0) return;
  await runner.query(
    'INSERT INTO shadow_finding SELECT * FROM jsonb_populate_recordset(NULL::shadow_finding, $1::jsonb)',
    [JSON.stringify(found.map(judgedColumns))],
  );
}

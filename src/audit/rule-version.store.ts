/** The versions of rules that judged. */
import type { EntityManager, QueryRunner } from 'typeorm';
import { factWordsOf } from '../core/rules/load.ts';
import type { Rule } from '../core/rules/rule.ts';
import { type Instant, formatInstant } from '../core/units/day.ts';
import type { RuleVersionRow } from './rule-version.table.ts';

type Runner = Pick<QueryRunner | EntityManager, 'query'>;

/** Keeps the rules that an audit as of the instant judges by; those that are kept stay as they are. */
export async function keepRules(runner: Runner, rules: readonly Rule[], asOf: Instant): Promise<void> {
  const kept: { version: string }[] = await runner.query('SELECT version FROM rule_version WHERE version = ANY ($1)', [
    rules.map(({ version }) => version),
  ]);
  const known = new Set(kept.map(({ version }) => version));
  const added = rules.filter(({ version }) => !known.has(version));
  if (added.length === 0) return;
  const rows = added.map((rule) => ({
    version: rule.version,
    rule: rule.id,
    content: rule.content,
    facts: factWordsOf(rule),
    first_seen_at: formatInstant(asOf),
  }));
  await runner.query(
    `INSERT INTO rule_version SELECT * FROM jsonb_populate_recordset(NULL::rule_version, $1::jsonb)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)],
  );
}

/** What is kept of the versions that are named; one nobody judged by is left out. */
export async function readRuleVersions(
  runner: Runner,
  versions: readonly string[],
): Promise<Pick<RuleVersionRow, 'version' | 'content' | 'facts'>[]> {
  return runner.query('SELECT version, content, facts FROM rule_version WHERE version = ANY ($1)', [versions]);
}

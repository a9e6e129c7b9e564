/** `rules`: the rule book and its vocabulary in lists, and a check of every rule by its own examples. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readLock, writeLock } from '../catalog/rule-lock.ts';
import { describeProblem } from '../catalog/rules.ts';
import { chargeVocabulary, labelVocabulary, vendorVocabulary } from '../core/facts/dictionary.ts';
import type { Vocabulary } from '../core/facts/vocabulary.ts';
import { ruleBookOf } from '../core/rules/book.ts';
import { RULE_FUNCTIONS } from '../core/rules/functions.ts';
import { lockFaults, lockedAlso, notLocked } from '../core/rules/lock.ts';
import { type Rule, isShadowVersion } from '../core/rules/rule.ts';
import { EXIT_FOUND, UsageError } from '../platform/errors.ts';
import { sha256Hex } from '../platform/hash.ts';
import type { DatabaseSchema } from '../platform/database.ts';
import type { CliIo } from './io.ts';
import { readRuleFiles } from './rule-files.ts';
import type { BacktestOptions } from './rules-backtest.ts';
import { writeRulePages } from './rules-docs.ts';
import type { ExplainOptions } from './rules-explain.ts';
import { textTable } from './text-table.ts';

/** Adds the commands about rules. What needs a database is loaded only when it is called. */
export function registerRules(program: Command, io: CliIo, schema: () => Promise<DatabaseSchema>): void {
  const rules = program
    .command('rules')
    .description('the rule book: what is judged, by which facts, and whether it holds');
  rules
    .command('list')
    .description('every rule with its family, subject, severities, status, whether it alerts, and version')
    .option('--database <url>', 'also the share of its findings that people dismissed, by what PostgreSQL holds')
    .action(async ({ database }: { database?: string }) => {
      if (database === undefined) return listRules(io, null);
      const { readShares } = await import('./rules-dismissed.ts');
      listRules(io, await readShares(io, await schema(), database));
    });
  rules
    .command('facts')
    .description('the facts and functions rules may use')
    .action(() => listFacts(io));
  rules
    .command('check')
    .description('check format, types and every example of all rules, or of one file or folder')
    .argument('[path]', 'a rule file or a folder of them (default: rules/)')
    .option('--lock', 'write down what the versions of active rules judge, which then may not change')
    .action((path: string | undefined, { lock = false }: { lock?: boolean }) =>
      checkRules(path ?? resolve(io.root, 'rules'), { io, lock }),
    );
  rules
    .command('docs')
    .description('write the page of every rule to docs/rules/')
    .action(() => writeDocs(io));
  rules
    .command('explain')
    .description('why a rule answers as it does: each part of its condition with its value, and which part decided')
    .argument('<id>', 'the rule')
    .argument(
      '<tracking>',
      'the number as written on the label; the name of a vendor, or the number of an invoice as 7 or @vendor/7, where it judges those',
    )
    .option('--as-of <time>', 'the clock, ISO 8601 with its offset (default: now)')
    .option('--database <url>', "PostgreSQL (default: the service's database)")
    .option('--json', 'a JSON document')
    .action(async (id: string, tracking: string, options: ExplainOptions) => {
      const { explainRule } = await import('./rules-explain.ts');
      await explainRule(id, tracking, options, { io, schema: await schema() });
    });
  rules
    .command('backtest')
    .description('what changed rules would have told on stored rows, day by day, beside what the active ones told')
    .argument('<path>', 'a rule file or a folder of them: drafts, shadow rules, changed ones')
    .option('--from <day>', 'the first day (default: 28 days up to the last)')
    .option('--to <day>', 'the last day (default: the last one stored)')
    .option('--all', 'every finding that differs, not the first of them')
    .option('--database <url>', "PostgreSQL (default: the service's database)")
    .option('--json', 'a JSON document')
    .action(async (path: string, options: BacktestOptions) => {
      const { backtestRules } = await import('./rules-backtest.ts');
      await backtestRules(path, options, { io, schema: await schema() });
    });
}

/** `shares` = what people dismissed, by rule; null where nobody asks. */
function listRules(io: CliIo, shares: ReadonlyMap<string, string> | null): void {
  const { rules, problems } = readRuleFiles(resolve(io.root, 'rules'), io, false);
  const own = rules.filter((rule) => !isShadowVersion(rule));
  const book = ruleBookOf(own, sha256Hex);
  const rows = rules
    .toSorted(byId)
    .map((rule) => [
      rule.id,
      rule.family,
      rule.subject,
      severitiesOf(rule).join('|'),
      rule.file.status,
      rule.file.alert ? 'at once' : '',
      `${rule.file.version} (${rule.version})`,
      ...(shares === null ? [] : [isShadowVersion(rule) ? '' : (shares.get(rule.id) ?? '')]),
      rule.title.en,
    ]);
  const asked = shares === null ? [] : ['dismissed'];
  const head = ['rule', 'family', 'subject', 'severity', 'status', 'told', 'version', ...asked, 'title'];
  io.stdout.write(textTable(head, rows));
  const tried = rules.length - own.length;
  const also = tried === 0 ? '' : `, ${tried} ${tried === 1 ? 'version' : 'versions'} tried out`;
  io.stdout.write(`\n${own.length} rules${also}, book ${book.version}\n`);
  if (problems.length > 0) fail(problems.map(describeProblem), io);
}

/** By id, what is tried out after the active one. */
function byId(a: Rule, b: Rule): number {
  if (a.id === b.id) return a.file.version - b.file.version;
  return a.id < b.id ? -1 : 1;
}

/** The severities a rule can reach, in the order of its cases. */
function severitiesOf({ file }: Rule): string[] {
  const { severity } = file;
  return typeof severity === 'string' ? [severity] : [...new Set(severity.map((entry) => entry.is))];
}

function listFacts(io: CliIo): void {
  const facts = [labelVocabulary, vendorVocabulary, chargeVocabulary].map(factTable);
  const functions = RULE_FUNCTIONS.map(({ name, takes, gives, meaning }) => [
    `${name}(${takes.join(', ')})`,
    gives,
    meaning,
  ]);
  io.stdout.write([...facts, textTable(['function', 'gives', 'meaning'], functions)].join('\n'));
}

function factTable({ subject, facts }: Vocabulary): string {
  const rows = facts.map(({ name, type, unit, meaning, unknownWhen }) => [
    name,
    type,
    unit,
    unknownWhen === null ? meaning : `${meaning} Unknown when ${unknownWhen}.`,
  ]);
  return textTable([`fact about a ${subject}`, 'type', 'unit', 'meaning'], rows);
}

function writeDocs(io: CliIo): void {
  const { rules, problems } = readRuleFiles(resolve(io.root, 'rules'), io, false);
  if (problems.length > 0) return fail(problems.map(describeProblem), io);
  io.stdout.write(`${writeRulePages(io.root, rules)} pages in docs/rules\n`);
}

function checkRules(path: string, { io, lock }: { io: CliIo; lock: boolean }): void {
  const { rules, problems } = readRuleFiles(path, io, true);
  if (problems.length > 0) {
    fail(problems.map(describeProblem), io);
    return;
  }
  if (rules.length === 0) throw new UsageError(`${path} holds no rule file (*.yaml)`);
  const locked = readLock(io.root);
  const faults = lockFaults(rules, locked, sha256Hex).map(({ rule, fault }) => `${rule.path}: ${fault}`);
  if (faults.length > 0) return fail(faults, io);
  if (lock) writeLock(io.root, lockedAlso(rules, locked, sha256Hex));
  const open = lock ? 0 : notLocked(rules, locked).length;
  if (open > 0) io.stderr.write(`${open} versions are not locked yet: \`rules check --lock\` before they judge\n`);
  const examples = rules.reduce((sum, rule) => sum + rule.file.examples.length, 0);
  io.stdout.write(`${rules.length} rules, ${examples} examples: all hold\n`);
}

function fail(lines: readonly string[], io: CliIo): void {
  io.stderr.write(`${lines.join('\n')}\n${lines.length} ${lines.length === 1 ? 'problem' : 'problems'}\n`);
  io.exitCode = EXIT_FOUND;
}

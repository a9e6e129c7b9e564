/** The pages about rules, docs/rules/<id>.md and their index, made from the rule files and never written by hand. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { factWordsOf } from '../core/rules/load.ts';
import { formatValue } from '../core/rules/format.ts';
import { type Rule, isShadowVersion } from '../core/rules/rule.ts';
import type { ConstantOrCases, RuleExample } from '../core/rules/schema.ts';

/** The files by name, in the order of the ids; a version that is tried out has none. */
export function rulePages(rules: readonly Rule[]): Map<string, string> {
  const sorted = rules.filter((rule) => !isShadowVersion(rule)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return new Map([
    ['README.md', indexPage(sorted)],
    ...sorted.map((rule) => [`${rule.id}.md`, rulePage(rule)] as const),
  ]);
}

/** Writes them to `docs/rules/` of a root folder, and takes away pages of rules that are no more; answers how many there are. */
export function writeRulePages(root: string, rules: readonly Rule[]): number {
  const folder = join(root, 'docs', 'rules');
  mkdirSync(folder, { recursive: true });
  const pages = rulePages(rules);
  for (const name of readdirSync(folder)) if (name.endsWith('.md') && !pages.has(name)) rmSync(join(folder, name));
  for (const [name, text] of pages) writeFileSync(join(folder, name), text);
  return pages.size;
}

const MADE = '<!-- Made from the rule file by `npm run cli -- rules docs`. Change the rule, not this page. -->';

function indexPage(rules: readonly Rule[]): string {
  const rows = rules.map((rule) => [
    `[${rule.id}](${rule.id}.md)`,
    rule.family,
    rule.subject,
    wordsOf(rule.file.severity).join(', '),
    rule.file.status,
    rule.title.en,
  ]);
  const head = ['rule', 'family', 'judges', 'severity', 'status', 'title'];
  return page(['# Rules', MADE, 'How a rule file is written: [RULES.md](../RULES.md).', table(head, rows)]);
}

function rulePage(rule: Rule): string {
  const { file } = rule;
  const lets = Object.entries(file.let).map(
    ([name, each]) => `${name} = ${oneLine(typeof each === 'string' ? each : each.value)}`,
  );
  const facts = factWordsOf(rule).map(({ name, unit, meaning, unknownWhen }) => [
    `\`${name}\``,
    unit,
    meaning,
    unknownWhen ?? 'never',
  ]);
  const params = Object.entries(file.params).map(([name, { value, unit, min, max, meaning, vendors }]) => [
    `\`${name}\``,
    [value, ...Object.entries(vendors).map(([vendor, own]) => `${vendor}: ${own}`)].join('; '),
    formatValue(value, { unit, currency: unit === 'mills' ? 'USD' : null }, 'en'),
    `${min} to ${max}`,
    meaning,
  ]);
  const needs = file.needs.map(
    ({ that, missing }) => `- \`${oneLine(that)}\`, else unknown for want of \`${missing}\``,
  );
  const until = file.effective_to === null ? '' : ` to ${file.effective_to}`;
  return page([
    `# ${rule.title.en}`,
    MADE,
    `\`${rule.id}\`, version ${file.version}, ${file.status}, judges a ${rule.subject}, family ${rule.family}, from ${file.effective_from}${until}. ${rule.title['zh-CN']}`,
    '## Purpose',
    file.why,
    '## When it fires',
    fence(file.when),
    ...(lets.length === 0 ? [] : ['where', fence(lets.join('\n'))]),
    ...(needs.length === 0 ? [] : ['and only if', needs.join('\n')]),
    '## What it needs to know',
    table(['fact', 'unit', 'meaning', 'unknown when'], facts),
    '## Parameters',
    params.length === 0 ? 'None.' : table(['parameter', 'value', 'reads', 'bounds', 'meaning'], params),
    '## What it says',
    ...(['severity', 'verdict', 'attribution', 'confidence'] as const).map((key) => chosen(key, file[key])),
    '## What it must not be taken for',
    file.false_positives.map((each) => `- ${oneLine(each)}`).join('\n'),
    '## References',
    file.references
      .map(
        ({ title, as_of: asOf, url }) => `- ${oneLine(title)} (as of ${asOf})${url === undefined ? '' : `: <${url}>`}`,
      )
      .join('\n'),
    '## Examples',
    table(['example', 'differs from the base by', 'expected'], file.examples.map(exampleRow)),
  ]);
}

function exampleRow({ name, facts, params, expect }: RuleExample): string[] {
  const changes = [
    ...Object.entries(facts).map(
      ([fact, value]) => `\`${fact}\` ${value === null ? 'unknown' : JSON.stringify(value)}`,
    ),
    ...Object.entries(params).map(([param, value]) => `\`params.${param}\` ${value}`),
  ];
  return [name, changes.join(', '), expected(expect)];
}

function expected(expect: RuleExample['expect']): string {
  if (expect === 'clear') return 'clear';
  if ('unknown' in expect) return `unknown: ${expect.unknown.join(', ')}`;
  return `fires: ${Object.entries(expect.fires)
    .map(([key, value]) => `${key} ${value ?? 'none'}`)
    .join(', ')}`;
}

function wordsOf(choice: ConstantOrCases<string>): string[] {
  return Array.isArray(choice) ? [...new Set(choice.map(({ is }) => is))] : [choice];
}

function chosen(what: string, choice: ConstantOrCases<string>): string {
  if (!Array.isArray(choice)) return `- ${what}: **${choice}**`;
  const cases = choice.map(
    (entry) => `**${entry.is}**${'when' in entry ? ` when \`${oneLine(entry.when)}\`` : ' otherwise'}`,
  );
  return `- ${what}: ${cases.join('; ')}`;
}

function fence(text: string): string {
  return `\`\`\`\n${text.trim()}\n\`\`\``;
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [tableRow(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(tableRow)].join('\n');
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => oneLine(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}

/** Blocks with a blank line between them; items of one list stand together. */
function page(blocks: readonly string[]): string {
  return `${blocks.reduce((text, block) => `${text}${text === '' ? '' : block.startsWith('- ') && isItem(text) ? '\n' : '\n\n'}${block}`, '')}\n`;
}

function isItem(text: string): boolean {
  return text.slice(text.lastIndexOf('\n') + 1).startsWith('- ');
}

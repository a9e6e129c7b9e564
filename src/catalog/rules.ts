/** Reads the rule files of a root folder once, with the line of every part for error messages. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { LineCounter, type Document, isMap, isNode, isScalar, parseDocument } from 'yaml';
import type { Sha256Hex } from '../core/rules/answer.ts';
import { ruleBookOf } from '../core/rules/book.ts';
import type { Path, RuleProblem, RuleSource } from '../core/rules/compiler.ts';
import { checkExamples } from '../core/rules/examples.ts';
import { loadRule } from '../core/rules/load.ts';
import { type Rule, type RuleBook, SHADOW_FILE, isShadowVersion } from '../core/rules/rule.ts';
import { CatalogError } from '../platform/errors.ts';

/** The rules folder does not hold a usable rule book; the message names every fault with file and line. */
export class RuleBookError extends CatalogError {
  override name = 'RuleBookError';

  constructor(problems: readonly [RuleProblem, ...RuleProblem[]]) {
    super({ file: problems[0].file, row: problems[0].line, field: problems[0].at }, problems[0].message);
    this.message = problems.map(describeProblem).join('\n');
  }
}

/** "rules/fraud/x.yaml:12: when: no fact is named ..." */
export function describeProblem({ file, line, at, message }: RuleProblem): string {
  return `${file}:${line}: ${at === '' ? '' : `${at}: `}${message}`;
}

/** The rules of every id, and those that are tried out: shadow versions of rules of the book, and its own shadow rules. */
export interface RulesLoaded {
  book: RuleBook;
  shadows: readonly Rule[];
}

/**
 * Loads every rule below `rules/` of the root. Examples are not run; `rules check` and the tests do that.
 * @throws RuleBookError when any file has a fault
 */
export function loadRules(root: string, sha256Hex: Sha256Hex): RulesLoaded {
  const { rules, problems } = readRules(join(root, 'rules'), { shownFrom: root, sha256Hex, examples: false });
  const [first, ...others] = problems;
  if (first !== undefined) throw new RuleBookError([first, ...others]);
  const own = rules.filter((rule) => !isShadowVersion(rule));
  return { book: ruleBookOf(own, sha256Hex), shadows: rules.filter(({ file }) => file.status === 'shadow') };
}

/** The book of `loadRules`, for those to whom nothing else matters. */
export function loadRuleBook(root: string, sha256Hex: Sha256Hex): RuleBook {
  return loadRules(root, sha256Hex).book;
}

export interface RulesRead {
  rules: Rule[];
  problems: RuleProblem[];
}

/**
 * Reads one rule file, or every rule file of a folder, reporting instead of throwing.
 * @param shownFrom the folder that file names in messages are relative to
 * @throws an error of node:fs when the path cannot be read
 */
export function readRules(
  path: string,
  { shownFrom, sha256Hex, examples }: { shownFrom: string; sha256Hex: Sha256Hex; examples: boolean },
): RulesRead {
  const rules: Rule[] = [];
  const problems: RuleProblem[] = [];
  const shadows: { rule: Rule; source: RuleSource }[] = [];
  for (const file of ruleFiles(path)) {
    const shown = relative(shownFrom, file).split(sep).join('/');
    const { source, faults } = sourceOf(readFileSync(file, 'utf8'), shown);
    problems.push(...faults);
    if (faults.length > 0) continue;
    const loaded = loadRule(source, sha256Hex);
    if (!loaded.ok) {
      problems.push(...loaded.problems);
      continue;
    }
    rules.push(loaded.rule);
    problems.push(...placeProblems(loaded.rule, source, rules));
    if (examples) problems.push(...checkExamples(loaded.rule, source));
    if (isShadowVersion(loaded.rule)) shadows.push({ rule: loaded.rule, source });
  }
  // One file alone says nothing of the rule that it is a version of.
  if (statSync(path).isDirectory()) problems.push(...shadows.flatMap((each) => besideProblems(each, rules)));
  return { rules, problems };
}

function ruleFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(path, name))
    .toSorted();
}

/** A file says by its name and folder which rule it holds, and no two hold the same; a shadow version has a file of its own. */
function placeProblems(rule: Rule, source: RuleSource, rules: readonly Rule[]): RuleProblem[] {
  const { id, family, file } = rule;
  const isVersion = isShadowVersion(rule);
  const wanted = isVersion ? `${id}${SHADOW_FILE}` : `${id}.yaml`;
  const same = rules.filter((each) => each.id === id && isShadowVersion(each) === isVersion);
  const problems: RuleProblem[] = [];
  const report = (at: string, message: string): void => {
    problems.push({ file: source.file, line: source.lineOf([at]), at, message });
  };
  const folder = source.file.split('/').at(-2);
  if (basename(source.file) !== wanted) report('id', `the rule ${id} belongs in a file ${wanted}`);
  if (folder !== undefined && folder !== family) report('family', `the rule belongs in a folder ${family}/`);
  if (same.length > 1) report('id', `another file already holds a rule ${id}`);
  if (isVersion && file.status !== 'shadow')
    report('status', `a file *${SHADOW_FILE} holds a rule with status: shadow`);
  return problems;
}

/** A shadow version stands beside the active rule that it may replace, and is a later one of the same kind. */
function besideProblems({ rule, source }: { rule: Rule; source: RuleSource }, rules: readonly Rule[]): RuleProblem[] {
  const fault = (at: string, message: string): RuleProblem[] => [
    { file: source.file, line: source.lineOf([at]), at, message },
  ];
  const active = rules.find((each) => each.id === rule.id && !isShadowVersion(each));
  if (active?.file.status !== 'active')
    return fault('id', `there is no active rule ${rule.id} that it is a version of`);
  if (active.subject !== rule.subject || active.level !== rule.level) {
    return fault('subject', `it judges something else than the active rule ${rule.id}`);
  }
  const { version } = active.file;
  return rule.file.version > version
    ? []
    : fault('version', `version ${version} is active: write ${version + 1} or more`);
}

/** Checks the text of one rule file with its examples, wherever it is to lie; `shownAs` stands for its name in messages. */
export function checkRuleText(
  text: string,
  { shownAs, sha256Hex }: { shownAs: string; sha256Hex: Sha256Hex },
): { rule: Rule | null; problems: RuleProblem[] } {
  const { source, faults } = sourceOf(text, shownAs);
  if (faults.length > 0) return { rule: null, problems: faults };
  const loaded = loadRule(source, sha256Hex);
  if (!loaded.ok) return { rule: null, problems: loaded.problems };
  return { rule: loaded.rule, problems: checkExamples(loaded.rule, source) };
}

function sourceOf(text: string, file: string): { source: RuleSource; faults: RuleProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const faults = document.errors.map((error) => ({
    file,
    line: lines.linePos(error.pos[0]).line,
    at: '',
    message: error.message.split('\n')[0] ?? error.message,
  }));
  const value: unknown = faults.length > 0 ? null : document.toJS();
  const startOf = (at: Path): number => lineOf(document, lines, at);
  const textLineOf = (at: Path): number => startOf(at) + (isBlock(document.getIn(at, true)) ? 1 : 0);
  return { source: { file, value, lineOf: startOf, textLineOf }, faults };
}

function isBlock(node: unknown): boolean {
  return isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
}

/** The line of a part of the document, or of the nearest part around it that exists. */
function lineOf(document: Document, lines: LineCounter, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent: unknown = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const pair = isMap(parent) ? parent.items.find((item) => isNode(item.key) && String(item.key) === key) : undefined;
    const node: unknown = pair?.key ?? document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

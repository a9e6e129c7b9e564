/** Runs the examples a rule file carries: each must answer as it says, and each threshold must have a near miss. */
import type { FactValue, Unit } from '../facts/fact.ts';
import { Facts } from '../facts/facts.ts';
import type { Vocabulary } from '../facts/vocabulary.ts';
import { parseWrittenTime } from '../units/day.ts';
import type { RuleAnswer } from './answer.ts';
import type { Path, RuleProblem, RuleSource } from './compiler.ts';
import type { Rule } from './rule.ts';
import type { Expectation, RuleExample } from './schema.ts';
import { noFactNamed } from './subject.ts';

type Given = Record<string, FactValue | null>;
type Report = (path: Path, message: string) => void;

/** How far a threshold may be moved until a near miss has to answer otherwise: a tenth, and at least one of what is counted. */
const NEAR_SHARE = 0.1;
const COUNTED: ReadonlySet<Unit> = new Set(['count', 'days', 'business_days', 'hours']);

/** Checks a rule by its examples; the problems name the line of the example. */
export function checkExamples(rule: Rule, source: RuleSource): RuleProblem[] {
  const problems: RuleProblem[] = [];
  const report: Report = (path, message) =>
    problems.push({ file: source.file, line: source.lineOf(path), at: path.join('.'), message });
  const read = (facts: Given, path: Path): Given => readFacts(facts, path, { vocabulary: rule.vocabulary, report });
  const base = read(rule.file.base, ['base']);
  rule.file.examples.forEach((example, index) => {
    const path = ['examples', index];
    const given = { ...base, ...read(example.facts, [...path, 'facts']) };
    for (const name of Object.keys(example.params)) {
      if (!(name in rule.file.params)) report([...path, 'params', name], `the rule has no parameter ${name}`);
    }
    const answer = answerTo(rule.withParams(example.params), example, given);
    for (const difference of differences(answer, example.expect)) {
      report([...path, 'expect'], `example "${example.name}": ${difference}`);
    }
    for (const param of example.near_miss ?? []) {
      const problem = nearMissProblem(rule, { example, given, param });
      if (problem !== null) report([...path, 'near_miss'], `example "${example.name}": ${problem}`);
    }
  });
  reportGaps(rule, report);
  return problems;
}

/** The facts of an example as the rule is given them; instants may be written as ISO 8601 text. */
function readFacts(
  facts: Given,
  path: Path,
  { vocabulary, report }: { vocabulary: Vocabulary; report: Report },
): Given {
  const read: Given = {};
  for (const [name, value] of Object.entries(facts)) {
    const fact = vocabulary.named(name);
    if (fact === undefined) {
      report([...path, name], noFactNamed(name, vocabulary));
      continue;
    }
    const isTime = fact.unit === 'instant' && typeof value === 'string';
    read[name] = isTime ? (parseWrittenTime(value)?.instant ?? value) : value;
    if (value !== null && typeNameOf(read[name]) !== fact.type) {
      report([...path, name], `${name} is ${fact.type}${fact.unit === 'instant' ? ' (a time with its zone)' : ''}`);
    }
  }
  return read;
}

function typeNameOf(value: FactValue | null | undefined): string {
  if (Array.isArray(value)) return 'list<string>';
  if (typeof value === 'number') return 'double';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function answerTo(rule: Rule, example: RuleExample, given: Given): RuleAnswer {
  const vendor = example.vendor ?? vendorIn(given);
  const known = Object.entries(given).filter(([name]) => rule.vocabulary.named(name) !== undefined);
  return rule.evaluate(Facts.given(Object.fromEntries(known), rule.vocabulary), vendor).result;
}

/** Whose parameters the facts are judged by. */
function vendorIn(given: Given): string {
  const names = ['label.vendor', 'vendor.name', 'charge.vendor', 'adjustment.vendor', 'invoice.vendor'];
  return names.map((name) => given[name]).find((name) => typeof name === 'string') ?? '';
}

/** How an answer differs from what was expected, in sentences; empty when it does not. */
function differences(answer: RuleAnswer, expect: Expectation): string[] {
  if (expect === 'clear') return answer.answer === 'clear' ? [] : [`expected clear, but ${told(answer)}`];
  if ('unknown' in expect) {
    const wanted = expect.unknown.toSorted().join(', ');
    const same = answer.answer === 'unknown' && answer.missing.join(', ') === wanted;
    return same ? [] : [`expected unknown for want of ${wanted}, but ${told(answer)}`];
  }
  if (answer.answer !== 'fires') return [`expected it to fire, but ${told(answer)}`];
  const { judgement } = answer;
  const actual: Record<string, string | number | null> = {
    severity: judgement.severity,
    verdict: judgement.verdict,
    attribution: judgement.attribution,
    confidence: judgement.confidence,
    amount: judgement.amount?.mills ?? null,
    kind: judgement.amountKind,
    goods: judgement.goods?.mills ?? null,
    deadline: judgement.deadline,
  };
  const found = Object.entries(expect.fires)
    .filter(([key, wanted]) => wanted !== undefined && actual[key] !== wanted)
    .map(([key, wanted]) => `expected ${key} ${wanted}, but it is ${actual[key]}`);
  if (judgement.severity === 'critical' && judgement.confidence === 'indicative') {
    found.push('critical on an indication alone: it needs a statement by the carrier or two signals');
  }
  return found;
}

function told(answer: RuleAnswer): string {
  if (answer.answer === 'unknown') return `it is unknown for want of ${answer.missing.join(', ')}`;
  return answer.answer === 'fires' ? `it fires: ${answer.judgement.message.en}` : 'it is clear';
}

/** Moving the threshold a little must change the answer, else the example proves nothing about it. */
function nearMissProblem(
  rule: Rule,
  { example, given, param }: { example: RuleExample; given: Given; param: string },
): string | null {
  const definition = rule.file.params[param];
  if (definition === undefined) return `the rule has no parameter ${param}`;
  const value = example.params[param] ?? definition.value;
  const answerAt = (moved: number): string =>
    toldText(answerTo(rule.withParams({ ...example.params, [param]: moved }), example, given));
  const step = Math.max(Math.abs(value) * NEAR_SHARE, COUNTED.has(definition.unit) ? 1 : 0);
  const before = answerAt(value);
  const changes = answerAt(value - step) !== before || answerAt(value + step) !== before;
  return changes ? null : `is no near miss of ${param}: moving it a little changes nothing`;
}

/** All an answer tells; which facts it asked for on the way changes nothing for anybody. */
function toldText(answer: RuleAnswer): string {
  return JSON.stringify(answer.answer === 'fires' ? answer.judgement : answer);
}

/** Every kind of answer has an example, and every threshold a near miss. */
function reportGaps(rule: Rule, report: Report): void {
  const { examples, params } = rule.file;
  const kinds = new Set(examples.map(({ expect }) => (typeof expect === 'string' ? expect : Object.keys(expect)[0])));
  for (const kind of ['fires', 'clear', 'unknown']) {
    if (!kinds.has(kind)) report(['examples'], `no example expects ${kind}`);
  }
  const near = new Set(examples.flatMap((example) => example.near_miss ?? []));
  for (const param of Object.keys(params)) {
    if (!near.has(param)) report(['params', param], `no example is a near miss of ${param}`);
  }
}

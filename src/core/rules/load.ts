/** Makes a rule of a rule file: the format checked, every expression compiled and typed, every name known. */
import type { FactValue, FactWords } from '../facts/fact.ts';
import { Facts, PENDING } from '../facts/facts.ts';
import { vocabularyOf } from '../facts/vocabulary.ts';
import type { Sha256Hex } from './answer.ts';
import { RuleCompiler, type RuleProblem, type RuleSource } from './compiler.ts';
import { type CompiledRule, answerWithin, evaluateRule } from './evaluate.ts';
import { RuleExplainer } from './explain-rule.ts';
import { levelOf, strayNouns } from './level.ts';
import type { Scope } from './expression.ts';
import type { Rule } from './rule.ts';
import { type RuleFile, keptRuleSchema, ruleFileSchema } from './schema.ts';
import { noFactNamed, vocabularyAbout } from './subject.ts';

export type Loaded = { ok: true; rule: Rule } | { ok: false; problems: RuleProblem[] };

/** Compiles one rule file; all its faults are reported at once, each with its line. */
export function loadRule(source: RuleSource, sha256Hex: Sha256Hex): Loaded {
  const parsed = ruleFileSchema.safeParse(source.value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => {
      const at = path.map((key) => (typeof key === 'symbol' ? String(key) : key));
      return { file: source.file, line: source.lineOf(at), at: at.join('.'), message };
    });
    return { ok: false, problems };
  }
  const file = parsed.data;
  const vocabulary = vocabularyAbout(file.subject);
  const compiler = new RuleCompiler(source, file, vocabulary);
  const compiled = compileRule(file, compiler);
  lint(file, compiler);
  if (compiler.problems.length > 0) return { ok: false, problems: compiler.problems };
  const content = judgingContent(file);
  return { ok: true, rule: ruleOf(file, compiled, { compiler, content, version: versionOf(content, sha256Hex) }) };
}

function compileRule(file: RuleFile, compiler: RuleCompiler): CompiledRule {
  const { amount, goods } = file;
  const money = (key: 'amount' | 'goods', definition: NonNullable<RuleFile['goods']>) => ({
    mills: compiler.expression([key, 'mills'], definition.mills, 'double'),
    currency: compiler.currency([key, 'currency'], definition.currency),
    when: definition.when === undefined ? null : compiler.expression([key, 'when'], definition.when, 'bool'),
  });
  const optional = (key: 'deadline' | 'dedupe') =>
    file[key] === undefined ? null : compiler.expression([key], file[key], 'string');
  return {
    when: compiler.expression(['when'], file.when, 'bool'),
    needs: file.needs.map(({ that, missing }, index) => {
      if (compiler.vocabulary.indexOf(missing) === undefined) {
        compiler.report(['needs', index, 'missing'], noFactNamed(missing, compiler.vocabulary));
      }
      return { that: compiler.expression(['needs', index, 'that'], that, 'bool'), missing };
    }),
    review: file.review.map((text, index) => compiler.expression(['review', index], text, 'double')),
    severity: compiler.choice(['severity'], file.severity, constant),
    verdict: compiler.choice(['verdict'], file.verdict, constant),
    attribution: compiler.choice(['attribution'], file.attribution, constant),
    confidence: compiler.choice(['confidence'], file.confidence, constant),
    amount: amount ? money('amount', amount) : null,
    amountKind: amount ? compiler.choice(['amount', 'kind'], amount.kind, constant) : null,
    goods: goods ? money('goods', goods) : null,
    deadline: optional('deadline'),
    dedupe: optional('dedupe'),
    say: compiler.choice(['say'], file.say, (worded, path) => compiler.sentence(path, worded)),
    nextStep: compiler.choice(['next_step'], file.next_step, (worded, path) => compiler.sentence(path, worded)),
    evidence: file.evidence.flatMap((name, index) => compiler.shown(['evidence', index], name) ?? []),
  };
}

function constant<T>(value: T): T {
  return value;
}

/** Whether a constant or one of several cases is the word. */
function canBe(choice: unknown, word: string): boolean {
  return JSON.stringify(choice).includes(`"${word}"`);
}

/** What the format alone cannot say. */
function lint(file: RuleFile, compiler: RuleCompiler): void {
  if (canBe(file.severity, 'critical') && !canBe(file.confidence, 'proven') && !canBe(file.confidence, 'strong')) {
    compiler.report(['confidence'], 'a rule that can be critical must be able to be proven or strong');
  }
  if (file.effective_to !== null && file.effective_to < file.effective_from) {
    compiler.report(['effective_to'], 'lies before effective_from');
  }
  if (file.subject === 'charge') lintLevel(file, compiler);
  if (file.subject !== 'vendor') return;
  if (file.review.length > 0) {
    compiler.report(['review'], 'every audit judges every vendor anew: a rule about a vendor needs no review');
  }
  if (file.carrier_wide) compiler.report(['carrier_wide'], 'only findings about labels can become one about the carrier');
}

/** A rule about charges is judged once a line, an adjustment, an invoice or a number, and each has facts of its own. */
function lintLevel({ review }: RuleFile, compiler: RuleCompiler): void {
  const level = levelOf(compiler.factsUsed);
  const stray = strayNouns(compiler.factsUsed);
  if (stray.length > 0) {
    const told = stray.map((noun) => `${noun}.*`).join(' and ');
    const article = /^[aeiou]/.test(level) ? 'an' : 'a';
    compiler.report(['when'], `the rule is judged once ${article} ${level}, of which ${told} says nothing`);
  }
  if (level === 'invoice' && review.length > 0) {
    compiler.report(['review'], 'every audit judges every invoice anew: a rule about invoices needs no review');
  }
}

interface Made {
  compiler: RuleCompiler;
  content: string;
  version: string;
}

function ruleOf(file: RuleFile, compiled: CompiledRule, made: Made): Rule {
  const { compiler, content, version } = made;
  const { vocabulary, factsUsed } = compiler;
  const paramsOf = parameterSets(file);
  const blank: (FactValue | undefined | typeof PENDING)[] = Array.from({ length: compiler.letCount }, () => PENDING);
  const scopeOf = (facts: Facts, vendor: string): Scope => ({ facts, params: paramsOf(vendor), lets: blank.slice() });
  const names = Object.keys(file.params);
  // Places of one vocabulary mean other facts in another: the answer would be nonsense, and look like one.
  const mustFit = (facts: Facts): void => {
    if (facts.vocabulary !== vocabulary) throw new RangeError(`${file.id} judges a ${vocabulary.subject}`);
  };
  let explanation: RuleExplainer | undefined;
  // One scope for every evaluation: none begins before the one before it has ended, and none keeps it.
  const own: Scope = { facts: Facts.given({}, vocabulary), params: paramsOf(''), lets: blank.slice() };
  return {
    id: file.id,
    title: file.title,
    family: file.family,
    subject: file.subject,
    version,
    content,
    file,
    path: compiler.path,
    vocabulary,
    factsUsed,
    level: file.subject === 'charge' ? levelOf(factsUsed) : null,
    evaluate(facts, vendor) {
      mustFit(facts);
      own.facts = facts;
      own.params = paramsOf(vendor);
      for (let place = 0; place < own.lets.length; place += 1) own.lets[place] = PENDING;
      return evaluateRule(compiled, own);
    },
    explain(facts, vendor, kept = null) {
      mustFit(facts);
      explanation ??= new RuleExplainer(file, compiler);
      const scope = scopeOf(facts.listening(), vendor);
      return { ...explanation.of(scope, { result: answerWithin(compiled, scope), kept }), version };
    },
    withParams: (values) => ruleOf({ ...file, params: changedParams(file, values) }, compiled, made),
    param(name, vendor = '') {
      const value = paramsOf(vendor)[names.indexOf(name)];
      if (value === undefined) throw new RangeError(`${file.id} has no parameter ${name}`);
      return value;
    },
  };
}

function changedParams({ params }: RuleFile, values: Readonly<Record<string, number>>): RuleFile['params'] {
  const changed = Object.entries(params).map(([name, param]) => {
    const value = values[name];
    return [name, value === undefined ? param : { ...param, value, vendors: {} }] as const;
  });
  return Object.fromEntries(changed);
}

/** The values of all parameters for a vendor, in the order of the file; one array a vendor with values of its own. */
function parameterSets(file: RuleFile): (vendor: string) => readonly number[] {
  const params = Object.values(file.params);
  const defaults = params.map((param) => param.value);
  const vendors = new Set(params.flatMap((param) => Object.keys(param.vendors)));
  const own = new Map([...vendors].map((vendor) => [vendor, params.map((param) => param.vendors[vendor] ?? param.value)]));
  return own.size === 0 ? () => defaults : (vendor) => own.get(vendor) ?? defaults;
}

/** Who is told of a finding, and how soon, judges nothing: switched on, no parcel has to be judged again. */
function judgingContent(file: RuleFile): string {
  const { base: _base, examples: _examples, alert: _alert, ...judging } = file;
  return canonicalJson(judging);
}

function versionOf(content: string, sha256Hex: Sha256Hex): string {
  return sha256Hex(content).slice(0, 16);
}

/** The facts a rule names, as they are kept with its content. */
export function factWordsOf({ vocabulary, factsUsed }: Pick<Rule, 'vocabulary' | 'factsUsed'>): FactWords[] {
  return vocabulary.facts
    .filter(({ name }) => factsUsed.has(name))
    .map(({ name, type, unit, meaning, unknownWhen, currency }) => ({
      name,
      type,
      unit,
      meaning,
      unknownWhen,
      ...(currency !== undefined && { currency }),
    }));
}

/**
 * The rule of a content kept earlier, over the facts it named then, whatever facts there are now.
 * @throws RangeError or ZodError when the content is none of a rule that this program can read, or not that of the version
 */
export function restoreRule(
  { version, content, facts }: { version: string; content: string; facts: readonly FactWords[] },
  sha256Hex: Sha256Hex,
): Rule {
  if (versionOf(content, sha256Hex) !== version) throw new RangeError(`the content kept as ${version} is another`);
  const kept = keptRuleSchema.parse(JSON.parse(content));
  const file: RuleFile = { ...kept, let: Object.fromEntries(kept.let), alert: false, base: {}, examples: [] };
  const nowhere = { file: version, value: null, lineOf: () => 1, textLineOf: () => 1 };
  const compiler = new RuleCompiler(nowhere, file, vocabularyOf(file.subject, facts));
  const compiled = compileRule(file, compiler);
  const [problem] = compiler.problems;
  if (problem !== undefined) throw new RangeError(`${file.id} ${version}: ${problem.at}: ${problem.message}`);
  return ruleOf(file, compiled, { compiler, content, version });
}

/** JSON with the keys of every object sorted, so that the same value has one text. Order of lets counts and is kept. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) => {
    if (key === 'let' && part !== null && typeof part === 'object') return Object.entries(part);
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

import type { ASTNode } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import { FACTS, labelVocabulary } from '../../../src/core/facts/dictionary.ts';
import type { FactValue } from '../../../src/core/facts/fact.ts';
import { Facts, PENDING } from '../../../src/core/facts/facts.ts';
import { ruleFunction } from '../../../src/core/rules/functions.ts';
import { RuleNames, compileExpression } from '../../../src/core/rules/compile.ts';
import { type Expression, ExpressionError, type Scope } from '../../../src/core/rules/expression.ts';

const names = new RuleNames(['limit'], labelVocabulary);

function scope(known: Record<string, FactValue | null>, limit = 10): Scope {
  return { facts: Facts.given(known), params: [limit], lets: [] };
}

function missing(expression: Expression, at: Scope): string[] {
  const found = new Set<string>();
  expression.addMissing(at, found);
  return [...found].toSorted();
}

const A = 'label.live';
const B = 'label.insured';

describe('logic of three values', () => {
  test.each([
    [`${A} && ${B}`, false, null, false, []],
    [`${A} && ${B}`, null, false, false, []],
    [`${A} && ${B}`, true, null, undefined, [B]],
    [`${A} && ${B}`, null, true, undefined, [A]],
    [`${A} && ${B}`, null, null, undefined, [B, A]],
    [`${A} && ${B}`, true, true, true, []],
    [`${A} || ${B}`, true, null, true, []],
    [`${A} || ${B}`, null, true, true, []],
    [`${A} || ${B}`, false, null, undefined, [B]],
    [`${A} || ${B}`, null, false, undefined, [A]],
    [`${A} || ${B}`, false, false, false, []],
    [`!${A}`, null, true, undefined, [A]],
    [`${A} ? ${B} : true`, null, true, undefined, [A]],
    [`${A} ? ${B} : true`, true, null, undefined, [B]],
    [`${A} ? ${B} : true`, false, null, true, []],
    [`${A} == ${B}`, null, true, undefined, [A]],
  ])('%s with %s and %s is %s', (text, a, b, expected, wanting) => {
    const expression = compileExpression(text, names);
    const at = scope({ [A]: a, [B]: b });
    expect(expression.run(at)).toBe(expected);
    if (expected === undefined) expect(missing(expression, at)).toEqual(wanting);
  });

  test('arithmetic and comparison with something unknown are unknown, and say what is missing', () => {
    const expression = compileExpression('label.charged_mills - label.postage_mills > params.limit', names);
    const at = scope({ 'label.charged_mills': 5000 });
    expect(expression.run(at)).toBeUndefined();
    expect(missing(expression, at)).toEqual(['label.postage_mills']);
  });
});

describe('what the rule language refuses, in words that help', () => {
  test.each([
    ['label.chargd_mills > 5.0', 'no fact is named label.chargd_mills; did you mean label.charged_mills?'],
    ['lable.live', 'no fact is named lable.live; did you mean label.live?'],
    ['params.limt > 5.0', 'the rule has no parameter limt; did you mean limit?'],
    ['lawful > 5.0', 'no let above is named lawful'],
    ['label.charged_mills > 5', 'numbers in rules have a decimal point: write 5.0'],
    ['label.charged_mills > label.service', 'no such overload'],
    ['label.service == null', 'only numbers, texts, true and false may be written in a rule'],
    ['label.service.matches("a+")', '.matches() is not part of the rule language'],
    ['has(label.zone)', 'rules have no function has()'],
    ['dyn(label.zone) == 1.0', 'rules have no function dyn()'],
    ['label.zone in [1.0, 2.0]', 'lists in rules hold texts only'],
    ['{"a": 1.0}', '"map" is not part of the rule language'],
    ['label.live &&', 'Unexpected'],
    ['min(label.zone)', 'found no matching overload'],
  ])('%s: %s', (text, message) => {
    expect(() => compileExpression(text, names)).toThrow(ExpressionError);
    expect(() => compileExpression(text, names)).toThrow(message);
  });
});

/** Expressions of every operator and function that rules may use, over facts of every type. */
const numbers = FACTS.filter((fact) => fact.type === 'double').map((fact) => fact.name);
const flags = FACTS.filter((fact) => fact.type === 'bool').map((fact) => fact.name);
const texts = FACTS.filter((fact) => fact.type === 'string').map((fact) => fact.name);
const lists = FACTS.filter((fact) => fact.type === 'list<string>').map((fact) => fact.name);

const EQUALITY = ['==', '!='];
const COMPARISONS = [...EQUALITY, '<', '<=', '>', '>='];
const depth = { depthSize: 'small', withCrossShrink: true } as const;

interface Kinds {
  number: string;
  text: string;
  day: string;
  flag: string;
  list: string;
}

const { number, text, flag } = fc.letrec<Kinds>((tie: fc.LetrecTypedTie<Kinds>) => {
  const pair = (kind: keyof Kinds, operators: readonly string[]): fc.Arbitrary<string> =>
    fc.tuple(tie(kind), fc.constantFrom(...operators), tie(kind)).map(([a, op, b]) => `(${a} ${op} ${b})`);
  const choice = (kind: keyof Kinds): fc.Arbitrary<string> =>
    fc.tuple(tie('flag'), tie(kind), tie(kind)).map(([c, a, b]) => `(${c} ? ${a} : ${b})`);
  return {
    number: fc.oneof(
      depth,
      fc.constantFrom(...numbers, 'params.limit', 'half', 'twice'),
      fc.integer({ min: 0, max: 99 }).map((value) => `${value}.0`),
      pair('number', ['+', '-', '*', '/']),
      fc.tuple(fc.constantFrom('min', 'max'), tie('number'), tie('number')).map(([f, a, b]) => `${f}(${a}, ${b})`),
      fc.tuple(fc.constantFrom('abs', 'cents', 'hours', 'days'), tie('number')).map(([f, a]) => `${f}(${a})`),
      tie('day').map((a) => `start_of(${a})`),
      fc.tuple(tie('day'), tie('day')).map(([a, b]) => `days_between(${a}, ${b})`),
      tie('number').map((a) => `(-${a})`),
      choice('number'),
    ),
    text: fc.oneof(
      depth,
      fc.constantFrom(...texts, 'greeting'),
      fc.constantFrom('"usps"', '"x"', '""'),
      pair('text', ['+']),
      tie('day'),
      choice('text'),
    ),
    day: fc.oneof(
      depth,
      fc.constantFrom('"2026-11-30"', '"2024-02-29"', '"never"'),
      fc.tuple(tie('day'), fc.integer({ min: 0, max: 400 })).map(([a, count]) => `add_days(${a}, ${count}.0)`),
      fc.integer({ min: 0, max: 20_000 }).map((days) => `day_of(days(${days}.0))`),
    ),
    list: fc.oneof(fc.constantFrom('["usps", "x"]', '["y"]', ...lists)),
    flag: fc.oneof(
      depth,
      fc.constantFrom(...flags, 'true', 'false', 'known'),
      pair('number', COMPARISONS),
      pair('text', COMPARISONS),
      pair('flag', EQUALITY),
      fc.tuple(tie('text'), tie('list')).map(([a, list]) => `(${a} in ${list})`),
      pair('flag', ['&&', '||']),
      fc
        .tuple(fc.constantFrom(' && ', ' || '), fc.array(tie('flag'), { minLength: 3, maxLength: 5 }))
        .map(([op, links]) => `(${links.join(op)})`),
      tie('flag').map((a) => `(!${a})`),
      choice('flag'),
    ),
  };
});

const LETS: readonly (readonly [string, string])[] = [
  ['half', 'label.charged_mills / 2.0'],
  ['twice', 'half * 4.0 - params.limit'],
  ['known', 'label.live && half < twice'],
  ['greeting', '"x" + label.vendor'],
];

/** As a rule with those lets compiles them. */
const withLets = new RuleNames(['limit'], labelVocabulary);
for (const [name, source] of LETS) withLets.addLet(name, source, compileExpression(source, withLets));

/** What the text means with the lets written out. */
function written(source: string): string {
  return LETS.toReversed().reduce((whole, [name, value]) => whole.replaceAll(new RegExp(`(?<![\\w."])${name}(?![\\w"])`, 'g'), `(${value})`), source);
}

const known = fc.record(
  Object.fromEntries(
    FACTS.map(({ name, type }): [string, fc.Arbitrary<FactValue>] => {
      if (type === 'double') return [name, fc.integer({ min: -50, max: 50 })];
      if (type === 'list<string>') return [name, fc.subarray(['usps', 'x', 'z'])];
      return [name, type === 'bool' ? fc.boolean() : fc.constantFrom('usps', 'x', 'y')];
    }),
  ),
);

/** The facts as the library's interpreter takes them: an object a noun. */
function nested(facts: Record<string, FactValue>, limit: number): Record<string, unknown> {
  const context: Record<string, Record<string, FactValue>> = { params: { limit } };
  for (const [name, value] of Object.entries(facts)) {
    const [noun = '', own = ''] = name.split('.');
    context[noun] = { ...context[noun], [own]: value };
  }
  return context;
}

function scopeOf(facts: Record<string, FactValue | null>, limit = 10): Scope {
  return { facts: Facts.given(facts), params: [limit], lets: LETS.map(() => PENDING) };
}

/** The value, or that there is none for a fault. */
function outcome(work: () => unknown): unknown {
  try {
    return { value: work() };
  } catch {
    return 'a fault';
  }
}

describe('the compiler beside the interpreter of the CEL library', () => {
  test.each([
    ['conditions', flag],
    ['numbers', number],
    ['texts', text],
  ])('%s: where every fact is known both give one value, or fail on the same', (_kind, expressions) => {
    fc.assert(
      fc.property(expressions, known, fc.integer({ min: 0, max: 20 }), (source, facts, limit) => {
        fc.pre(written(source).length < 900);
        const mine = outcome(() => compileExpression(source, withLets).run(scopeOf(facts, limit)));
        const plain = new RuleNames(['limit'], labelVocabulary).environment;
        const reference = outcome(() => plain.parse(written(source))(nested(facts, limit)));
        expect(mine).toEqual(reference);
      }),
      { numRuns: 400 },
    );
  });

  test('what one does not take as an expression of the rule language, the other does not either', () => {
    const wrong = fc.oneof(
      fc.tuple(number, text).map(([a, b]) => `${a} + ${b}`),
      fc.tuple(flag, number).map(([a, b]) => `${a} && ${b}`),
      fc.tuple(flag, number, text).map(([c, a, b]) => `${c} ? ${a} : ${b}`),
      fc.tuple(number, text).map(([a, b]) => `min(${a}, ${b})`),
      fc.tuple(number, text).map(([a, b]) => `${a} < ${b}`),
      number.map((a) => `!${a}`),
      flag.map((a) => `-${a}`),
      flag.map((a) => `${a} &&`),
    );
    fc.assert(
      fc.property(wrong, (source) => {
        fc.pre(source.length < 600);
        expect(() => compileExpression(source, withLets)).toThrow(ExpressionError);
        expect(outcome(() => withLets.environment.parse(source).check().valid)).not.toEqual({ value: true });
      }),
      { numRuns: 300 },
    );
  });

  test('whatever facts are unknown, a value is that of a reference of three values, and what is missing is missing', () => {
    fc.assert(
      fc.property(fc.oneof(flag, number, text), known, fc.func(fc.boolean()), (source, some, hide) => {
        fc.pre(written(source).length < 900);
        const partly = Object.fromEntries(Object.entries(some).map(([name, value]) => [name, hide(name) ? null : value]));
        const compiled = compileExpression(source, withLets);
        const mine = outcome(() => compiled.run(scopeOf(partly)));
        const tree = new RuleNames(['limit'], labelVocabulary).environment.parse(written(source)).ast;
        expect(mine).toEqual(outcome(() => ofThreeValues(tree, partly, 10)));
        if (mine === 'a fault' || compiled.run(scopeOf(partly)) !== undefined) return;
        const wanting = missing(compiled, scopeOf(partly));
        expect(wanting.length).toBeGreaterThan(0);
        expect(wanting.every((name) => partly[name] === null)).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  test('whatever facts are unknown, a value is given only if it holds for every way of filling them in', () => {
    fc.assert(
      fc.property(flag, known, known, fc.func(fc.boolean()), (source, some, others, hide) => {
        fc.pre(source.length < 600 && !source.includes('never'));
        const compiled = compileExpression(source, withLets);
        const partly = Object.fromEntries(Object.entries(some).map(([name, value]) => [name, hide(name) ? null : value]));
        const answer = compiled.run(scopeOf(partly));
        if (answer === undefined) return;
        const filled = Object.entries(partly).map(([name, value]) => [name, value ?? others[name] ?? null] as const);
        expect(compiled.run(scopeOf(Object.fromEntries(filled)))).toBe(answer);
      }),
      { numRuns: 300 },
    );
  });
});

/** Kleene's logic over the tree of an expression, written down as plainly as it can be; undefined = unknown. */
function ofThreeValues(node: ASTNode, facts: Record<string, FactValue | null>, limit: number): FactValue | undefined {
  const value = (part: ASTNode): FactValue | undefined => ofThreeValues(part, facts, limit);
  if (node.op === 'value') return node.args as FactValue;
  if (node.op === 'list') return node.args.map((item) => item.args as string);
  if (node.op === '.') {
    const name = `${node.args[0].args as string}.${node.args[1]}`;
    return name === 'params.limit' ? limit : (facts[name] ?? undefined);
  }
  if (node.op === '!_') return value(node.args) === undefined ? undefined : !value(node.args);
  if (node.op === '-_') return value(node.args) === undefined ? undefined : -Number(value(node.args));
  if (node.op === '?:') {
    const condition = value(node.args[0]);
    return condition === undefined ? undefined : value(condition === true ? node.args[1] : node.args[2]);
  }
  if (node.op === '&&' || node.op === '||') {
    const deciding = node.op === '||';
    const sides = node.args.map((side) => outcome(() => value(side)));
    const has = (wanted: unknown): boolean => sides.some((side) => JSON.stringify(side) === JSON.stringify(wanted));
    if (has({ value: deciding })) return deciding;
    if (has({ value: undefined })) return undefined;
    if (has('a fault')) throw new RangeError('a fault');
    return !deciding;
  }
  const operands = node.op === 'call' ? node.args[1] : (node.args as ASTNode[]);
  const values: FactValue[] = [];
  for (const operand of operands) {
    const each = value(operand);
    if (each === undefined) return undefined;
    values.push(each);
  }
  if (node.op === 'call') return ruleFunction(node.args[0])?.call(...values);
  const [a, b] = values as [number, number];
  if (node.op === '==') return a === b;
  if (node.op === '!=') return a !== b;
  if (node.op === '<') return a < b;
  if (node.op === '<=') return a <= b;
  if (node.op === '>') return a > b;
  if (node.op === '>=') return a >= b;
  if (node.op === '+') return a + b;
  if (node.op === '-') return a - b;
  if (node.op === '*') return a * b;
  if (node.op === '/') return a / b;
  return (b as unknown as string[]).includes(a as unknown as string);
}

import fc from 'fast-check';
import { FACTS, labelVocabulary } from '../../../src/core/facts/dictionary.ts';
import type { FactValue } from '../../../src/core/facts/fact.ts';
import { Facts } from '../../../src/core/facts/facts.ts';
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

/** Expressions of every operator over facts that are all known. */
const numbers = FACTS.filter((fact) => fact.type === 'double').map((fact) => fact.name);
const flags = FACTS.filter((fact) => fact.type === 'bool').map((fact) => fact.name);
const texts = FACTS.filter((fact) => fact.type === 'string').map((fact) => fact.name);

const { number, text, flag } = fc.letrec<{ number: string; text: string; flag: string }>((tie) => ({
  number: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...numbers, 'params.limit'),
    fc.integer({ min: 0, max: 99 }).map((value) => `${value}.0`),
    fc.tuple(tie('number'), fc.constantFrom('+', '-', '*', '/'), tie('number')).map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc.tuple(fc.constantFrom('min', 'max'), tie('number'), tie('number')).map(([f, a, b]) => `${f}(${a}, ${b})`),
    tie('number').map((a) => `(-${a})`),
    fc.tuple(tie('flag'), tie('number'), tie('number')).map(([c, a, b]) => `(${c} ? ${a} : ${b})`),
  ),
  text: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...texts),
    fc.constantFrom('"usps"', '"x"', '""'),
    fc.tuple(tie('text'), tie('text')).map(([a, b]) => `(${a} + ${b})`),
  ),
  flag: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...flags, 'true', 'false'),
    fc
      .tuple(tie('number'), fc.constantFrom('<', '<=', '>', '>=', '==', '!='), tie('number'))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc.tuple(tie('text'), fc.constantFrom('==', '!=', '<', '>='), tie('text')).map(([a, op, b]) => `(${a} ${op} ${b})`),
    tie('text').map((a) => `(${a} in ["usps", "x"])`),
    fc.tuple(tie('flag'), fc.constantFrom('&&', '||'), tie('flag')).map(([a, op, b]) => `(${a} ${op} ${b})`),
    tie('flag').map((a) => `(!${a})`),
  ),
}));

const known = fc.record(
  Object.fromEntries(
    FACTS.map(({ name, type }): [string, fc.Arbitrary<FactValue>] => {
      if (type === 'double') return [name, fc.integer({ min: -50, max: 50 })];
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

describe('the compiler beside the interpreter of the CEL library', () => {
  test.each([
    ['conditions', flag],
    ['numbers', number],
    ['texts', text],
  ])('%s: where every fact is known both give one value', (_kind, expressions) => {
    fc.assert(
      fc.property(expressions, known, fc.integer({ min: 0, max: 20 }), (source, facts, limit) => {
        fc.pre(source.length < 600);
        const mine = compileExpression(source, names).run(scope(facts, limit));
        const reference: unknown = names.environment.parse(source)(nested(facts, limit));
        expect(mine).toEqual(reference);
      }),
      { numRuns: 300 },
    );
  });

  test('whatever facts are unknown, a value is given only if it holds for every way of filling them in', () => {
    fc.assert(
      fc.property(flag, known, known, fc.func(fc.boolean()), (source, some, others, hide) => {
        fc.pre(source.length < 600);
        const compiled = compileExpression(source, names);
        const partly = Object.fromEntries(Object.entries(some).map(([name, value]) => [name, hide(name) ? null : value]));
        const answer = compiled.run(scope(partly));
        if (answer === undefined) {
          expect(missing(compiled, scope(partly)).every((name) => partly[name] === null)).toBe(true);
          expect(missing(compiled, scope(partly)).length).toBeGreaterThan(0);
          return;
        }
        const filled = Object.entries(partly).map(([name, value]) => [name, value ?? others[name] ?? null] as const);
        expect(compiled.run(scope(Object.fromEntries(filled)))).toBe(answer);
      }),
      { numRuns: 300 },
    );
  });
});

/**
 * What holds of every shipped rule, whatever the facts: judging is deterministic and knows no order, and less knowledge never
 * finds more. Facts are those of the rules' own examples, with some taken from elsewhere: so every rule comes near its thresholds.
 */
import fc from 'fast-check';
import { FACTS, labelVocabulary } from '../../../src/core/facts/dictionary.ts';
import type { Fact, FactValue } from '../../../src/core/facts/fact.ts';
import { Facts } from '../../../src/core/facts/facts.ts';
import { type Severity, SEVERITIES } from '../../../src/core/rules/answer.ts';
import { ruleBookInForce, ruleBookOf, rulesAbout } from '../../../src/core/rules/book.ts';
import { parseWrittenTime } from '../../../src/core/units/day.ts';
import { sha256Hex } from '../../../src/platform/hash.ts';
import { shippedBook } from '../../support/judge.ts';

type Known = Readonly<Record<string, FactValue>>;

const RUNS = 1500;
const rules = rulesAbout('label', ruleBookInForce(shippedBook, '2026-12-01', sha256Hex));

/** The facts of every example of the label rules, instants as numbers. */
const told: readonly Known[] = rules.flatMap(({ file }) => file.examples.map(({ facts }) => knownOf({ ...file.base, ...facts })));

function knownOf(given: Readonly<Record<string, FactValue | null>>): Known {
  const known: Record<string, FactValue> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === null) continue;
    const isTime = labelVocabulary.named(name)?.unit === 'instant' && typeof value === 'string';
    known[name] = isTime ? (parseWrittenTime(value)?.instant ?? 0) : value;
  }
  return known;
}

/** Values that some example gives a fact; of a fact that none names, one of its type. */
const valuesOf = new Map(
  FACTS.map((fact): [string, FactValue[]] => {
    const values = told.flatMap((known) => known[fact.name] ?? []);
    return [fact.name, values.length > 0 ? [...new Set(values)] : [anyValue(fact)].flat()];
  }),
);

function anyValue({ type }: Fact): FactValue {
  if (type === 'bool') return true;
  return type === 'double' ? 0 : '';
}

/** Facts that always have a value, because no file can leave them out. */
const always = FACTS.filter(({ unknownWhen }) => unknownWhen === null).map(({ name }) => name);
const mayBeUnknown = FACTS.filter(({ unknownWhen }) => unknownWhen !== null).map(({ name }) => name);

function withAlways(known: Known, pick: (name: string) => FactValue): Known {
  const missing = always.filter((name) => known[name] === undefined);
  return { ...Object.fromEntries(missing.map((name) => [name, pick(name)])), ...known };
}

const oneOf = (name: string): fc.Arbitrary<FactValue> => fc.constantFrom(...(valuesOf.get(name) ?? []));

/** An example's facts, some of them changed to what other examples say, and every fact that is never unknown. */
const anyKnown: fc.Arbitrary<Known> = fc
  .record({
    known: fc.constantFrom(...told),
    changed: fc.uniqueArray(fc.constantFrom(...FACTS.map(({ name }) => name)), { maxLength: 12 }),
    seed: fc.nat(),
  })
  .chain(({ known, changed, seed }) => {
    const pick = (name: string): FactValue => {
      const values = valuesOf.get(name) ?? [];
      return values[seed % values.length] ?? '';
    };
    return fc
      .record(Object.fromEntries(changed.map((name) => [name, oneOf(name)])))
      .map((over) => withAlways({ ...known, ...over }, pick));
  });

interface Answer {
  rule: string;
  answer: 'fires' | 'clear' | 'unknown';
  /** Tells findings of one rule apart. */
  key: string;
  severity: Severity | null;
  attribution: string | null;
  /** Everything that is said. */
  text: string;
}

function answersOf(known: Known, book = rules): Answer[] {
  const facts = Facts.given(known);
  return book.map((rule) => {
    const { result } = rule.evaluate(facts, String(known['label.vendor'] ?? ''));
    const fires = result.answer === 'fires' ? result.judgement : null;
    return {
      rule: rule.id,
      answer: result.answer,
      key: fires?.dedupeKey ?? '',
      severity: fires?.severity ?? null,
      attribution: fires?.attribution ?? null,
      text: JSON.stringify(result),
    };
  });
}

const byRule = (answers: readonly Answer[]): Answer[] => answers.toSorted((a, b) => (a.rule < b.rule ? -1 : 1));

test('the examples reach every answer of every rule', () => {
  const reached = new Set(
    told.flatMap((known) => answersOf(known).map(({ rule, answer }) => `${rule} ${answer}`)),
  );
  const wanted = rules.flatMap(({ id }) => ['fires', 'clear', 'unknown'].map((answer) => `${id} ${answer}`));
  expect(wanted.filter((each) => !reached.has(each))).toEqual([]);
});

test('judging the same facts again says the same, in whatever order the rules are asked', () => {
  fc.assert(
    fc.property(anyKnown, fc.shuffledSubarray([...rules], { minLength: rules.length }), (known, shuffled) => {
      const answers = answersOf(known);
      expect(answersOf(known)).toEqual(answers);
      expect(byRule(answersOf(known, shuffled))).toEqual(byRule(answers));
    }),
    { numRuns: RUNS / 3 },
  );
});

test('the version of a book knows no order of its rules', () => {
  const { version } = ruleBookOf(rules, sha256Hex);
  fc.assert(
    fc.property(fc.shuffledSubarray([...rules], { minLength: rules.length }), (shuffled) => {
      expect(ruleBookOf(shuffled, sha256Hex).version).toBe(version);
    }),
    { numRuns: 50 },
  );
});

const anyTaken = fc.uniqueArray(fc.constantFrom(...mayBeUnknown), { minLength: 1, maxLength: 8 });

/** The answers before and after some facts were taken away, rule by rule. */
function pairs(known: Known, taken: readonly string[]): { before: Answer; after: Answer }[] {
  const left = Object.fromEntries(Object.entries(known).filter(([name]) => !taken.includes(name)));
  const after = answersOf(left);
  return answersOf(known).flatMap((before, index) => {
    const then = after[index];
    return then ? [{ before, after: then }] : [];
  });
}

/** Facts taken away at random, and among those the example states. */
const anyLess = anyKnown.chain((known) => {
  const stated = mayBeUnknown.filter((name) => known[name] !== undefined);
  const own = stated.length === 0 ? fc.constant([]) : fc.uniqueArray(fc.constantFrom(...stated), { maxLength: 4 });
  return fc.tuple(own, anyTaken).map(([some, others]) => ({ known, taken: [...new Set([...some, ...others])] }));
});

test('taking facts away never creates a finding and never turns unknown into clear', () => {
  fc.assert(
    fc.property(anyLess, ({ known, taken }) => {
      for (const { before, after } of pairs(known, taken)) {
        const story = `${before.rule}: ${before.answer} became ${after.answer} without ${taken.join(', ')}`;
        if (after.answer === 'fires') expect([story, before.answer, before.key]).toEqual([story, 'fires', after.key]);
        if (before.answer === 'unknown') expect([story, after.answer]).not.toEqual([story, 'clear']);
        if (before.answer === 'clear') expect([story, after.answer]).not.toEqual([story, 'fires']);
      }
    }),
    { numRuns: RUNS },
  );
});

test('taking one fact away from an example never creates a finding and never turns unknown into clear', () => {
  const wrong: string[] = [];
  for (const example of told) {
    const known = withAlways(example, (name) => valuesOf.get(name)?.[0] ?? '');
    for (const name of Object.keys(example).filter((each) => mayBeUnknown.includes(each))) {
      for (const { before, after } of pairs(known, [name])) {
        const created = after.answer === 'fires' && (before.answer !== 'fires' || before.key !== after.key);
        const cleared = after.answer === 'clear' && before.answer === 'unknown';
        if (created || cleared) wrong.push(`${before.rule}: ${before.answer} became ${after.answer} without ${name}`);
      }
    }
  }
  expect([...new Set(wrong)]).toEqual([]);
});

/**
 * Facts that no file can leave out while the rest of what a rule fires by stays: when and by whom a statement was made, what is
 * counted over a journey that is known, and which of two sales that both are known came first.
 */
const KNOWN_TOGETHER =
  /^journey\..*_(at|by_unlisted|by_carrier)$|^adjustment\..*_at$|^journey\.(mailpieces|duplicate|moved_after_notice)$|^sale\..*_sure$/;

/** Where less knowledge is told of more gravely, and why that is right. */
const GRAVER: readonly (readonly [story: string, why: string])[] = [
  [
    'label-destination-not-order: high -> critical without order.delivered_there',
    'a delivery that names no ZIP is not shown to be the one the order wanted',
  ],
  [
    'vendor-voided-label: high -> critical without label.undone_at',
    'that it was voided as unused, by the clock, is an excuse, and a void without a time does not bear it out',
  ],
  [
    'vendor-voided-label: open -> vendor without label.undone_at',
    'that it was voided as unused, by the clock, is an excuse, and a void without a time does not bear it out',
  ],
];

test('taking one fact away makes no finding graver, nor the vendor answer for it', () => {
  const graver = new Set<string>();
  for (const example of told) {
    const known = withAlways(example, (name) => valuesOf.get(name)?.[0] ?? '');
    const taken = Object.keys(example).filter((name) => mayBeUnknown.includes(name) && !KNOWN_TOGETHER.test(name));
    for (const name of taken) {
      for (const { before, after } of pairs(known, [name])) {
        if (before.severity === null || after.severity === null) continue;
        if (SEVERITIES.indexOf(after.severity) > SEVERITIES.indexOf(before.severity)) {
          graver.add(`${before.rule}: ${before.severity} -> ${after.severity} without ${name}`);
        }
        // Information charges nobody: it names whose price it is.
        if (after.attribution === 'vendor' && before.attribution !== 'vendor' && after.severity !== 'info') {
          graver.add(`${before.rule}: ${before.attribution} -> vendor without ${name}`);
        }
      }
    }
  }
  expect([...graver].toSorted()).toEqual(GRAVER.map(([story]) => story));
});

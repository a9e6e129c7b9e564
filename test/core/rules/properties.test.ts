/**
 * What holds of every shipped rule, about labels, vendors, lines of invoices, whole invoices and numbers, whatever the facts: judging
 * is deterministic and knows no order, and less knowledge never finds more. Facts are those of the rules' own examples, with some
 * taken from elsewhere: so every rule comes near its thresholds.
 */
import fc from 'fast-check';
import { chargeVocabulary, labelVocabulary, vendorVocabulary } from '../../../src/core/facts/dictionary.ts';
import type { FactValue, FactWords } from '../../../src/core/facts/fact.ts';
import { Facts } from '../../../src/core/facts/facts.ts';
import type { Vocabulary } from '../../../src/core/facts/vocabulary.ts';
import { type Severity, SEVERITIES } from '../../../src/core/rules/answer.ts';
import { ruleBookInForce, ruleBookOf, rulesAbout } from '../../../src/core/rules/book.ts';
import type { Rule } from '../../../src/core/rules/rule.ts';
import { parseWrittenTime } from '../../../src/core/units/day.ts';
import { sha256Hex } from '../../../src/platform/hash.ts';
import { shippedBook } from '../../support/judge.ts';

type Known = Readonly<Record<string, FactValue>>;

const RUNS = 1500;
const book = ruleBookInForce(shippedBook, '2026-12-01', sha256Hex);

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

/** Rules that judge the same kind of subject, and what can be known of one. */
class Suite {
  /** The facts of every example of the rules, instants as numbers. */
  readonly told: readonly Known[];
  /** Facts about the subject: of charges, those of the nouns that their rules name. */
  readonly facts: readonly FactWords[];
  /** Facts that always have a value, because no file can leave them out, and the others. */
  readonly always: readonly string[];
  readonly mayBeUnknown: readonly string[];
  /** Values that some example gives a fact; of a fact that none names, one of its type. */
  private readonly values: ReadonlyMap<string, readonly FactValue[]>;

  constructor(
    readonly name: string,
    readonly rules: readonly Rule[],
    private readonly about: { vocabulary: Vocabulary; vendor: string },
  ) {
    const { vocabulary } = about;
    const nouns = new Set(rules.flatMap(({ factsUsed }) => [...factsUsed].map(nounOf)));
    this.facts = vocabulary.facts.filter((fact) => nouns.has(nounOf(fact.name)));
    this.told = rules.flatMap(({ file }) =>
      file.examples.map(({ facts }) => knownOf({ ...file.base, ...facts }, vocabulary)),
    );
    this.always = this.facts.filter(({ unknownWhen }) => unknownWhen === null).map(({ name: fact }) => fact);
    this.mayBeUnknown = this.facts.filter(({ unknownWhen }) => unknownWhen !== null).map(({ name: fact }) => fact);
    this.values = new Map(
      this.facts.map((fact): [string, FactValue[]] => {
        const values = this.told.flatMap((known) => known[fact.name] ?? []);
        return [fact.name, values.length > 0 ? [...new Set(values)] : [anyValue(fact)].flat()];
      }),
    );
  }

  valuesOf(name: string): readonly FactValue[] {
    return this.values.get(name) ?? [];
  }

  answersOf(known: Known, rules = this.rules): Answer[] {
    const facts = Facts.given(known, this.about.vocabulary);
    return rules.map((rule) => {
      const { result } = rule.evaluate(facts, String(known[this.about.vendor] ?? ''));
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

  withAlways(known: Known, pick: (name: string) => FactValue): Known {
    const missing = this.always.filter((name) => known[name] === undefined);
    return { ...Object.fromEntries(missing.map((name) => [name, pick(name)])), ...known };
  }

  /** An example's facts, and every fact that is never unknown. */
  whole(example: Known): Known {
    return this.withAlways(example, (name) => this.valuesOf(name)[0] ?? '');
  }

  /** The answers before and after some facts were taken away, rule by rule. */
  pairs(known: Known, taken: readonly string[]): { before: Answer; after: Answer }[] {
    const left = Object.fromEntries(Object.entries(known).filter(([name]) => !taken.includes(name)));
    const after = this.answersOf(left);
    return this.answersOf(known).flatMap((before, index) => {
      const then = after[index];
      return then ? [{ before, after: then }] : [];
    });
  }

  /** An example's facts, some of them changed to what other examples say, and every fact that is never unknown. */
  anyKnown(): fc.Arbitrary<Known> {
    return fc
      .record({
        known: fc.constantFrom(...this.told),
        changed: fc.uniqueArray(fc.constantFrom(...this.facts.map(({ name }) => name)), { maxLength: 12 }),
        seed: fc.nat(),
      })
      .chain(({ known, changed, seed }) => {
        const pick = (name: string): FactValue => {
          const values = this.valuesOf(name);
          return values[seed % values.length] ?? '';
        };
        return fc
          .record(Object.fromEntries(changed.map((name) => [name, fc.constantFrom(...this.valuesOf(name))])))
          .map((over) => this.withAlways({ ...known, ...over }, pick));
      });
  }

  /** Facts taken away at random, and among those the example states. */
  anyLess(): fc.Arbitrary<{ known: Known; taken: readonly string[] }> {
    const anyTaken = fc.uniqueArray(fc.constantFrom(...this.mayBeUnknown), { minLength: 1, maxLength: 8 });
    return this.anyKnown().chain((known) => {
      const stated = this.mayBeUnknown.filter((name) => known[name] !== undefined);
      const own = stated.length === 0 ? fc.constant([]) : fc.uniqueArray(fc.constantFrom(...stated), { maxLength: 4 });
      return fc.tuple(own, anyTaken).map(([some, others]) => ({ known, taken: [...new Set([...some, ...others])] }));
    });
  }
}

function nounOf(name: string): string {
  return name.split('.')[0] ?? name;
}

function knownOf(given: Readonly<Record<string, FactValue | null>>, vocabulary: Vocabulary): Known {
  const known: Record<string, FactValue> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === null) continue;
    const isTime = vocabulary.named(name)?.unit === 'instant' && typeof value === 'string';
    known[name] = isTime ? (parseWrittenTime(value)?.instant ?? 0) : value;
  }
  return known;
}

function anyValue({ type }: FactWords): FactValue {
  if (type === 'bool') return true;
  return type === 'double' ? 0 : '';
}

const byRule = (answers: readonly Answer[]): Answer[] => answers.toSorted((a, b) => (a.rule < b.rule ? -1 : 1));

const aboutCharges = rulesAbout('charge', book);
const LABEL = { vocabulary: labelVocabulary, vendor: 'label.vendor' };
const VENDOR = { vocabulary: vendorVocabulary, vendor: 'vendor.name' };
const SUITES = [
  new Suite('labels', rulesAbout('label', book), LABEL),
  new Suite('vendors', rulesAbout('vendor', book), VENDOR),
  ...(['charge', 'adjustment', 'invoice', 'number'] as const).map(
    (level) =>
      new Suite(
        `charges, by ${level}`,
        aboutCharges.filter((rule) => rule.level === level),
        { vocabulary: chargeVocabulary, vendor: `${level}.vendor` },
      ),
  ),
].filter(({ rules }) => rules.length > 0);

test('every rule of the book is looked at, once', () => {
  const all = SUITES.flatMap(({ rules }) => rules.map(({ id }) => id));
  expect(all.toSorted()).toEqual(book.rules.map(({ id }) => id).toSorted());
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

describe.each(SUITES.map((suite) => [suite.name, suite] as const))('rules about %s', (_name, suite) => {
  const { rules } = suite;

  test('reach every answer by their examples', () => {
    const reached = new Set(
      suite.told.flatMap((known) => suite.answersOf(known).map(({ rule, answer }) => `${rule} ${answer}`)),
    );
    const wanted = rules.flatMap(({ id }) => ['fires', 'clear', 'unknown'].map((answer) => `${id} ${answer}`));
    expect(wanted.filter((each) => !reached.has(each))).toEqual([]);
  });

  test('say the same of the same facts again, in whatever order they are asked', () => {
    fc.assert(
      fc.property(
        suite.anyKnown(),
        fc.shuffledSubarray([...rules], { minLength: rules.length }),
        (known, shuffled) => {
          const answers = suite.answersOf(known);
          expect(suite.answersOf(known)).toEqual(answers);
          expect(byRule(suite.answersOf(known, shuffled))).toEqual(byRule(answers));
        },
      ),
      { numRuns: RUNS / 3 },
    );
  });

  test('make a book whose version knows no order', () => {
    const { version } = ruleBookOf(rules, sha256Hex);
    fc.assert(
      fc.property(fc.shuffledSubarray([...rules], { minLength: rules.length }), (shuffled) => {
        expect(ruleBookOf(shuffled, sha256Hex).version).toBe(version);
      }),
      { numRuns: 50 },
    );
  });

  test('find nothing new and clear nothing unknown when facts are taken away', () => {
    fc.assert(
      fc.property(suite.anyLess(), ({ known, taken }) => {
        for (const { before, after } of suite.pairs(known, taken)) {
          const story = `${before.rule}: ${before.answer} became ${after.answer} without ${taken.join(', ')}`;
          if (after.answer === 'fires') expect([story, before.answer, before.key]).toEqual([story, 'fires', after.key]);
          if (before.answer === 'unknown') expect([story, after.answer]).not.toEqual([story, 'clear']);
          if (before.answer === 'clear') expect([story, after.answer]).not.toEqual([story, 'fires']);
        }
      }),
      { numRuns: RUNS },
    );
  });

  test('find nothing new and clear nothing unknown when one fact is taken away from an example', () => {
    const wrong: string[] = [];
    for (const example of suite.told) {
      const known = suite.whole(example);
      for (const name of Object.keys(example).filter((each) => suite.mayBeUnknown.includes(each))) {
        for (const { before, after } of suite.pairs(known, [name])) {
          const created = after.answer === 'fires' && (before.answer !== 'fires' || before.key !== after.key);
          const cleared = after.answer === 'clear' && before.answer === 'unknown';
          if (created || cleared) wrong.push(`${before.rule}: ${before.answer} became ${after.answer} without ${name}`);
        }
      }
    }
    expect([...new Set(wrong)]).toEqual([]);
  });

  test('are no graver without a fact, nor name the vendor for it', () => {
    const graver = new Set<string>();
    for (const example of suite.told) {
      const known = suite.whole(example);
      const taken = Object.keys(example).filter(
        (name) => suite.mayBeUnknown.includes(name) && !KNOWN_TOGETHER.test(name),
      );
      for (const name of taken) {
        for (const { before, after } of suite.pairs(known, [name])) {
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
    const ids = new Set(rules.map(({ id }) => id));
    const expected = GRAVER.map(([story]) => story).filter((story) => ids.has(story.split(':')[0] ?? ''));
    expect([...graver].toSorted()).toEqual(expected.toSorted());
  });
});

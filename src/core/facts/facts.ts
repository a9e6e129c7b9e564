/** The facts of one subject, each computed when a rule first asks for it and then kept. */
import type { ChargeInput } from './charge-input.ts';
import {
  CHARGE_FACTS,
  FACTS,
  VENDOR_FACTS,
  chargeVocabulary,
  labelVocabulary,
  vendorVocabulary,
} from './dictionary.ts';
import type { FactValue } from './fact.ts';
import type { JudgeInput } from './input.ts';
import type { VendorInput } from './vendor-input.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Stands for a value nobody has asked for yet; `undefined` is an answer (unknown). */
export const PENDING: unique symbol = Symbol('pending');

type Kept = (FactValue | undefined | typeof PENDING)[];

const ofLabel = FACTS.map((fact) => fact.of);
const ofVendor = VENDOR_FACTS.map((fact) => fact.of);
const ofCharge = CHARGE_FACTS.map((fact) => fact.of);
/**
 * Facts about more than the one parcel that may change though nothing about the parcel does. Of an order only what happens to its
 * other parcels does: an import touches all of them, and the times their rows state are known before (`Bench.orderChanges`).
 */
const contextIndexes = FACTS.flatMap(({ name }, index) =>
  /^((vendor|carrier)\.|order\.replaces_one$)/.test(name) ? [index] : [],
);
const blankLabel: Kept = FACTS.map(() => PENDING);
const blankVendor: Kept = VENDOR_FACTS.map(() => PENDING);
const blankCharge: Kept = CHARGE_FACTS.map(() => PENDING);

/** Nothing asked yet, by vocabulary. */
const nothingAsked = new WeakMap<Vocabulary, Kept>();

export class Facts {
  /** The places that were asked for, each once; only of `listening` facts. */
  private places: readonly number[] = [];

  private constructor(
    /** The facts there can be: rules compiled for another vocabulary cannot be asked about these. */
    readonly vocabulary: Vocabulary,
    private readonly values: Kept,
    private readonly compute: (index: number) => FactValue | null | undefined,
  ) {}

  /** The facts of one purchase. */
  static about(input: JudgeInput): Facts {
    return new Facts(labelVocabulary, blankLabel.slice(), (index) => ofLabel[index]?.(input));
  }

  /** The facts of one vendor, over a week or over all its labels. */
  static aboutVendor(input: VendorInput): Facts {
    return new Facts(vendorVocabulary, blankVendor.slice(), (index) => ofVendor[index]?.(input));
  }

  /** The facts of one line of an invoice, one adjustment, one invoice or one number. */
  static aboutCharge(input: ChargeInput): Facts {
    return new Facts(chargeVocabulary, blankCharge.slice(), (index) => ofCharge[index]?.(input));
  }

  /** Facts given outright, as the examples of rules do; those not named are unknown. */
  static given(known: Readonly<Record<string, FactValue | null>>, vocabulary = labelVocabulary): Facts {
    const values: (FactValue | undefined)[] = Array.from({ length: vocabulary.facts.length });
    for (const [name, value] of Object.entries(known)) {
      const index = vocabulary.indexOf(name);
      if (index === undefined) throw new RangeError(`no fact is named ${name}`);
      values[index] = value ?? undefined;
    }
    return new Facts(vocabulary, values, () => undefined);
  }

  /** The value of the fact at this place of the vocabulary; undefined = unknown. */
  at(index: number): FactValue | undefined {
    const value = this.values[index];
    if (value !== PENDING) return value;
    const computed = this.compute(index) ?? undefined;
    this.values[index] = computed;
    return computed;
  }

  /** The value of a fact by its name; undefined = unknown. */
  get(name: string): FactValue | undefined {
    const index = this.vocabulary.indexOf(name);
    return index === undefined ? undefined : this.at(index);
  }

  /** The same facts, which remember what is asked of them from now on. */
  listening(): Facts {
    const nothing = nothingAsked.get(this.vocabulary) ?? this.vocabulary.facts.map(() => PENDING);
    nothingAsked.set(this.vocabulary, nothing);
    const places: number[] = [];
    const heard = new Facts(this.vocabulary, nothing.slice(), (index) => {
      places.push(index);
      return this.at(index);
    });
    heard.places = places;
    return heard;
  }

  /** What was asked of `listening` facts so far, by name, in the order of the vocabulary; null = unknown. */
  asked(): Record<string, FactValue | null> {
    const asked: Record<string, FactValue | null> = {};
    for (const place of this.places.toSorted((a, b) => a - b)) {
      const name = this.vocabulary.facts[place]?.name;
      if (name !== undefined) asked[name] = this.at(place) ?? null;
    }
    return asked;
  }

  /** Whether anything asked so far about a label depends on other parcels. */
  askedAboutOthers(): boolean {
    return this.vocabulary === labelVocabulary && contextIndexes.some((index) => this.values[index] !== PENDING);
  }
}

/** The facts of one purchase. */
export function buildFacts(input: JudgeInput): Facts {
  return Facts.about(input);
}

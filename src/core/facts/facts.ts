/** The facts of one purchase, each computed when a rule first asks for it and then kept. */
import { FACTS, factIndex } from './dictionary.ts';
import type { FactValue } from './fact.ts';
import type { JudgeInput } from './input.ts';

/** Stands for a value nobody has asked for yet; `undefined` is an answer (unknown). */
export const PENDING: unique symbol = Symbol('pending');

const calculators = FACTS.map((fact) => fact.of);
/** Facts about more than the one parcel: they may change though nothing about the parcel does. */
const contextIndexes = FACTS.flatMap(({ name }, index) => (/^(vendor|carrier)\./.test(name) ? [index] : []));
const blank: readonly (FactValue | undefined | typeof PENDING)[] = FACTS.map(() => PENDING);

export class Facts {
  private readonly values: (FactValue | undefined | typeof PENDING)[];

  private constructor(
    private readonly input: JudgeInput | null,
    values: (FactValue | undefined | typeof PENDING)[],
  ) {
    this.values = values;
  }

  /** The facts of one purchase. */
  static about(input: JudgeInput): Facts {
    return new Facts(input, blank.slice());
  }

  /** Facts given outright, as the examples of rules do; those not named are unknown. */
  static given(known: Readonly<Record<string, FactValue | null>>): Facts {
    const values: (FactValue | undefined)[] = Array.from({ length: FACTS.length });
    for (const [name, value] of Object.entries(known)) {
      const index = factIndex(name);
      if (index === undefined) throw new RangeError(`no fact is named ${name}`);
      values[index] = value ?? undefined;
    }
    return new Facts(null, values);
  }

  /** The value of the fact at this place of the dictionary; undefined = unknown. */
  at(index: number): FactValue | undefined {
    const value = this.values[index];
    return value === PENDING ? this.compute(index) : value;
  }

  /** The value of a fact by its name; undefined = unknown. */
  get(name: string): FactValue | undefined {
    const index = factIndex(name);
    return index === undefined ? undefined : this.at(index);
  }

  /** Whether anything asked so far depends on other parcels. */
  askedAboutOthers(): boolean {
    return contextIndexes.some((index) => this.values[index] !== PENDING);
  }

  private compute(index: number): FactValue | undefined {
    const value = this.input === null ? undefined : (calculators[index]?.(this.input) ?? undefined);
    this.values[index] = value;
    return value;
  }
}

/** The facts of one purchase. */
export function buildFacts(input: JudgeInput): Facts {
  return Facts.about(input);
}

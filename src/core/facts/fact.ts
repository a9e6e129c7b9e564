/** What a fact is: a named, typed value with a unit and a meaning, computed from what is known about one subject. */
import type { JudgeInput } from './input.ts';

/** A known value of a fact, let or expression; unknown is `undefined`. */
export type FactValue = number | string | boolean | readonly string[];

/** The CEL types facts have. Numbers are doubles that hold safe integers unless the unit says otherwise. */
export type FactType = 'double' | 'string' | 'bool' | 'list<string>';

export const UNITS = [
  'mills',
  'milli_oz',
  'milli_in',
  'miles',
  'zone',
  'count',
  'share',
  'ratio',
  'hours',
  'days',
  'business_days',
  'instant',
  'day',
  'zip',
  'service',
  'packaging',
  'barcode_reason',
  'charge_type',
  'adjustment_reason',
  'text',
  'flag',
] as const;
/** How a value is written for people; `mills` are thousandths of the fact's currency, `instant` milliseconds since 1970. */
export type Unit = (typeof UNITS)[number];

interface ValueOfType {
  double: number;
  string: string;
  bool: boolean;
  'list<string>': readonly string[];
}

interface Described<T extends FactType, Input> {
  type: T;
  unit: Unit;
  /** One sentence. */
  meaning: string;
  /** When the fact is unknown, in words; null when it is always known. */
  unknownWhen: string | null;
  /** For `mills`: an ISO 4217 code, or the name of the fact that holds one. */
  currency?: string;
  /** Null or undefined = unknown. Pure. */
  of: (input: Input) => ValueOfType[T] | null | undefined;
}

export type FactSpec<Input = JudgeInput> = { [T in FactType]: Described<T, Input> }[FactType];

/** A fact with the name rules call it by, `noun.name`. */
export type Fact<Input = JudgeInput> = FactSpec<Input> & { name: string };

/** What can be said of a fact without knowing any subject. */
export type FactWords = Pick<Fact, 'name' | 'type' | 'unit' | 'meaning' | 'unknownWhen' | 'currency'>;

/** Names the facts of one noun. */
export function factsOf<Input = JudgeInput>(noun: string, specs: Record<string, FactSpec<Input>>): Fact<Input>[] {
  return Object.entries(specs).map(([name, spec]) => ({ ...spec, name: `${noun}.${name}` }));
}

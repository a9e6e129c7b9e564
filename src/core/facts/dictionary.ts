/** The vocabulary of the rules: every fact there is, in a fixed order, findable by name. */
import { barcodeFacts } from './barcode.ts';
import { contextFacts } from './context.ts';
import type { Fact } from './fact.ts';
import { journeyFacts } from './journey.ts';
import { labelFacts } from './label.ts';
import { orderFacts } from './order.ts';
import { priceFacts, zoneFacts } from './rating.ts';
import { saleFacts } from './sale.ts';

/** Every fact. Places in this list are used within one process only; names are what is written down. */
export const FACTS: readonly Fact[] = [
  ...labelFacts,
  ...saleFacts,
  ...orderFacts,
  ...journeyFacts,
  ...barcodeFacts,
  ...priceFacts,
  ...zoneFacts,
  ...contextFacts,
];

const places = new Map(FACTS.map((fact, index) => [fact.name, index]));

/** The place of a fact in the list; undefined when no fact has the name. */
export function factIndex(name: string): number | undefined {
  return places.get(name);
}

/** The fact of that name. */
export function factNamed(name: string): Fact | undefined {
  const index = places.get(name);
  return index === undefined ? undefined : FACTS[index];
}

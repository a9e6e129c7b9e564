/** What a rule about charges judges one by one, told by the nouns of the facts it names. */

/** In this order: a rule that names a fact of several is judged by the first. */
const CHARGE_LEVELS = ['charge', 'adjustment', 'invoice', 'number'] as const;
export type ChargeLevel = (typeof CHARGE_LEVELS)[number];

/** The nouns that are known when a level is judged. */
const NOUNS: Readonly<Record<ChargeLevel, readonly string[]>> = {
  charge: ['charge', 'purchase', 'coverage', 'number', 'clock'],
  adjustment: ['adjustment', 'purchase', 'coverage', 'number', 'clock'],
  invoice: ['invoice', 'clock'],
  number: ['number', 'clock'],
};

/** The nouns among the facts that say nothing on the level these are judged on; sorted. */
export function strayNouns(factsUsed: Iterable<string>): string[] {
  const names = [...factsUsed];
  const known = NOUNS[levelOf(names)];
  return [...new Set(names.map(nounOf))].filter((noun) => !known.includes(noun)).toSorted();
}

function nounOf(name: string): string {
  return name.split('.')[0] ?? name;
}

/** The level a rule is judged on: a number where it names no line, adjustment or invoice. */
export function levelOf(factsUsed: Iterable<string>): ChargeLevel {
  const nouns = new Set([...factsUsed].map(nounOf));
  return CHARGE_LEVELS.find((level) => nouns.has(level)) ?? 'number';
}

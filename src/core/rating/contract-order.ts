/** The order in which a contract's lines are tried, so that the most specific one decides; or the two that contradict. */
import { daysBetween } from '../units/day.ts';
import type { ContractLine } from './contract.ts';

/** Two lines of which neither is a special case of the other, though some parcel is covered by both. */
export interface LineConflict {
  line: ContractLine;
  other: ContractLine;
}

/** A line that names no service, packaging or zone holds for more of them than any list; so many are in none. */
const MOST_OF_A_LIST = 1_000;

/**
 * The lines, each before every line that it is a special case of. Of two lines that share a parcel one must lie wholly
 * within the other and not be the same; otherwise nobody can say which price was agreed, and the conflict is answered.
 */
export function orderLines(lines: readonly ContractLine[]): readonly ContractLine[] | LineConflict {
  for (const [index, line] of lines.entries()) {
    for (const other of lines.slice(index + 1)) {
      if (overlap(line, other) && within(line, other) === within(other, line)) return { line, other };
    }
  }
  return lines.toSorted((a, b) => breadthOf(a) - breadthOf(b));
}

/** Whether some parcel on some day is covered by both lines. */
function overlap(a: ContractLine, b: ContractLine): boolean {
  return (
    share(a.services, b.services) &&
    share(a.packagings, b.packagings) &&
    share(a.zones, b.zones) &&
    a.overMilliOz < b.notOverMilliOz &&
    b.overMilliOz < a.notOverMilliOz &&
    a.from <= b.to &&
    b.from <= a.to
  );
}

/** Whether every parcel that `inner` covers is covered by `outer`, too. */
function within(inner: ContractLine, outer: ContractLine): boolean {
  return (
    contains(outer.services, inner.services) &&
    contains(outer.packagings, inner.packagings) &&
    contains(outer.zones, inner.zones) &&
    outer.overMilliOz <= inner.overMilliOz &&
    outer.notOverMilliOz >= inner.notOverMilliOz &&
    outer.from <= inner.from &&
    outer.to >= inner.to
  );
}

type Words = readonly (string | number)[] | null;

function share(a: Words, b: Words): boolean {
  return a === null || b === null || a.some((word) => b.includes(word));
}

function contains(outer: Words, inner: Words): boolean {
  if (outer === null) return true;
  return inner !== null && inner.every((word) => outer.includes(word));
}

/** Smaller for every line that lies within another one; only compared, so its unit means nothing. */
function breadthOf(line: ContractLine): number {
  const lists = [line.services, line.packagings, line.zones].map((list) => list?.length ?? MOST_OF_A_LIST);
  const weight = Math.min(line.notOverMilliOz, Number.MAX_SAFE_INTEGER) - line.overMilliOz;
  return [...lists, weight, daysBetween(line.from, line.to) + 1].reduce((sum, size) => sum + Math.log(size), 0);
}

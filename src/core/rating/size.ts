/** What a parcel's sides decide before any price is looked at: volume, longest side, length plus girth. */
import type { Dimensions } from '../label/label.ts';
import { MILLI_IN_PER_IN } from '../units/measure.ts';

const CUBIC_MILLI_IN = MILLI_IN_PER_IN ** 3;

/** The three sides, longest first. */
export function sidesOf({ lengthMilliIn, widthMilliIn, heightMilliIn }: Dimensions): [number, number, number] {
  const longest = Math.max(lengthMilliIn, widthMilliIn, heightMilliIn);
  const shortest = Math.min(lengthMilliIn, widthMilliIn, heightMilliIn);
  return [longest, lengthMilliIn + widthMilliIn + heightMilliIn - longest - shortest, shortest];
}

/** Sides that can be measured: null unless all three are finite and above zero. */
export function measurable(dimensions: Dimensions | null): Dimensions | null {
  if (!dimensions) return null;
  const { lengthMilliIn, widthMilliIn, heightMilliIn } = dimensions;
  return isSide(lengthMilliIn) && isSide(widthMilliIn) && isSide(heightMilliIn) ? dimensions : null;
}

function isSide(milliIn: number): boolean {
  return milliIn > 0 && milliIn < Infinity;
}

/** Volume of the box in cubic inches, sides as given. */
export function volumeCubicIn({ lengthMilliIn, widthMilliIn, heightMilliIn }: Dimensions): number {
  return (lengthMilliIn * widthMilliIn * heightMilliIn) / CUBIC_MILLI_IN;
}

/** The longest side, in thousandths of an inch. */
export function longestMilliIn({ lengthMilliIn, widthMilliIn, heightMilliIn }: Dimensions): number {
  return Math.max(lengthMilliIn, widthMilliIn, heightMilliIn);
}

/** The longest side plus the way around the other two, in thousandths of an inch. */
export function lengthPlusGirthMilliIn(dimensions: Dimensions): number {
  const { lengthMilliIn, widthMilliIn, heightMilliIn } = dimensions;
  // Twice all sides has the longest once too often.
  return 2 * (lengthMilliIn + widthMilliIn + heightMilliIn) - longestMilliIn(dimensions);
}

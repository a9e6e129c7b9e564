/** What a parcel's sides decide: volume, length plus girth, and whether cubic prices could apply. */
import type { Dimensions } from '../label/label.ts';
import { MILLI_IN_PER_IN } from '../units/measure.ts';

const CUBIC_MILLI_IN = MILLI_IN_PER_IN ** 3;

/** The three sides, longest first. */
function sidesOf({ lengthMilliIn, widthMilliIn, heightMilliIn }: Dimensions): [number, number, number] {
  const [longest = 0, middle = 0, shortest = 0] = [lengthMilliIn, widthMilliIn, heightMilliIn].sort((a, b) => b - a);
  return [longest, middle, shortest];
}

/** Volume of the box in cubic inches, sides as given. */
export function volumeCubicIn({ lengthMilliIn, widthMilliIn, heightMilliIn }: Dimensions): number {
  return (lengthMilliIn * widthMilliIn * heightMilliIn) / CUBIC_MILLI_IN;
}

/** The longest side, in thousandths of an inch. */
export function longestMilliIn(dimensions: Dimensions): number {
  return sidesOf(dimensions)[0];
}

/** The longest side plus the way around the other two, in thousandths of an inch. */
export function lengthPlusGirthMilliIn(dimensions: Dimensions): number {
  const [longest, middle, shortest] = sidesOf(dimensions);
  return longest + 2 * (middle + shortest);
}

/** Volume in cubic inches as cubic pricing takes it: each side down to a whole multiple of the step. */
export function cubicVolumeCubicIn(dimensions: Dimensions, sideStepMilliIn: number): number {
  return sidesOf(dimensions).reduce(
    (volume, side) => (volume * (side - (side % sideStepMilliIn))) / MILLI_IN_PER_IN,
    1,
  );
}

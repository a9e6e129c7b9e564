/**
 * Whether a parcel goes into a flat-rate envelope or box. Two questions with two answers: where somebody would be blamed,
 * only a parcel that cannot go in by any turning counts as too large; where an item is recommended, only one that surely
 * goes in counts as fitting.
 */
import type { Dimensions, Packaging, Service } from '../label/label.ts';
import { MILLI_IN_PER_IN } from '../units/measure.ts';
import { measurable, sidesOf } from './size.ts';

/** Sides in thousandths of an inch, longest first. */
export type Sides = readonly [longest: number, middle: number, shortest: number];

/** One shape an item is sold in. */
export type FlatRateShape =
  | { kind: 'box'; inside: Sides; outside: Sides }
  /** As it lies flat and empty. */
  | { kind: 'envelope'; lengthMilliIn: number; widthMilliIn: number };

/** An envelope or box with one price whatever it weighs. */
export interface FlatRateItem {
  services: readonly Service[];
  shapes: readonly FlatRateShape[];
}

/** The flat-rate items by the packaging that names them. */
export type FlatRateItems = Readonly<Partial<Record<Packaging, FlatRateItem>>>;

/**
 * By how much an item would have to be larger in every direction for the parcel to go in, as a share of its size: 0 = it
 * may fit, 0.2 = certainly not unless the item were 20 % larger. `flat_rate` = some item of the service. Null where no
 * such item is on file, or a side is no length.
 */
export function shareTooLarge(
  dimensions: Dimensions,
  { service, packaging }: { service: Service; packaging: Packaging | 'flat_rate' },
  flatRate: FlatRateItems,
): number | null {
  if (!measurable(dimensions)) return null;
  const items = packaging === 'flat_rate' ? Object.values(flatRate) : [flatRate[packaging]];
  const sides = sidesOf(dimensions);
  const scales = items.flatMap((item) =>
    item?.services.includes(service) ? item.shapes.map((shape) => scaleToFit(sides, shape)) : [],
  );
  return scales.length === 0 ? null : Math.max(0, Math.min(...scales) - 1);
}

/** Whether a rigid parcel of these sides surely goes into an item, turned any way but not tilted. */
export function surelyFits(dimensions: Dimensions, item: FlatRateItem): boolean {
  const sides = sidesOf(dimensions);
  return item.shapes.some((shape) => goesInto(sides, shape));
}

function goesInto([longest, middle, shortest]: Sides, shape: FlatRateShape): boolean {
  if (shape.kind === 'box') {
    const [length, width, height] = shape.inside;
    return longest <= length && middle <= width && shortest <= height;
  }
  // Around a rigid thing an envelope must reach down on both sides; the fraction of an inch is left for seams and flap.
  const length = wholeInchesDown(shape.lengthMilliIn);
  const width = wholeInchesDown(shape.widthMilliIn);
  return longest + shortest <= length && middle + shortest <= width;
}

/** How many times as large a shape would have to be for the parcel to go in at all. Grows with every side. */
function scaleToFit(sides: Sides, shape: FlatRateShape): number {
  return shape.kind === 'box'
    ? scaleOfBox(sides, shape.outside)
    : scaleOfEnvelope(sides, wholeInchesUp(shape.lengthMilliIn), wholeInchesUp(shape.widthMilliIn));
}

/**
 * A body inside another has at most its least width, mean width, surface, volume and diameter, however it is tilted. The
 * item counts with its outside size and whole inches, for that is what people write on a label of the item itself.
 */
function scaleOfBox([a, b, c]: Sides, outside: Sides): number {
  const [x, y, z] = [wholeInchesUp(outside[0]), wholeInchesUp(outside[1]), wholeInchesUp(outside[2])];
  return Math.max(
    c / z,
    (a + b + c) / (x + y + z),
    Math.sqrt((a * b + b * c + c * a) / (x * y + y * z + z * x)),
    Math.cbrt((a * b * c) / (x * y * z)),
    Math.hypot(a, b, c) / Math.hypot(x, y, z),
  );
}

/**
 * The sides stated for an envelope are either its own outline with its bulge, which can become as thick as the tube that
 * its width makes when rolled (2 / pi of it); or those of the thing inside, whose surface the two sheets must cover and
 * whose diagonal is no longer than theirs. It is too large only when it is by both.
 */
function scaleOfEnvelope([a, b, c]: Sides, length: number, width: number): number {
  const asOutline = Math.max(a / length, b / width, (c * Math.PI) / (2 * width));
  const asContents = Math.max(
    Math.sqrt((a * b + b * c + c * a) / (length * width)),
    Math.hypot(a, b, c) / Math.hypot(length, width),
  );
  return Math.min(asOutline, asContents);
}

function wholeInchesUp(milliIn: number): number {
  return Math.ceil(milliIn / MILLI_IN_PER_IN) * MILLI_IN_PER_IN;
}

function wholeInchesDown(milliIn: number): number {
  return Math.floor(milliIn / MILLI_IN_PER_IN) * MILLI_IN_PER_IN;
}

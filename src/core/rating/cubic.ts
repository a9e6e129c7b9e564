/** Cubic prices: which parcels qualify for them, and by which volume they are priced. */
import type { Dimensions, Label, RateType, Service } from '../label/label.ts';
import { CUBIC_IN_PER_CUBIC_FT, MILLI_CU_FT_PER_CU_FT, MILLI_IN_PER_IN, formatThousandths } from '../units/measure.ts';
import { dimensionsOf } from './parcel-of.ts';
import { weightWords } from './product-name.ts';
import { longestMilliIn, sidesOf } from './size.ts';

/** The published conditions of one price list. */
export interface CubicRule {
  /** The largest volume priced, by service; a service without cubic prices is absent. */
  largestMilliCuFt: Partial<Record<Service, number>>;
  maximumWeightMilliOz: number;
  longestSideMilliIn: number;
  /** Each side goes down to a whole multiple of this before it counts. */
  sideStepMilliIn: number;
  /** Soft packs and padded envelopes go by length plus width; a service whose steps nobody published is absent. */
  softPackSteps: Partial<Record<Service, readonly SoftPackStep[]>>;
}

/** Up to this length plus width, a soft pack is priced as this volume. */
export interface SoftPackStep {
  notOverMilliIn: number;
  milliCuFt: number;
}

export interface CubicParcel {
  service: Service;
  dimensions: Dimensions | null;
  /** Null = not known; it is then taken to be light enough, since the price does not depend on it. */
  weightMilliOz: number | null;
  softPack: boolean;
}

export type CubicVolume =
  | { known: true; milliCuFt: number }
  | { known: false; reason: 'not_cubic' | 'dimensions_missing' | 'not_covered'; message: string };

/** The volume a parcel is priced by at cubic prices; or why it has none. Never throws. */
export function cubicVolumeOf(parcel: CubicParcel, rule: CubicRule): CubicVolume {
  const { service, dimensions, weightMilliOz, softPack } = parcel;
  const largest = rule.largestMilliCuFt[service];
  if (largest === undefined) return notCubic('The service has no cubic prices.');
  if (weightMilliOz !== null && weightMilliOz > rule.maximumWeightMilliOz) {
    return notCubic(`Cubic prices end at ${weightWords(rule.maximumWeightMilliOz)}.`);
  }
  if (!dimensions) {
    return {
      known: false,
      reason: 'dimensions_missing',
      message: 'A cubic price depends on the sides, and not all three are stated.',
    };
  }
  if (softPack) return softPackVolumeOf(dimensions, service, rule);
  if (longestMilliIn(dimensions) > rule.longestSideMilliIn) return tooLong(rule);
  const milliCuFt = boxMilliCuFt(dimensions, rule.sideStepMilliIn);
  if (milliCuFt <= largest) return { known: true, milliCuFt };
  return notCubic(`Cubic prices end at ${formatThousandths(largest)} cubic feet.`);
}

/** Rate types by which the vendor says that the label was not rated by volume. */
const excludesCubic: readonly (RateType | null)[] = ['weight', 'flat_rate'];

/**
 * Whether a label could have been sold at a cubic price, as far as its own columns tell: a cubic product, packed so
 * that it qualifies, not stated to be rated otherwise, and not known to be too heavy, too long or too large.
 */
export function cubicPossible(
  label: Pick<
    Label,
    'service' | 'packaging' | 'rateType' | 'weightMilliOz' | 'lengthMilliIn' | 'widthMilliIn' | 'heightMilliIn'
  >,
  { cubic: rule }: { cubic: CubicRule },
): boolean {
  const { service, packaging, rateType, weightMilliOz } = label;
  if (excludesCubic.includes(rateType)) return false;
  if (packaging !== null && packaging !== 'package' && packaging !== 'soft_pack' && packaging !== 'cubic') return false;
  const parcel = { service, weightMilliOz, dimensions: dimensionsOf(label) };
  const couldBe = (softPack: boolean): boolean => {
    const volume = cubicVolumeOf({ ...parcel, softPack }, rule);
    return volume.known || volume.reason !== 'not_cubic';
  };
  if (packaging === 'soft_pack') return couldBe(true);
  return couldBe(false) || (packaging === null && couldBe(true));
}

function softPackVolumeOf(dimensions: Dimensions, service: Service, rule: CubicRule): CubicVolume {
  if (longestMilliIn(dimensions) > rule.longestSideMilliIn) return tooLong(rule);
  const steps = rule.softPackSteps[service];
  if (!steps) {
    const message = 'The steps of length plus width by which soft packs of this service are priced are not at hand.';
    return { known: false, reason: 'not_covered', message };
  }
  const [length, width] = sidesOf(dimensions);
  const sum = down(length, rule.sideStepMilliIn) + down(width, rule.sideStepMilliIn);
  const step = steps.find(({ notOverMilliIn }) => sum <= notOverMilliIn);
  if (step) return { known: true, milliCuFt: step.milliCuFt };
  const last = steps.at(-1)?.notOverMilliIn ?? 0;
  return notCubic(`Cubic prices of soft packs end at ${formatThousandths(last)} in of length plus width.`);
}

function notCubic(message: string): CubicVolume {
  return { known: false, reason: 'not_cubic', message };
}

function tooLong({ longestSideMilliIn }: CubicRule): CubicVolume {
  return notCubic(`Cubic prices end at a longest side of ${formatThousandths(longestSideMilliIn)} in.`);
}

/** The volume of a box with each side taken down to the step, in thousandths of a cubic foot. */
function boxMilliCuFt({ lengthMilliIn, widthMilliIn, heightMilliIn }: Dimensions, step: number): number {
  const cubicMilliIn = down(lengthMilliIn, step) * down(widthMilliIn, step) * down(heightMilliIn, step);
  return (cubicMilliIn * MILLI_CU_FT_PER_CU_FT) / (CUBIC_IN_PER_CUBIC_FT * MILLI_IN_PER_IN ** 3);
}

function down(sideMilliIn: number, step: number): number {
  return sideMilliIn - (sideMilliIn % step);
}

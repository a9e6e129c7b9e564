/** Dimensional weight: what a large, light parcel is billed as weighing, by the published steps of its day. */
import type { Dimensions, Service } from '../label/label.ts';
import { MILLI_IN_PER_IN, MILLI_OZ_PER_LB, formatThousandths } from '../units/measure.ts';
import { sidesOf, volumeCubicIn } from './size.ts';

/** The published rule of one price list. */
export interface DimensionalRule {
  services: readonly Service[];
  /** Strictly over this volume, the dimensional weight is billed where it is the greater one. */
  thresholdCubicIn: number;
  /** Cubic inches to the pound. */
  divisor: number;
  /** Each side goes to the nearest whole inch, exactly a half going up; or always up to the next whole inch. */
  sideRounding: 'nearest' | 'up';
  /** What a parcel that is no box counts of its box, in thousandths. */
  nonRectangularThousandths: number;
  /** No parcel is billed as heavier. */
  maximumWeightMilliOz: number;
}

export interface DimensionalParcel {
  service: Service;
  /** Null = not known; then there is no dimensional weight. */
  dimensions: Dimensions | null;
  /** A tube, a triangle: measured at its extremes, it fills only a part of the box around it. */
  nonRectangular?: boolean;
  /**
   * True: where only the rounding of its sides takes a parcel over the threshold, it stays under. The published steps
   * round first; a price that accuses somebody must not hang on that order.
   */
  leastReading?: boolean;
}

/**
 * The dimensional weight in thousandths of an ounce, a whole number of pounds; 0 where none is due. The steps are those
 * of DMM 123 and 223: round each side, multiply, take the share of a parcel that is no box, compare with the threshold,
 * divide, round up to the next pound; over the maximum weight, the maximum is billed.
 */
export function dimensionalWeightMilliOz(parcel: DimensionalParcel, rule: DimensionalRule): number {
  const { dimensions, service } = parcel;
  if (!dimensions || !rule.services.includes(service)) return 0;
  const volume = roundedVolumeCubicIn(dimensions, rule);
  // In thousandths of a cubic inch, so that the share is exact.
  const thousandths = parcel.nonRectangular === true ? rule.nonRectangularThousandths : 1000;
  const threshold = rule.thresholdCubicIn * 1000;
  if (!(volume * thousandths > threshold)) return 0;
  if (parcel.leastReading === true && volumeCubicIn(dimensions) * thousandths <= threshold) return 0;
  const pounds = Math.ceil((volume * thousandths) / (rule.divisor * 1000));
  return Math.min(pounds * MILLI_OZ_PER_LB, rule.maximumWeightMilliOz);
}

/** The steps in words, for a breakdown: "dimensional weight 16 lb: 20 x 12 x 9 in over 139". */
export function dimensionalWords(parcel: DimensionalParcel, rule: DimensionalRule): string {
  const { dimensions } = parcel;
  if (!dimensions) return '';
  const [longest, middle, shortest] = sidesOf(dimensions);
  const sides = `${wholeInches(longest, rule)} x ${wholeInches(middle, rule)} x ${wholeInches(shortest, rule)}`;
  const share = parcel.nonRectangular === true ? ` x ${formatThousandths(rule.nonRectangularThousandths)}` : '';
  const pounds = dimensionalWeightMilliOz(parcel, rule) / MILLI_OZ_PER_LB;
  return `dimensional weight ${pounds} lb: ${sides} in${share} over ${rule.divisor}`;
}

function roundedVolumeCubicIn(dimensions: Dimensions, rule: DimensionalRule): number {
  const { lengthMilliIn, widthMilliIn, heightMilliIn } = dimensions;
  return wholeInches(lengthMilliIn, rule) * wholeInches(widthMilliIn, rule) * wholeInches(heightMilliIn, rule);
}

function wholeInches(sideMilliIn: number, { sideRounding }: DimensionalRule): number {
  if (sideRounding === 'up') return Math.ceil(sideMilliIn / MILLI_IN_PER_IN);
  return Math.floor((sideMilliIn + MILLI_IN_PER_IN / 2) / MILLI_IN_PER_IN);
}

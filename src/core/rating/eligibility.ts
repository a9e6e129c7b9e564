/**
 * What a service takes: the greatest weight and size it is sold for, and by which of them a parcel exceeds it. Contents
 * are not judged, for no vendor's file states them; nor are the tighter limits of single military ZIP codes.
 */
import type { Label, Packaging, Service } from '../label/label.ts';
import type { Day } from '../units/day.ts';
import { MILLI_IN_PER_IN, MILLI_OZ_PER_OZ } from '../units/measure.ts';
import type { FlatRateItems } from './fit.ts';
import { lengthPlusGirthMilliIn, sidesOf } from './size.ts';

/** What a limit measures: the sides in order of size, as postal standards count them wherever the address stands. */
export const MEASURES = ['weight', 'length_plus_girth', 'longest_side', 'middle_side', 'shortest_side'] as const;
export type Measure = (typeof MEASURES)[number];

/** The greatest value a service takes. */
export interface ServiceLimit {
  measure: Measure;
  /** Thousandths of an ounce for weight, of an inch for the rest. */
  maximum: number;
  from: Day;
  /** The id in data/sources.yaml. */
  source: string;
}

/** The limits of one service, of each measure the latest first. */
export interface ServiceLimits {
  general: readonly ServiceLimit[];
  /** All limits of a packaging that has some of its own; for the measures it has none of, the general ones. */
  byPackaging: Readonly<Partial<Record<Packaging, readonly ServiceLimit[]>>>;
}

/** What eligibility, fit and the cheapest alternative read, as the catalog hands it over. */
export interface Eligibility {
  services: Readonly<Partial<Record<Service, ServiceLimits>>>;
  flatRate: FlatRateItems;
  /** Items whose price holds only for mail to military post offices. */
  militaryItems: readonly Packaging[];
  /** Business days a service is published to need, at least and at most; a service without is not known. */
  deliveryDays: Readonly<Partial<Record<Service, readonly [least: number, most: number]>>>;
}

/** What is known of a parcel when asking whether a service takes it; what is not stated is null. */
export interface MeasuredParcel extends Pick<
  Label,
  'service' | 'packaging' | 'weightMilliOz' | 'lengthMilliIn' | 'widthMilliIn' | 'heightMilliIn'
> {
  /** The day of mailing. */
  day: Day;
}

/** One limit a parcel exceeds. */
export interface Excess {
  measure: Measure;
  /** What the parcel measures, in the unit of the limit; at least this, where a side is not stated. */
  value: number;
  maximum: number;
  source: string;
}

/**
 * The limit of weight that a parcel exceeds; none = the service takes its weight; null = no weight is stated, or no limit
 * is on file. A limit that is no whole ounce or inch counts as the next whole one, for vendors bill in those: a letter of
 * 3.4 oz stands in many a file as 4. Never throws.
 */
export function weightExcessOf(parcel: MeasuredParcel, eligibility: Eligibility): readonly Excess[] | null {
  const limit = limitsOf(parcel, eligibility).find(({ measure }) => measure === 'weight');
  const weight = parcel.weightMilliOz;
  if (!limit || weight === null || !(weight > 0)) return null;
  return exceeds(weight, limit.maximum, MILLI_OZ_PER_OZ) ? [excess(limit, weight)] : NONE;
}

/**
 * Every limit of size that a parcel exceeds, as `weightExcessOf`; a side that is not stated counts as nothing, and null = it
 * could decide. A flat-rate item has a size of its own: whether the parcel fits is told by `fit.ts`.
 */
export function sizeExcessOf(parcel: MeasuredParcel, eligibility: Eligibility): readonly Excess[] | null {
  if (parcel.packaging !== null && eligibility.flatRate[parcel.packaging]) return NONE;
  const limits = limitsOf(parcel, eligibility).filter(({ measure }) => measure !== 'weight');
  const stated = {
    lengthMilliIn: sideOf(parcel.lengthMilliIn),
    widthMilliIn: sideOf(parcel.widthMilliIn),
    heightMilliIn: sideOf(parcel.heightMilliIn),
  };
  const [longest, middle, shortest] = sidesOf(stated);
  const sizes: Record<Measure, number> = {
    weight: 0,
    length_plus_girth: lengthPlusGirthMilliIn(stated),
    longest_side: longest,
    middle_side: middle,
    shortest_side: shortest,
  };
  const found = limits
    .filter(({ measure, maximum }) => exceeds(sizes[measure], maximum, MILLI_IN_PER_IN))
    .map((limit) => excess(limit, sizes[limit.measure]));
  return found.length === 0 && (limits.length === 0 || shortest === 0) ? null : found;
}

/**
 * Whether the price of an item holds for a route; null = it depends on an end of the route that is not known.
 * @param military whether the route begins or ends at a military post office
 */
export function servesRoute(
  packaging: Packaging | null,
  military: boolean | null,
  { militaryItems }: Eligibility,
): boolean | null {
  return packaging === null || !militaryItems.includes(packaging) ? true : military;
}

const NONE: readonly Excess[] = Object.freeze([]);

/** The limits in force on the parcel's day: of each measure the latest that has begun. */
function limitsOf({ service, packaging, day }: MeasuredParcel, { services }: Eligibility): ServiceLimit[] {
  const limits = services[service];
  if (!limits) return [];
  const applicable = (packaging === null ? undefined : limits.byPackaging[packaging]) ?? limits.general;
  const inForce = applicable.filter(({ from }) => from <= day);
  return inForce.filter((limit, index) => inForce.findIndex((other) => other.measure === limit.measure) === index);
}

/** A side that is not stated counts as nothing, so that what is stated proves an excess only together. */
function sideOf(side: number | null): number {
  return side !== null && side > 0 && side < Infinity ? side : 0;
}

function exceeds(value: number, maximum: number, wholeUnit: number): boolean {
  return value > Math.ceil(maximum / wholeUnit) * wholeUnit;
}

function excess({ measure, maximum, source }: ServiceLimit, value: number): Excess {
  return { measure, value, maximum, source };
}

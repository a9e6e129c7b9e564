/**
 * What a service takes: the greatest weight and size it is sold for, and by which of them a parcel exceeds it. Contents
 * are not judged, for no vendor's file states them; nor are the tighter limits of single military ZIP codes.
 */
import type { Dimensions, Label, Packaging, Service } from '../label/label.ts';
import type { Day } from '../units/day.ts';
import { MILLI_IN_PER_IN, MILLI_OZ_PER_OZ } from '../units/measure.ts';
import { type DimensionalRule, dimensionalWeightMilliOz } from './dimensional.ts';
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
  /** Every published rule of dimensional weight, whatever its days. */
  dimensional: readonly DimensionalRule[];
}

/** What is known of a parcel when asking whether a service takes it; what is not stated is null. */
export interface MeasuredParcel extends Pick<
  Label,
  'service' | 'packaging' | 'weightMilliOz' | 'scaleWeightMilliOz' | 'lengthMilliIn' | 'widthMilliIn' | 'heightMilliIn'
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

/** A service and packaging on a day of mailing; `flat_rate` = some flat-rate item, not stated which. */
export interface SoldPiece {
  service: Service;
  packaging: Packaging | 'flat_rate' | null;
  day: Day;
}

/** The greatest weight a service takes a piece with; null = no limit is on file. Makes nothing, for quotes ask it. */
export function weightLimitOf({ service, packaging, day }: SoldPiece, { services }: Eligibility): ServiceLimit | null {
  const limits = services[service];
  if (!limits) return null;
  const own = packaging === null || packaging === 'flat_rate' ? undefined : limits.byPackaging[packaging];
  for (const limit of own ?? limits.general) {
    if (limit.measure === 'weight' && limit.from <= day) return limit;
  }
  return null;
}

/** Whether a weight is over a limit of weight; one that is no whole ounce counts as the next whole one. */
export function exceedsWeight(weightMilliOz: number, { maximum }: ServiceLimit): boolean {
  return exceeds(weightMilliOz, maximum, MILLI_OZ_PER_OZ);
}

/**
 * The limit of weight that a parcel exceeds, by the scale, else by the billed weight; none = the service takes its weight;
 * null = no weight is stated, the billed one may be a weight by size, or no limit is on file. A limit that is no whole ounce
 * or inch counts as the next whole one, for vendors bill in those: a letter of 3.4 oz stands in many a file as 4. Never
 * throws.
 */
export function weightExcessOf(parcel: MeasuredParcel, eligibility: Eligibility): readonly Excess[] | null {
  const limit = weightLimitOf(parcel, eligibility);
  const { weightMilliOz: billed, scaleWeightMilliOz: scale } = parcel;
  const weighed = scale !== null && scale > 0;
  const weight = weighed ? scale : billed;
  if (!limit || weight === null || !(weight > 0)) return null;
  if (!exceedsWeight(weight, limit)) return NONE;
  return !weighed && mayBeBySize(weight, parcel, eligibility) ? null : [excess(limit, weight)];
}

/**
 * Whether a billed weight may be a dimensional one: by any of the published rules, for vendors changed over from one to the
 * next on days of their own, and beyond the weight at which the rule ends, for many a file writes what the division gives.
 */
function mayBeBySize(billedMilliOz: number, parcel: MeasuredParcel, { dimensional, flatRate }: Eligibility): boolean {
  const { service, packaging } = parcel;
  if (packaging !== null && flatRate[packaging]) return false;
  const rules = dimensional.filter(({ services }) => services.includes(service));
  const dimensions = statedSides(parcel);
  if (sidesOf(dimensions)[2] === 0) return rules.length > 0;
  return rules.some((rule) => {
    const bySize = dimensionalWeightMilliOz({ service, dimensions }, { ...rule, maximumWeightMilliOz: Infinity });
    return bySize >= billedMilliOz;
  });
}

/**
 * Every limit of size that a parcel exceeds, as `weightExcessOf`; a side that is not stated counts as nothing, and null = it
 * could decide. A flat-rate item has a size of its own: whether the parcel fits is told by `fit.ts`.
 */
export function sizeExcessOf(parcel: MeasuredParcel, eligibility: Eligibility): readonly Excess[] | null {
  if (parcel.packaging !== null && eligibility.flatRate[parcel.packaging]) return NONE;
  const limits = limitsOf(parcel, eligibility).filter(({ measure }) => measure !== 'weight');
  const stated = statedSides(parcel);
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
function statedSides({ lengthMilliIn, widthMilliIn, heightMilliIn }: MeasuredParcel): Dimensions {
  return {
    lengthMilliIn: sideOf(lengthMilliIn),
    widthMilliIn: sideOf(widthMilliIn),
    heightMilliIn: sideOf(heightMilliIn),
  };
}

function sideOf(side: number | null): number {
  return side !== null && side > 0 && side < Infinity ? side : 0;
}

function exceeds(value: number, maximum: number, wholeUnit: number): boolean {
  return value > Math.ceil(maximum / wholeUnit) * wholeUnit;
}

function excess({ measure, maximum, source }: ServiceLimit, value: number): Excess {
  return { measure, value, maximum, source };
}

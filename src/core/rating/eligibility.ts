/**
 * What a service takes: the greatest weight and size it is sold for, and by how much a parcel goes beyond them. Contents
 * are not judged, for no file of a vendor states them; nor are the tighter limits of single military ZIP codes.
 */
import type { Dimensions, Packaging, Service } from '../label/label.ts';
import type { Day } from '../units/day.ts';

/** What a limit measures: the sides in order of size, as postal standards count them whatever the address says. */
export const MEASURES = ['weight', 'length_plus_girth', 'longest_side', 'middle_side', 'shortest_side'] as const;
export type Measure = (typeof MEASURES)[number];

/** The greatest value a service takes, up to which it takes it. */
export interface ServiceLimit {
  measure: Measure;
  /** Thousandths of an ounce for weight, of an inch for the rest. */
  maximum: number;
  from: Day;
  /** The id in data/sources.yaml. */
  source: string;
}

/** The limits of one service: for the packagings that have limits of their own, and for all others. */
export interface ServiceLimits {
  general: readonly ServiceLimit[];
  byPackaging: Partial<Record<Packaging, readonly ServiceLimit[]>>;
}

/** What eligibility and fit read, as the catalog hands it over. */
export interface Eligibility {
  services: Partial<Record<Service, ServiceLimits>>;
}

/** What is known of a parcel when asking whether a service takes it. */
export interface MeasuredParcel {
  service: Service;
  /** Null = not stated: then only what no packaging of the service may exceed counts. */
  packaging: Packaging | null;
  weightMilliOz: number | null;
  /** Null = not all three sides are stated. */
  dimensions: Dimensions | null;
  /** The day of mailing. */
  day: Day;
}

/** One limit a parcel goes beyond. */
export interface Excess {
  measure: Measure;
  /** What the parcel measures, in the unit of the limit. */
  value: number;
  maximum: number;
  source: string;
}

/** What others have published about numbers, as data/barcode holds it: countries, other carriers' shapes, service type codes. */
import type { ExtraService, Service } from '../label/label.ts';
import type { Day } from '../units/day.ts';

export const CARRIER_CHECKS = ['none', 'mod10', 'mod11_fedex', 'mod7'] as const;
export type CarrierCheck = (typeof CARRIER_CHECKS)[number];

/** A shape of number that belongs to another carrier than USPS. */
export interface OtherCarrier {
  carrier: string;
  /** Anchored; the group `checked` holds what the check digit is computed over, the digit itself last. */
  pattern: RegExp;
  check: CarrierCheck;
  /** Digits that belong in front of `checked` but are not printed. */
  implied: string;
}

/**
 * How sure a service type code's meaning is: `edition` = printed in a dated edition of Pub 199, `observed` = seen in
 * carrier responses, `inferred` = worked out from labels, `uncertain` = the code outlived its class.
 */
export const CERTAINTIES = ['edition', 'observed', 'inferred', 'uncertain'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

/** One meaning of a service type code during one time. */
export interface ServiceType {
  code: string;
  /** Null where the class is none of ours, or no longer known. */
  service: Service | null;
  description: string;
  extraServices: readonly ExtraService[];
  validFrom: Day;
  /** First day it no longer holds; null = still holds as far as is known. */
  validUntil: Day | null;
  certainty: Certainty;
  source: string;
}

/** Meanings by code, oldest first. */
export type ServiceTypeTable = ReadonlyMap<string, readonly ServiceType[]>;

export interface BarcodeData {
  /** Two-letter country codes an S10 number may end with. */
  countries: ReadonlySet<string>;
  otherCarriers: readonly OtherCarrier[];
  serviceTypes: ServiceTypeTable;
  /** For so many days a number is one parcel's; then it may lawfully come round. */
  uniqueDays: number;
}

/** What a month of the benchmark is made of: parcels with their labels, steps, bills and adjustments, and what is true of them. */
import type { Packaging, RateType, Service } from '../../src/core/label/label.ts';
import type { AdjustmentReason } from '../../src/core/ledger/adjustment.ts';
import type { ChargeType } from '../../src/core/ledger/charge.ts';
import type { Day, Instant } from '../../src/core/units/day.ts';
import type { Row } from '../../test/support/month/parcel.ts';
import type { Vendor } from './vendor.ts';
import type { Place } from './world.ts';

/** Something a source told of a parcel. */
export interface Step {
  at: Instant;
  code: string;
  text: string;
  city: string;
  state: string;
  zip: string;
  country?: string;
  outcome?: string;
  mailpiece?: string;
}

/** One line of an invoice. */
export interface Bill {
  type: ChargeType;
  mills: number;
  /** Decides which invoice it stands in. */
  day: Day;
  code: string;
  description: string;
  /** Set on a line that takes another of the same parcel back. */
  reverses?: Bill;
}

/** One side of a carrier's measurement. */
export interface Side {
  weightOz?: number;
  zone?: number;
  service?: Service;
  mills?: number;
}

/** What the carrier found on measuring again. */
export interface Adjusted {
  reason: AdjustmentReason;
  assessedAt: Instant;
  mills: number;
  feeMills: number;
  claimed: Side;
  assessed: Side;
}

/** One fraud to be found. */
export interface Case {
  scheme: string;
  subject: 'label' | 'vendor' | 'charge';
  /** Any of these, of low severity or more and about the same subject, finds it. */
  rules: readonly string[];
  /** Other numbers by which it may be found. */
  also?: readonly string[];
  stolenMills: number;
  /** Null = detectable; else why it cannot be, by its word. */
  hidden: string | null;
}

export interface Parcel {
  vendor: Vendor;
  labelId: string;
  number: string;
  mailerId: string;
  service: Service;
  packaging: Packaging;
  rateType: RateType;
  weightOz: number;
  scaleOz: number;
  /** Inches, longest first. */
  sides: readonly [number, number, number];
  from: Place;
  to: Place;
  zone: number;
  nearEdge: boolean;
  shipDay: Day;
  purchasedAt: Instant;
  /** The published commercial postage. */
  publishedMills: number;
  postageMills: number;
  surchargesMills: number;
  insuranceMills: number;
  orderMills: number;
  orderId: string;
  transitDays: number;
  /** Columns of its label that differ from what its other fields say. */
  set: Row;
  /** Other rows of the file under the same number, as changes of its own row. */
  copies: Row[];
  steps: Step[];
  /** How a source answered that told no step; null = nobody was asked. */
  answer: string | null;
  /** What stories do to the lines an orderly invoice would have. */
  rebill: ((bills: readonly Bill[]) => Bill[])[];
  adjusted: Adjusted[];
  /** The name of what happened to it; '' = nothing. */
  story: string;
  /** Rules that may speak of it. */
  may: string[];
  /** Whether they may attribute it to the vendor. */
  blame: boolean;
  cases: Case[];
}

/** Something true of a vendor as a whole. */
export interface VendorTruth {
  vendor: Vendor;
  story: string;
  may: readonly string[];
  case: Case | null;
}

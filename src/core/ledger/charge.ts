/** A line of a vendor's invoice, everything charged for one parcel, and for which days we were told. */
import type { Day, Instant } from '../units/day.ts';
import type { Adjustment } from './adjustment.ts';

export const CHARGE_TYPES = [
  'postage',
  'surcharge',
  'insurance',
  'adjustment',
  'refund',
  'fee',
  'tax',
  'top_up',
] as const;
export type ChargeType = (typeof CHARGE_TYPES)[number];

export interface Charge {
  invoiceNumber: string;
  vendor: string;
  chargeType: ChargeType;
  /** Positive = asked for, negative = given back; of a refund as read the sign tells nothing (`settledMills`). */
  amountMills: number;
  currency: string;
  invoiceDate: Day | null;
  periodFrom: Day | null;
  periodTo: Day | null;
  lineNumber: string | null;
  /** Canonical number; null for a line about no parcel. */
  trackingNumber: string | null;
  labelId: string | null;
  chargeCode: string | null;
  description: string | null;
  /** The written day of the charge, and its instant when time and zone were written. */
  chargedDay: Day | null;
  chargedAt: Instant | null;
  reversesLine: string | null;
  invoiceTotalMills: number | null;
  payee: string | null;
  extra: Readonly<Record<string, string>> | null;
}

/**
 * What a charge asks for or gives back, in mills, as it is kept: some vendors write refunds with a sign and some without, and
 * whoever reads them later need not ask.
 */
export function settledMills({ chargeType, amountMills }: Pick<Charge, 'chargeType' | 'amountMills'>): number {
  return chargeType === 'refund' && amountMills > 0 ? -amountMills : amountMills;
}

/** A line of an invoice as the rules see it, with the key it is kept under. */
export type ChargeLine = Omit<Charge, 'description' | 'payee' | 'extra'> & { chargeKey: string };

/** Everything charged for one number, whoever charged it: by vendor and key, adjustments by vendor and id. */
export interface ChargeDigest {
  lines: ChargeLine[];
  adjustments: Omit<Adjustment, 'extra'>[];
}

/** Days, both of them counted in. */
export interface Period {
  from: Day;
  to: Day;
}

/**
 * For which days we were given a vendor's invoices and label files: only inside is what does not stand there missing. Periods
 * are sorted, each once, and may overlap.
 */
export interface VendorCoverage {
  /**
   * The periods for which his invoices charge labels. An invoice without such a charge, as one of credits or adjustments, covers
   * nothing: nobody can see in it which label is missing.
   */
  invoiced: readonly Period[];
  /** The currencies of those charges, sorted: a label bought in another is billed elsewhere. */
  currencies: readonly string[];
  /**
   * The runs of days on each of which a purchase from him is known, in order, with days between them. On those he sold nothing, or
   * the file of them is missing.
   */
  sold: readonly Period[];
}

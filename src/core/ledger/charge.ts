/** A line of a vendor's invoice, and the charges of one parcel folded to what rules need. */
import type { Day, Instant } from '../units/day.ts';

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

/** Net amount and number of lines by vendor, currency and type, in that order. */
export interface ChargeDigest {
  sums: { vendor: string; currency: string; type: ChargeType; mills: number; lines: number }[];
}

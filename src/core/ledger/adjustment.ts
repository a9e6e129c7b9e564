/** What the carrier found when it measured a parcel again, and what a vendor asks or gives back for it. */
import type { Packaging, Service } from '../label/label.ts';
import type { Day, Instant } from '../units/day.ts';

export const ADJUSTMENT_REASONS = [
  'weight',
  'dimensions',
  'zone',
  'packaging',
  'service',
  'duplicate',
  'unmanifested',
  'refunded_label_used',
] as const;
export type AdjustmentReason = (typeof ADJUSTMENT_REASONS)[number];

/** One side of an adjustment: what the label claimed, or what the carrier assessed; null = not stated. */
export interface Measured {
  weightMilliOz: number | null;
  lengthMilliIn: number | null;
  widthMilliIn: number | null;
  heightMilliIn: number | null;
  zone: number | null;
  packaging: Packaging | null;
  service: Service | null;
  amountMills: number | null;
}

export interface Adjustment {
  adjustmentId: string;
  vendor: string;
  /** Canonical. */
  trackingNumber: string;
  /** The written day, and the instant when time and zone were written. */
  assessedDay: Day;
  assessedAt: Instant | null;
  reason: AdjustmentReason;
  /** Positive = asked for, negative = given back. */
  amountMills: number;
  currency: string;
  /** When the adjustment was told to us: disputes are counted from here. */
  notifiedDay: Day | null;
  notifiedAt: Instant | null;
  disputeId: string | null;
  processingFeeMills: number | null;
  claimed: Measured;
  assessed: Measured;
  extra: Readonly<Record<string, string>> | null;
}

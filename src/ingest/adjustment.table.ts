/** What the carrier measured again, and what is asked or given back for it. */
import { EntitySchema } from 'typeorm';

/** One adjustment. Weight in thousandths of an ounce, lengths of an inch; null = not stated. */
export interface AdjustmentRow {
  /** Canonical number; the distribution column of a cluster. */
  trackingNumber: string;
  vendor: string;
  adjustmentId: string;
  assessedDay: string;
  /** Null where no time of day or no zone was written. */
  assessedAt: Date | null;
  reason: string;
  amountMills: number;
  currency: string;
  notifiedDay: string | null;
  notifiedAt: Date | null;
  disputeId: string | null;
  processingFeeMills: number | null;
  claimedWeightMilliOz: number | null;
  claimedLengthMilliIn: number | null;
  claimedWidthMilliIn: number | null;
  claimedHeightMilliIn: number | null;
  claimedZone: number | null;
  claimedPackaging: string | null;
  claimedService: string | null;
  claimedAmountMills: number | null;
  assessedWeightMilliOz: number | null;
  assessedLengthMilliIn: number | null;
  assessedWidthMilliIn: number | null;
  assessedHeightMilliIn: number | null;
  assessedZone: number | null;
  assessedPackaging: string | null;
  assessedService: string | null;
  assessedAmountMills: number | null;
  extra: Record<string, string> | null;
  importId: string;
}

export const AdjustmentTable = new EntitySchema<AdjustmentRow>({
  name: 'adjustment',
  columns: {
    trackingNumber: { name: 'tracking_number', type: 'text', primary: true, collation: 'C' },
    vendor: { type: 'text', primary: true, collation: 'C' },
    adjustmentId: { name: 'adjustment_id', type: 'text', primary: true, collation: 'C' },
    assessedDay: { name: 'assessed_day', type: 'date' },
    assessedAt: { name: 'assessed_at', type: 'timestamptz', nullable: true },
    reason: { type: 'text' },
    amountMills: { name: 'amount_mills', type: 'bigint' },
    currency: { type: 'char', length: 3 },
    notifiedDay: { name: 'notified_day', type: 'date', nullable: true },
    notifiedAt: { name: 'notified_at', type: 'timestamptz', nullable: true },
    disputeId: { name: 'dispute_id', type: 'text', nullable: true },
    processingFeeMills: { name: 'processing_fee_mills', type: 'bigint', nullable: true },
    claimedWeightMilliOz: { name: 'claimed_weight_milli_oz', type: 'integer', nullable: true },
    claimedLengthMilliIn: { name: 'claimed_length_milli_in', type: 'integer', nullable: true },
    claimedWidthMilliIn: { name: 'claimed_width_milli_in', type: 'integer', nullable: true },
    claimedHeightMilliIn: { name: 'claimed_height_milli_in', type: 'integer', nullable: true },
    claimedZone: { name: 'claimed_zone', type: 'smallint', nullable: true },
    claimedPackaging: { name: 'claimed_packaging', type: 'text', nullable: true },
    claimedService: { name: 'claimed_service', type: 'text', nullable: true },
    claimedAmountMills: { name: 'claimed_amount_mills', type: 'bigint', nullable: true },
    assessedWeightMilliOz: { name: 'assessed_weight_milli_oz', type: 'integer', nullable: true },
    assessedLengthMilliIn: { name: 'assessed_length_milli_in', type: 'integer', nullable: true },
    assessedWidthMilliIn: { name: 'assessed_width_milli_in', type: 'integer', nullable: true },
    assessedHeightMilliIn: { name: 'assessed_height_milli_in', type: 'integer', nullable: true },
    assessedZone: { name: 'assessed_zone', type: 'smallint', nullable: true },
    assessedPackaging: { name: 'assessed_packaging', type: 'text', nullable: true },
    assessedService: { name: 'assessed_service', type: 'text', nullable: true },
    assessedAmountMills: { name: 'assessed_amount_mills', type: 'bigint', nullable: true },
    extra: { type: 'jsonb', nullable: true },
    importId: { name: 'import_id', type: 'char', length: 64 },
  },
  // A corrected adjustment is looked for under every parcel.
  indices: [{ name: 'adjustment_id', columns: ['adjustmentId'] }],
});

/** What has been judged, at which revision and by which book. */
import { EntitySchema } from 'typeorm';

/** The last judgement of one parcel. */
export interface JudgedRow {
  /** Canonical number, or a key no barcode can be; the distribution column of a cluster. */
  trackingNumber: string;
  revision: number;
  /** Hash of rules, data and digest version the parcel was judged by. */
  book: string;
  asOf: Date;
  /** When time alone may change the judgement; null = never. */
  nextReviewAt: Date | null;
  /** The next run judges it anew, whatever the time: other parcels, an expression or a decision may have changed it. */
  dueNextRun: boolean;
  /** One text a purchase, in order of (vendor, sale key): see core/finding/outcome-code.ts. */
  outcomes: string[];
  /** One text for each line, adjustment and the number itself, likewise: how the rules about charges answered. */
  chargeOutcomes: string[];
  /** Purchases with a published price. */
  rated: number;
  chargedOfRatedMills: number;
  expectedMills: number;
  /** What the only purchase under the number tells of its vendor's prices: see core/finding/pricing.ts. */
  soldBy: string | null;
  zone: number | null;
  weightCell: number | null;
  scaleCell: number | null;
  comparedMills: number | null;
  publishedMills: number | null;
  /** See core/finding/parcel.ts. */
  seenByCarrier: boolean;
}

export const JudgedTable = new EntitySchema<JudgedRow>({
  name: 'judged',
  columns: {
    trackingNumber: { name: 'tracking_number', type: 'text', primary: true, collation: 'C' },
    revision: { type: 'bigint' },
    book: { type: 'char', length: 32 },
    asOf: { name: 'as_of', type: 'timestamptz' },
    nextReviewAt: { name: 'next_review_at', type: 'timestamptz', nullable: true },
    dueNextRun: { name: 'due_next_run', type: 'boolean' },
    outcomes: { type: 'text', array: true },
    chargeOutcomes: { name: 'charge_outcomes', type: 'text', array: true },
    rated: { type: 'integer' },
    chargedOfRatedMills: { name: 'charged_of_rated_mills', type: 'bigint' },
    expectedMills: { name: 'expected_mills', type: 'bigint' },
    soldBy: { name: 'sold_by', type: 'text', nullable: true },
    zone: { type: 'smallint', nullable: true },
    weightCell: { name: 'weight_cell', type: 'smallint', nullable: true },
    scaleCell: { name: 'scale_cell', type: 'smallint', nullable: true },
    comparedMills: { name: 'compared_mills', type: 'bigint', nullable: true },
    publishedMills: { name: 'published_mills', type: 'bigint', nullable: true },
    seenByCarrier: { name: 'seen_by_carrier', type: 'boolean' },
  },
  // What was judged without a label has to be found again when it is charged no more.
  indices: [{ name: 'judged_without_label', columns: ['trackingNumber'], where: 'cardinality(outcomes) = 0' }],
});

/** What cheaper services would have saved on single purchases. */
import { EntitySchema } from 'typeorm';

/** A purchase on which another lawful service or packaging would have saved. Money in mills of USD. */
export interface SavingRow {
  /** Canonical number; the distribution column of a cluster. */
  trackingNumber: string;
  vendor: string;
  saleKey: string;
  /** The Monday of the week of purchase. */
  week: string;
  service: string;
  packaging: string;
  toService: string;
  toPackaging: string;
  /** What was charged for postage and surcharges. */
  paidMills: number;
  /** The published price of the alternative, with its surcharges. */
  alternativeMills: number;
  savingMills: number;
  /** The alternative takes longer. */
  slower: boolean;
}

export const SavingTable = new EntitySchema<SavingRow>({
  name: 'label_saving',
  columns: {
    trackingNumber: { name: 'tracking_number', type: 'text', primary: true, collation: 'C' },
    vendor: { type: 'text', primary: true, collation: 'C' },
    saleKey: { name: 'sale_key', type: 'text', primary: true, collation: 'C' },
    week: { type: 'date' },
    service: { type: 'text' },
    packaging: { type: 'text' },
    toService: { name: 'to_service', type: 'text' },
    toPackaging: { name: 'to_packaging', type: 'text' },
    paidMills: { name: 'paid_mills', type: 'bigint' },
    alternativeMills: { name: 'alternative_mills', type: 'bigint' },
    savingMills: { name: 'saving_mills', type: 'bigint' },
    slower: { type: 'boolean' },
  },
});

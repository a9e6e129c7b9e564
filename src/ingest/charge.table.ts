/** Invoice lines, and their sums a parcel. */
import { EntitySchema } from 'typeorm';
import type { ChargeDigest } from '../core/ledger/charge.ts';

/** One line of a vendor invoice. */
export interface ChargeRow {
  /** Canonical number, or `@<vendor>/<invoice>` for a line about no parcel. */
  trackingNumber: string;
  vendor: string;
  /** Invoice and line number; without a line number a hash of the line and its place among equal ones. */
  chargeKey: string;
  invoiceNumber: string;
  lineNumber: string | null;
  chargeType: string;
  chargeCode: string | null;
  description: string | null;
  amountMills: number;
  currency: string;
  invoiceDate: string | null;
  periodFrom: string | null;
  periodTo: string | null;
  labelId: string | null;
  chargedAt: Date | null;
  chargedDay: string | null;
  reversesLine: string | null;
  invoiceTotalMills: number | null;
  payee: string | null;
  extra: Record<string, string> | null;
  importId: string;
}

export const ChargeTable = new EntitySchema<ChargeRow>({
  name: 'charge',
  columns: {
    trackingNumber: { name: 'tracking_number', type: 'text', primary: true, collation: 'C' },
    vendor: { type: 'text', primary: true, collation: 'C' },
    chargeKey: { name: 'charge_key', type: 'text', primary: true, collation: 'C' },
    invoiceNumber: { name: 'invoice_number', type: 'text' },
    lineNumber: { name: 'line_number', type: 'text', nullable: true },
    chargeType: { name: 'charge_type', type: 'text' },
    chargeCode: { name: 'charge_code', type: 'text', nullable: true },
    description: { type: 'text', nullable: true },
    amountMills: { name: 'amount_mills', type: 'bigint' },
    currency: { type: 'char', length: 3 },
    invoiceDate: { name: 'invoice_date', type: 'date', nullable: true },
    periodFrom: { name: 'period_from', type: 'date', nullable: true },
    periodTo: { name: 'period_to', type: 'date', nullable: true },
    labelId: { name: 'label_id', type: 'text', nullable: true },
    chargedAt: { name: 'charged_at', type: 'timestamptz', nullable: true },
    chargedDay: { name: 'charged_day', type: 'date', nullable: true },
    reversesLine: { name: 'reverses_line', type: 'text', nullable: true },
    invoiceTotalMills: { name: 'invoice_total_mills', type: 'bigint', nullable: true },
    payee: { type: 'text', nullable: true },
    extra: { type: 'jsonb', nullable: true },
    importId: { name: 'import_id', type: 'char', length: 64 },
  },
  // A corrected line is looked for under every parcel of its invoice.
  indices: [{ name: 'charge_invoice', columns: ['invoiceNumber'] }],
});

/** The charges of one parcel, folded. */
export interface ChargeDigestRow {
  /** Canonical number, or a key no barcode can be; the distribution column of a cluster. */
  trackingNumber: string;
  digest: ChargeDigest;
}

export const ChargeDigestTable = new EntitySchema<ChargeDigestRow>({
  name: 'charge_digest',
  columns: {
    trackingNumber: { name: 'tracking_number', type: 'text', primary: true, collation: 'C' },
    digest: { type: 'jsonb' },
  },
});

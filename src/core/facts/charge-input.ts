/** Everything one judgement of a charge, an adjustment, an invoice or a number may look at; changed by nobody. */
import type { Barcode } from '../barcode/barcode.ts';
import type { JourneyDigest } from '../journey/digest.ts';
import type { Label } from '../label/label.ts';
import type { ChargeDigest, VendorCoverage } from '../ledger/charge.ts';
import type { InvoiceTold, Repetition } from '../ledger/invoice.ts';
import type { Ledger, LedgerLine } from '../ledger/ledger.ts';
import type { Calendar } from '../units/calendar.ts';
import type { Instant } from '../units/day.ts';
import type { OwnRecords } from './input.ts';

/** What is known of a number, whoever sold, charged or adjusted it, as of the audit. */
export interface NumberKnown {
  /** Canonical; null for the account of a vendor, whose lines are about no parcel. */
  trackingNumber: string | null;
  /** Read as a barcode; null without a number. */
  barcode: Barcode | null;
  /** Every purchase under it, by purchase, vendor and sale key. */
  sales: readonly Label[];
  /** The journey in the life of the number that a purchase belongs to. */
  journeyOf: (sale: Label) => JourneyDigest | null;
  /** The journeys of all its lives. */
  journeys: readonly JourneyDigest[];
  /** Its lines against its purchases. */
  ledger: Ledger;
  adjustments: ChargeDigest['adjustments'];
  /** For which days a vendor's files were given. */
  coverageOf: (vendor: string) => VendorCoverage;
}

/** An invoice, and what it repeats of all of its vendor's: null = nothing, undefined = nobody can tell. */
export interface InvoiceKnown extends InvoiceTold {
  repetition: Repetition | null | undefined;
}

/** What is judged: exactly one of line, adjustment and invoice is there, or none of them where the number itself is judged. */
export interface ChargeInput {
  number: NumberKnown | null;
  line: LedgerLine | null;
  adjustment: ChargeDigest['adjustments'][number] | null;
  invoice: InvoiceKnown | null;
  /** Who wrote the line, adjustment or invoice; null where the number is judged. */
  vendor: string | null;
  /** Of that vendor. */
  coverage: VendorCoverage;
  own: OwnRecords;
  /** Null where an invoice is judged. */
  calendar: Calendar | null;
  /** The clock of the audit. */
  asOf: Instant;
}

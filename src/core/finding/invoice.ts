/** What the rules about charges say of invoices as a whole: one pure function of what was gathered about all of them. */
import type { InvoiceTold } from '../ledger/invoice.ts';
import type { Sha256Hex } from '../rules/answer.ts';
import type { RuleBook } from '../rules/rule.ts';
import type { Instant } from '../units/day.ts';
import type { Finding } from './finding.ts';
import type { VendorOutcome } from './vendor.ts';

/** Begins the key of every finding about an invoice; no barcode can begin so. */
export const INVOICE_KEYS = '@invoice/';

export interface InvoiceBench {
  asOf: Instant;
  book: RuleBook;
  sha256Hex: Sha256Hex;
}

export interface InvoiceJudgement {
  findings: Finding[];
  /** One a rule that names a fact of the invoice, in the order of the book; an invoice counts as one answer. */
  outcomes: VendorOutcome[];
}

/**
 * Judges every invoice told of by the rules that name a fact of the invoice, once for each of its currencies. Invoices of a
 * later day than the audit's must not be among the rows; their order does not matter.
 */
export function judgeInvoices(_rows: readonly InvoiceTold[], _bench: InvoiceBench): InvoiceJudgement {
  return { findings: [], outcomes: [] };
}

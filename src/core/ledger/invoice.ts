/** A vendor's invoice as a whole, and whether it says once more what another one of his had said. */
import type { Day } from '../units/day.ts';
import { compareText } from './reversal.ts';

/** One invoice of a vendor over all its lines; gathered in SQL by the audit. Money in mills of the currency. */
export interface InvoiceTold {
  vendor: string;
  invoiceNumber: string;
  /** Lines in another currency make another row: currencies are never added up. */
  currency: string;
  /** The earliest that a line states; null = none does. */
  invoiceDate: Day | null;
  /** From the earliest to the latest day that its lines state as their period; null = none does. */
  periodFrom: Day | null;
  periodTo: Day | null;
  lines: number;
  /** Those of them that are about a parcel. */
  numberedLines: number;
  /** All its lines added up, credits with their sign. */
  sumMills: number;
  /** As the invoice states it. */
  statedTotalMills: number | null;
  /**
   * The same text exactly where two invoices of the vendor hold the same lines: a hash over number, type, code, amount and
   * currency of each, in an order of their own; of an invoice that adds up to what no other one does, its own. Neither invoice
   * number, line number, day nor period counts.
   */
  contentKey: string;
  /**
   * What other invoices of the vendor give back of its lines: negative lines that stand against a positive line of this
   * invoice with the same number, currency and amount; as a positive sum. Zero = nothing.
   */
  creditedMills: number;
}

/** That an invoice says what an earlier one had said. */
export interface Repetition {
  /** The earliest invoice it repeats. */
  of: InvoiceTold;
  /** The lines are the same; else no more than total, period and currency are. */
  sameLines: boolean;
  /** What was not given back of it; never negative. In mills. */
  openMills: number;
}

/** The total: as stated, else its lines added up. */
export function totalOf({ statedTotalMills, sumMills }: Pick<InvoiceTold, 'statedTotalMills' | 'sumMills'>): number {
  return statedTotalMills ?? sumMills;
}

/**
 * What an invoice repeats, among all of its vendor in any order; null = nothing. Undefined where another one may be the same
 * but no period tells a bill of this month from that of the next. Invoices that ask for nothing repeat nothing.
 */
export function repetitionOf(invoice: InvoiceTold, siblings: readonly InvoiceTold[]): Repetition | null | undefined {
  if (totalOf(invoice) <= 0) return null;
  const alike = siblings.filter((other) => isOfOneBook(other, invoice) && totalOf(other) > 0).toSorted(inOrder);
  const place = alike.findIndex(({ invoiceNumber }) => invoiceNumber === invoice.invoiceNumber);
  let undecided = false;
  for (const other of alike.slice(0, Math.max(place, 0))) {
    const same = samenessOf(other, invoice);
    if (same === 'unsure') undecided = true;
    else if (same !== null) {
      const repetition = { of: other, sameLines: same === 'lines' };
      return { ...repetition, openMills: openMillsOf(invoice, other, siblings) };
    }
  }
  return undecided ? undefined : null;
}

function isOfOneBook(a: InvoiceTold, b: InvoiceTold): boolean {
  return a.vendor === b.vendor && a.currency === b.currency;
}

/** By date, those without one last; then by number. */
function inOrder(a: InvoiceTold, b: InvoiceTold): number {
  return compareText(a.invoiceDate ?? '~', b.invoiceDate ?? '~') || compareText(a.invoiceNumber, b.invoiceNumber);
}

/** Lines about parcels name what they are for; a subscription asks for the same every month, so that its period decides. */
function samenessOf(a: InvoiceTold, b: InvoiceTold): 'lines' | 'total' | 'unsure' | null {
  const sameLines = a.contentKey === b.contentKey;
  if (sameLines && a.numberedLines > 0) return 'lines';
  if (!sameLines && totalOf(a) !== totalOf(b)) return null;
  const samePeriod = isOfPeriod(a, b);
  if (samePeriod === null) return 'unsure';
  if (!samePeriod) return null;
  return sameLines ? 'lines' : 'total';
}

/** Whether both are for the same days; null where one does not say for which. */
function isOfPeriod(a: InvoiceTold, b: InvoiceTold): boolean | null {
  if (a.periodFrom === null || a.periodTo === null || b.periodFrom === null || b.periodTo === null) return null;
  return a.periodFrom === b.periodFrom && a.periodTo === b.periodTo;
}

/**
 * What is left of a repeated invoice: less the lines of it, or of the one it repeats, that other invoices take back; nothing
 * where a credit note over its whole total is left for it.
 */
function openMillsOf(invoice: InvoiceTold, first: InvoiceTold, siblings: readonly InvoiceTold[]): number {
  const total = totalOf(invoice);
  const ofBook = siblings.filter((other) => isOfOneBook(other, invoice)).toSorted(inOrder);
  const notes = ofBook.filter((other) => totalOf(other) === -total).length;
  const repeats = ofBook.filter((other) => other.invoiceNumber !== first.invoiceNumber && isRepeated(first, other));
  const later = repeats.length - repeats.findIndex(({ invoiceNumber }) => invoiceNumber === invoice.invoiceNumber);
  if (later <= notes) return 0;
  return Math.max(0, total - Math.max(invoice.creditedMills, first.creditedMills));
}

function isRepeated(first: InvoiceTold, other: InvoiceTold): boolean {
  const same = samenessOf(first, other);
  return same === 'lines' || same === 'total';
}

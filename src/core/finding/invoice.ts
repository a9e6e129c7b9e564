/** What the rules about charges say of invoices as a whole: one pure function of what was gathered about all of them. */
import type { InvoiceKnown } from '../facts/charge-input.ts';
import { Facts } from '../facts/facts.ts';
import { NOTHING_COVERED } from '../ledger/coverage.ts';
import { type InvoiceTold, repetitionsOf } from '../ledger/invoice.ts';
import type { Sha256Hex } from '../rules/answer.ts';
import { rulesAbout } from '../rules/book.ts';
import type { Rule, RuleBook } from '../rules/rule.ts';
import type { Instant } from '../units/day.ts';
import { chargeFinding } from './charge.ts';
import type { Finding, Outcome } from './finding.ts';
import { type SuppressionTest, markSuppressions } from './suppression.ts';
import { type VendorOutcome, countOutcome } from './vendor.ts';

/** Begins the key of every finding about an invoice; no barcode can begin so. */
export const INVOICE_KEYS = '@invoice/';

/** The key the findings about an invoice are kept under. */
export function invoiceKey({ vendor, invoiceNumber }: Pick<InvoiceTold, 'vendor' | 'invoiceNumber'>): string {
  return `${INVOICE_KEYS}${vendor}/${invoiceNumber}`;
}

export interface InvoiceBench {
  asOf: Instant;
  book: RuleBook;
  sha256Hex: Sha256Hex;
  /** Expressions of the suppressions in force. */
  suppressions?: readonly SuppressionTest[];
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
export function judgeInvoices(rows: readonly InvoiceTold[], bench: InvoiceBench): InvoiceJudgement {
  const rules = rulesAbout('charge', bench.book).filter(({ level }) => level === 'invoice');
  const outcomes = rules.map((rule) => ({ rule: rule.id, fires: 0, clear: 0, unknown: 0, missing: {} }));
  const findings: Finding[] = [];
  for (const { invoice, facts } of invoiceInputs(rows, bench.asOf)) {
    for (const [index, rule] of rules.entries()) {
      const outcome = outcomeOf(rule, { facts, invoice, bench });
      if (outcome.answer === 'fires') {
        findings.push(markSuppressions(outcome.finding, facts, bench.suppressions ?? []));
      }
      countOutcome(outcomes[index], outcome);
    }
  }
  return { findings, outcomes };
}

/** Whether a book has rules about invoices as a whole. */
export function asksForInvoices({ rules }: RuleBook): boolean {
  return rules.some(({ level }) => level === 'invoice');
}

/** What rules about invoices judge them by, one by one and currency by currency. */
export function* invoiceInputs(
  rows: readonly InvoiceTold[],
  asOf: Instant,
): Generator<{ invoice: InvoiceKnown; facts: Facts }> {
  const repetitions = repetitionsOf(rows);
  for (const row of rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))) {
    const invoice: InvoiceKnown = { ...row, repetition: repetitions.get(row) };
    yield { invoice, facts: factsOf(invoice, asOf) };
  }
}

function factsOf(invoice: InvoiceKnown, asOf: Instant): Facts {
  return Facts.aboutCharge({
    number: null,
    line: null,
    adjustment: null,
    invoice,
    vendor: invoice.vendor,
    coverage: NOTHING_COVERED,
    own: { warehouses: null, mailers: null },
    calendar: null,
    asOf,
  });
}

function outcomeOf(
  rule: Rule,
  { facts, invoice, bench }: { facts: Facts; invoice: InvoiceKnown; bench: InvoiceBench },
): Outcome {
  const { vendor, invoiceNumber, currency } = invoice;
  const { result } = rule.evaluate(facts, vendor);
  if (result.answer !== 'fires') return result;
  const tied = { vendor, saleKey: null, labelId: null };
  const subject = { key: invoiceKey(invoice), canonical: [vendor, invoiceNumber, currency], ...tied };
  return { answer: 'fires', finding: chargeFinding(rule, { ...result, subject }, bench.sha256Hex) };
}

function keyOf({ vendor, invoiceNumber, currency }: InvoiceTold): string {
  return JSON.stringify([vendor, invoiceNumber, currency]);
}

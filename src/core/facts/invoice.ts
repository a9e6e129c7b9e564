/** Facts about one invoice over all its lines. */
import { type Repetition, totalOf } from '../ledger/invoice.ts';
import type { ChargeInput, InvoiceKnown } from './charge-input.ts';
import { type Fact, type FactSpec, factsOf } from './fact.ts';

const always = null;
const notStated = 'its file does not state it';
const repeatsNone = 'the invoice repeats no other';

function ofInvoice<T>(read: (invoice: InvoiceKnown) => T): (input: ChargeInput) => T | null {
  return ({ invoice }) => (invoice === null ? null : read(invoice));
}

function ofRepetition<T>(read: (repetition: Repetition) => T): (input: ChargeInput) => T | null {
  return ({ invoice }) => (invoice?.repetition ? read(invoice.repetition) : null);
}

function text(
  meaning: string,
  of: (input: ChargeInput) => string | null | undefined,
  { unit = 'text', unknownWhen = always }: { unit?: 'text' | 'day'; unknownWhen?: string | null } = {},
): FactSpec<ChargeInput> {
  return { type: 'string', unit, meaning, unknownWhen, of };
}

function money(
  meaning: string,
  of: (input: ChargeInput) => number | null | undefined,
  unknownWhen: string | null = always,
): FactSpec<ChargeInput> {
  return { type: 'double', unit: 'mills', currency: 'invoice.currency', meaning, unknownWhen, of };
}

function count(meaning: string, read: (invoice: InvoiceKnown) => number): FactSpec<ChargeInput> {
  return { type: 'double', unit: 'count', meaning, unknownWhen: always, of: ofInvoice(read) };
}

const day = { unit: 'day', unknownWhen: notStated } as const;

export const invoiceFacts: Fact<ChargeInput>[] = factsOf<ChargeInput>('invoice', {
  number: text(
    'The number of the invoice.',
    ofInvoice(({ invoiceNumber }) => invoiceNumber),
  ),
  vendor: text(
    'Whose invoice it is, by the name the files give him.',
    ofInvoice(({ vendor }) => vendor),
  ),
  date: text(
    'The day of the invoice.',
    ofInvoice(({ invoiceDate }) => invoiceDate),
    day,
  ),
  period_from: text(
    'The first day it is for.',
    ofInvoice(({ periodFrom }) => periodFrom),
    day,
  ),
  period_to: text(
    'The last day it is for.',
    ofInvoice(({ periodTo }) => periodTo),
    day,
  ),
  currency: text(
    'The currency of its lines.',
    ofInvoice(({ currency }) => currency),
  ),
  lines: count('Its lines in that currency.', ({ lines }) => lines),
  numbered_lines: count('Those of them that are about a parcel.', ({ numberedLines }) => numberedLines),
  sum_mills: money(
    'Its lines added up, credits with their sign.',
    ofInvoice(({ sumMills }) => sumMills),
  ),
  stated_total_mills: money(
    'Its total as it states it.',
    ofInvoice(({ statedTotalMills }) => statedTotalMills),
    notStated,
  ),
  total_mills: money('Its total as it states it, else its lines added up.', ofInvoice(totalOf)),
  credited_mills: money(
    'What other invoices of the vendor give back of its lines.',
    ofInvoice(({ creditedMills }) => creditedMills),
  ),
  repeats: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'An earlier invoice of the vendor has the same lines (number, type, code, amount), or the same total, period and currency where the two do not name different parcels. Lines about no parcel are the same only in the same period.',
    unknownWhen: 'one may be the same but no period is stated',
    of: ofInvoice(({ repetition }) => (repetition === undefined ? null : repetition !== null)),
  },
  repeats_lines: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The lines are the same, and not the total alone.',
    unknownWhen: repeatsNone,
    of: ofRepetition(({ sameLines }) => sameLines),
  },
  first_number: text(
    'The number of that earlier invoice.',
    ofRepetition(({ of }) => of.invoiceNumber),
    {
      unknownWhen: repeatsNone,
    },
  ),
  first_date: text(
    'The day of that earlier invoice.',
    ofRepetition(({ of }) => of.invoiceDate),
    {
      unit: 'day',
      unknownWhen: `${repeatsNone}, or its day is not stated`,
    },
  ),
  open_mills: money(
    'What is left of the total once what was given back of it, or of the earlier one, is subtracted; 0 where a credit note takes one of them back.',
    ofRepetition(({ openMills }) => openMills),
    repeatsNone,
  ),
});

/** Which invoice says once more what an earlier one said, and which only looks like it. */
import fc from 'fast-check';
import { type InvoiceTold, repetitionOf } from '../../../src/core/ledger/invoice.ts';
import { anInvoice } from '../../support/ledger.ts';

const first = anInvoice();
const later = { invoiceNumber: 'INV-10-B', invoiceDate: '2026-11-05' };
const subscription = { lines: 1, numberedLines: 0, sumMills: 29_000, contentKey: 'one fee' };
const november = {
  invoiceNumber: 'INV-11',
  invoiceDate: '2026-11-30',
  periodFrom: '2026-11-01',
  periodTo: '2026-11-30',
};

/** What the second of two invoices repeats, beside others of the vendor. */
function second(over: Partial<InvoiceTold>, { of = first, beside = [] as Partial<InvoiceTold>[] } = {}) {
  const invoice = anInvoice({ ...later, ...over });
  const found = repetitionOf(invoice, [of, invoice, ...beside.map((other) => anInvoice(other))]);
  return found && [found.of.invoiceNumber, found.sameLines ? 'lines' : 'total', found.openMills];
}

const creditNote = { invoiceNumber: 'CN-1', invoiceDate: '2026-11-09', sumMills: -120_000, contentKey: 'credit' };

test.each<[string, ReturnType<typeof second>, ReturnType<typeof second>]>([
  ['the same lines', second({}), ['INV-10', 'lines', 120_000]],
  [
    '... of another period, for numbers are named',
    second({ periodFrom: '2026-11-01', periodTo: '2026-11-30' }),
    ['INV-10', 'lines', 120_000],
  ],
  ['... without any period', second({ periodFrom: null, periodTo: null }), ['INV-10', 'lines', 120_000]],
  ['the same total and period', second({ contentKey: 'others' }), ['INV-10', 'total', 120_000]],
  [
    'the same total as stated, and another sum',
    second({ contentKey: 'others', sumMills: 1, statedTotalMills: 120_000 }),
    ['INV-10', 'total', 120_000],
  ],
  ['the same total in another period', second({ contentKey: 'others', ...november }), null],
  ['the same total and no period', second({ contentKey: 'others', periodTo: null }), undefined],
  ['another total', second({ contentKey: 'others', sumMills: 130_000 }), null],
  ['another currency', second({ currency: 'CNY' }), null],
  ['another vendor', second({ vendor: 'bolt' }), null],
  ['a subscription of the next month', second({ ...subscription, ...november }, { of: anInvoice(subscription) }), null],
  [
    'a subscription twice for a month',
    second(subscription, { of: anInvoice(subscription) }),
    ['INV-10', 'lines', 29_000],
  ],
  [
    'a subscription without a period',
    second({ ...subscription, periodFrom: null }, { of: anInvoice(subscription) }),
    undefined,
  ],
  ['taken back by a credit note', second({}, { beside: [creditNote] }), ['INV-10', 'lines', 0]],
  [
    'the first taken back line by line',
    second({}, { of: anInvoice({ creditedMills: 120_000 }) }),
    ['INV-10', 'lines', 0],
  ],
  ['a part of it given back', second({ creditedMills: 20_000 }), ['INV-10', 'lines', 100_000]],
  ['two credit notes of one amount', second({ sumMills: -120_000 }, { of: anInvoice({ sumMills: -120_000 }) }), null],
  ['an invoice that asks for nothing', second({ sumMills: 0 }, { of: anInvoice({ sumMills: 0 }) }), null],
])('%s', (_story, found, expected) => expect(found).toEqual(expected));

test('of three, one credit note takes the last back', () => {
  const third = { ...later, invoiceNumber: 'INV-10-C', invoiceDate: '2026-11-07' };
  expect(second({}, { beside: [third, creditNote] })).toEqual(['INV-10', 'lines', 120_000]);
  expect(second(third, { beside: [later, creditNote] })).toEqual(['INV-10', 'lines', 0]);
});

test("a credit note for this month's subscription is not spent on a later month's", () => {
  const note = { ...creditNote, ...november, invoiceNumber: 'CN-2', sumMills: -29_000 };
  const monthly = [{ ...subscription, ...november }, note];
  expect(second(subscription, { of: anInvoice(subscription), beside: monthly })).toEqual(['INV-10', 'lines', 0]);
});

test('the first repeats nothing', () => expect(repetitionOf(first, [first, anInvoice(later)])).toBeNull());

test('the order of the invoices does not matter, and a credit more never adds to a claim', () => {
  const some = fc.record({
    invoiceNumber: fc.constantFrom('A', 'B', 'C', 'D', 'E'),
    invoiceDate: fc.constantFrom(null, '2026-10-31', '2026-11-05'),
    periodTo: fc.constantFrom(null, '2026-10-31', '2026-11-30'),
    numberedLines: fc.constantFrom(0, 3),
    sumMills: fc.constantFrom(-29_000, 29_000, 40_000),
    contentKey: fc.constantFrom('x', 'y'),
  });
  const all = fc.uniqueArray(some, { selector: ({ invoiceNumber }) => invoiceNumber, maxLength: 5 });
  fc.assert(
    fc.property(all, (overs) => {
      const invoices = overs.map((over) => anInvoice(over));
      for (const invoice of invoices) {
        const found = repetitionOf(invoice, invoices);
        expect(repetitionOf(invoice, invoices.toReversed())).toEqual(found);
        const note = anInvoice({ ...creditNote, sumMills: -invoice.sumMills });
        const after = repetitionOf(invoice, [...invoices, note]);
        if (invoice.sumMills > 0) expect(after?.openMills ?? 0).toBeLessThanOrEqual(found?.openMills ?? 0);
      }
    }),
  );
});

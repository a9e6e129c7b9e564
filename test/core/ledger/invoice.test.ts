/** Which invoice says once more what an earlier one said, and which only looks like it. */
import fc from 'fast-check';
import { type InvoiceTold, repetitionsOf, totalOf } from '../../../src/core/ledger/invoice.ts';
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
  const found = repetitionsOf([of, invoice, ...beside.map((other) => anInvoice(other))]).get(invoice);
  return found && [found.of.invoiceNumber, found.sameLines ? 'lines' : 'total', found.openMills];
}

/** Other lines than the first invoice has, and none of them names a parcel. */
const summary = { contentKey: 'one sum', lines: 1, numberedLines: 0 };
const others = { contentKey: 'others', parcelsKey: 'others' };
const creditNote = { invoiceNumber: 'CN-1', invoiceDate: '2026-11-09', sumMills: -120_000, contentKey: 'credit' };

test.each<[string, ReturnType<typeof second>, ReturnType<typeof second>]>([
  ['the same lines', second({}), ['INV-10', 'lines', 120_000]],
  [
    '... of another period, for numbers are named',
    second({ periodFrom: '2026-11-01', periodTo: '2026-11-30' }),
    ['INV-10', 'lines', 120_000],
  ],
  ['... without any period', second({ periodFrom: null, periodTo: null }), ['INV-10', 'lines', 120_000]],
  ['the same total and period, and lines for other parcels', second(others), null],
  [
    'the same total, period and parcels, and lines that are told otherwise',
    second({ contentKey: 'told otherwise' }),
    ['INV-10', 'total', 120_000],
  ],
  ['... in another period', second({ contentKey: 'told otherwise', ...november }), null],
  ['... without any period', second({ contentKey: 'told otherwise', periodTo: null }), undefined],
  ['... and another total', second({ contentKey: 'told otherwise', sumMills: 130_000 }), null],
  ['... without any period', second({ ...others, periodTo: null }), null],
  ['the same total and period, and no line for a parcel', second(summary), ['INV-10', 'total', 120_000]],
  ['... where the first has none', second({}, { of: anInvoice(summary) }), ['INV-10', 'total', 120_000]],
  [
    'the same total as stated, and another sum',
    second({ ...summary, sumMills: 1, statedTotalMills: 120_000 }),
    ['INV-10', 'total', 120_000],
  ],
  ['the same total in another period', second({ ...summary, ...november }), null],
  ['the same total and no period', second({ ...summary, periodTo: null }), undefined],
  ['another total', second({ ...summary, sumMills: 130_000 }), null],
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
  [
    'taken back by a credit note whose total is written without its sign',
    second({}, { beside: [{ ...creditNote, statedTotalMills: 120_000 }] }),
    ['INV-10', 'lines', 0],
  ],
  [
    'two credit notes with such totals',
    second(
      { sumMills: -9_000, statedTotalMills: 9_000 },
      { of: anInvoice({ sumMills: -9_000, statedTotalMills: 9_000 }) },
    ),
    null,
  ],
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

test('the first repeats nothing', () => expect(repetitionsOf([first, anInvoice(later)]).get(first)).toBeNull());

describe('properties', () => {
  const some = fc.record({
    invoiceNumber: fc.constantFrom('A', 'B', 'C', 'D', 'E'),
    invoiceDate: fc.constantFrom(null, '2026-10-31', '2026-11-05'),
    periodTo: fc.constantFrom(null, '2026-10-31', '2026-11-30'),
    sumMills: fc.constantFrom(-29_000, 29_000, 40_000),
    contentKey: fc.constantFrom('parcel x', 'parcel y', 'fee x', 'fee y'),
    parcelsKey: fc.constantFrom('x', 'y'),
  });
  const all = fc
    .uniqueArray(some, { selector: ({ invoiceNumber }) => invoiceNumber, maxLength: 5 })
    .map((overs) =>
      overs.map((over) => anInvoice({ ...over, numberedLines: over.contentKey.startsWith('fee') ? 0 : 3 })),
    );

  test('the order of the invoices does not matter, and a credit more never adds to a claim', () => {
    fc.assert(
      fc.property(all, (invoices) => {
        const found = repetitionsOf(invoices);
        const reversed = repetitionsOf(invoices.toReversed());
        for (const invoice of invoices) {
          expect(reversed.get(invoice)).toEqual(found.get(invoice));
          const note = anInvoice({ ...creditNote, sumMills: -invoice.sumMills });
          const after = repetitionsOf([...invoices, note]).get(invoice);
          if (invoice.sumMills > 0)
            expect(after?.openMills ?? 0).toBeLessThanOrEqual(found.get(invoice)?.openMills ?? 0);
        }
      }),
    );
  });

  /** Whether two invoices are the same; undefined where no period tells. */
  function isSame(a: InvoiceTold, b: InvoiceTold): boolean | undefined {
    const named = [a, b].filter(({ numberedLines }) => numberedLines > 0).length;
    const sameLines = a.contentKey === b.contentKey;
    if (sameLines && named > 0) return true;
    const isForOthers = named === 2 && a.parcelsKey !== b.parcelsKey;
    if (!sameLines && (isForOthers || totalOf(a) !== totalOf(b))) return false;
    return a.periodTo === null || b.periodTo === null ? undefined : a.periodTo === b.periodTo;
  }

  test('what an invoice repeats is the earliest of those that are the same, two by two', () => {
    fc.assert(
      fc.property(all, (invoices) => {
        const name = ({ invoiceDate, invoiceNumber }: InvoiceTold): string => `${invoiceDate ?? '~'} ${invoiceNumber}`;
        const asked = invoices.filter((invoice) => totalOf(invoice) > 0);
        const found = repetitionsOf(invoices);
        for (const invoice of asked) {
          const before = asked.filter((other) => name(other) < name(invoice));
          const [earliest] = before
            .filter((other) => isSame(other, invoice) === true)
            .toSorted((a, b) => (name(a) < name(b) ? -1 : 1));
          const isOpen = before.some((other) => isSame(other, invoice) === undefined);
          const repetition = found.get(invoice);
          expect(repetition?.of.invoiceNumber).toBe(earliest?.invoiceNumber);
          if (earliest === undefined) expect(repetition).toBe(isOpen ? undefined : null);
        }
      }),
      { numRuns: 500 },
    );
  });
});

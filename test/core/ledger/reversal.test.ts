/** What takes back what among the lines of a number. */
import type { ChargeLine } from '../../../src/core/ledger/charge.ts';
import { netLines } from '../../../src/core/ledger/reversal.ts';
import { lines } from '../../support/ledger.ts';

/** What is left of each line, by its number. */
function nets(...all: Partial<ChargeLine>[]): Record<string, number> {
  return Object.fromEntries(netLines(lines(...all)).map(({ line, netMills }) => [line.lineNumber, netMills]));
}

const charge = { amountMills: 12_000 };
const noted = { chargeType: 'refund', amountMills: -12_000, invoiceNumber: 'CN-1' } as const;

test.each<[string, Partial<ChargeLine>[], number[]]>([
  ['nothing takes a charge back', [charge], [12_000]],
  ['an equal negative amount of the same type', [charge, { amountMills: -12_000 }], [0, 0]],
  [
    '... even earlier, for lines of a day come in any order',
    [charge, { amountMills: -12_000, chargedDay: '2026-11-04' }],
    [0, 0],
  ],
  ['another amount takes nothing back by itself', [charge, { amountMills: -11_990 }], [12_000, -11_990]],
  ['another type', [charge, { amountMills: -12_000, chargeType: 'surcharge' }], [12_000, -12_000]],
  [
    'another code',
    [
      { ...charge, chargeCode: 'PM' },
      { amountMills: -12_000, chargeCode: 'GA' },
    ],
    [12_000, -12_000],
  ],
  ['another currency', [charge, { amountMills: -12_000, currency: 'CNY' }], [12_000, -12_000]],
  ['another vendor', [charge, { amountMills: -12_000, vendor: 'bolt' }], [12_000, -12_000]],
  [
    'a refund on a later day',
    [charge, { chargeType: 'refund', amountMills: -12_000, chargedDay: '2026-11-09' }],
    [0, 0],
  ],
  [
    'a refund written without its sign',
    [charge, { chargeType: 'refund', amountMills: 12_000, chargedDay: '2026-11-09' }],
    [0, 0],
  ],
  [
    'a refund of a day before is of something else',
    [charge, { chargeType: 'refund', amountMills: -12_000, chargedDay: '2026-11-04' }],
    [12_000, -12_000],
  ],
  [
    'a refund without any day',
    [charge, { chargeType: 'refund', amountMills: -12_000, chargedDay: null, invoiceDate: null }],
    [0, 0],
  ],
  [
    'a refund of a part',
    [charge, { chargeType: 'refund', amountMills: -2_000, chargedDay: '2026-11-09' }],
    [12_000, -2_000],
  ],
  [
    'a credit that names its line takes back a part of it',
    [charge, { amountMills: -2_000, reversesLine: '1' }],
    [10_000, 0],
  ],
  [
    '... by invoice and line',
    [charge, { invoiceNumber: 'CN-1', amountMills: -2_000, reversesLine: 'INV-11/1' }],
    [10_000, 0],
  ],
  ['... and never more than there is', [charge, { amountMills: -15_000, reversesLine: '1' }], [0, -3_000]],
  [
    'a credit note whose first line reverses line 1 does not name itself',
    [charge, { invoiceNumber: 'CN-1', lineNumber: '1', amountMills: -12_000, reversesLine: '1' }],
    [0],
  ],
  [
    'the line named goes before an equal one',
    [charge, charge, { amountMills: -12_000, reversesLine: '1' }],
    [0, 12_000, 0],
  ],
  ['a top-up is no credit', [charge, { chargeType: 'top_up', amountMills: -12_000 }], [12_000, -12_000]],
  [
    'a negative adjustment of the whole amount',
    [charge, { chargeType: 'adjustment', amountMills: -12_000, chargedDay: '2026-11-20' }],
    [0, 0],
  ],
  [
    'a refund taken back is none',
    [
      charge,
      { chargeType: 'refund', amountMills: -12_000, chargedDay: '2026-11-09' },
      { chargeType: 'refund', amountMills: 12_000, reversesLine: 'INV-11/2' },
    ],
    [12_000, 0, 0],
  ],
  [
    '... however it is written',
    [
      charge,
      { chargeType: 'refund', amountMills: -12_000, chargedDay: '2026-11-09' },
      { chargeType: 'refund', amountMills: -12_000, reversesLine: 'INV-11/2', invoiceNumber: 'INV-12' },
    ],
    [12_000, 0, 0],
  ],
  [
    '... unless it is named by its line alone, which may be one of an invoice that is not on file',
    [
      charge,
      { chargeType: 'refund', amountMills: -12_000, chargedDay: '2026-11-09' },
      { chargeType: 'refund', amountMills: 12_000, reversesLine: '2' },
    ],
    [0, -12_000, 0],
  ],
  [
    'the first two lines of a credit note that give back lines 2 and 1 of an invoice that is not on file',
    [
      { ...noted, lineNumber: '1', reversesLine: '2' },
      { ...noted, lineNumber: '2', reversesLine: '1' },
    ],
    [-12_000, -12_000],
  ],
  [
    '... and only the second says of which',
    [
      { ...noted, lineNumber: '1' },
      { ...noted, lineNumber: '2', reversesLine: '1' },
    ],
    [-12_000, -12_000],
  ],
  [
    'two refunds that name each other',
    [
      { ...noted, lineNumber: '1', reversesLine: 'CN-1/2' },
      { ...noted, lineNumber: '2', reversesLine: 'CN-1/1' },
    ],
    [-12_000, -12_000],
  ],
  [
    'a refund of what a refund took back gives it back again',
    [
      { ...noted, lineNumber: '1' },
      { ...noted, lineNumber: '2', reversesLine: 'CN-1/1' },
      { ...noted, lineNumber: '3', reversesLine: 'CN-1/2' },
    ],
    [0, 0, -12_000],
  ],
  [
    'a refund that names its charge, written without its sign',
    [charge, { chargeType: 'refund', amountMills: 12_000, reversesLine: '1' }],
    [0, 0],
  ],
  ['... of a part', [charge, { chargeType: 'refund', amountMills: 2_000, reversesLine: '1' }], [10_000, 0]],
  [
    'refunds of two invoices whose first lines both give back line 1 of one that is not on file',
    [
      { chargeType: 'refund', amountMills: 12_000, reversesLine: '1', invoiceNumber: 'CN-1', lineNumber: '1' },
      { chargeType: 'refund', amountMills: 12_000, reversesLine: '1', invoiceNumber: 'CN-2', lineNumber: '1' },
    ],
    [-12_000],
  ],
])('%s', (_story, all, expected) => {
  expect(Object.values(nets(...all))).toEqual(expected);
});

test('an early refund leaves the later charge to a later one', () => {
  const refund = { chargeType: 'refund', amountMills: -12_000 } as const;
  const left = nets(
    charge,
    { ...charge, chargedDay: '2026-11-15' },
    { ...refund, chargedDay: '2026-11-10' },
    { ...refund, chargedDay: null, invoiceDate: null },
  );
  expect(left).toEqual({ 1: 0, 2: 0, 3: 0, 4: 0 });
});

/** Rows of invoice files. */
import { settledMills } from '../../../src/core/ledger/charge.ts';
import { problemsOf, readCharge, valueOf } from '../mapping/reading.ts';

const row = { invoice_number: 'INV-7', vendor: 'Alpha', charge_type: 'refund', amount: '-7.85' };

test('a line that gives money back is negative; what is not stated is null', () => {
  expect(valueOf(readCharge(row))).toMatchObject({
    invoiceNumber: 'INV-7',
    vendor: 'Alpha',
    chargeType: 'refund',
    amountMills: -7850,
    currency: 'USD',
    trackingNumber: null,
    chargedDay: null,
  });
});

test('a refund gives back whatever sign its file writes, and nothing else does so', () => {
  const read = (cells: Record<string, string>) => settledMills(valueOf(readCharge({ ...row, ...cells })));
  expect(read({ amount: '7.85' })).toBe(-7850);
  expect(read({ amount: '7.85', reverses_line: '3' })).toBe(-7850);
  expect(read({ amount: '0' })).toBe(0);
  expect(read({ amount: '7.85', charge_type: 'adjustment' })).toBe(7850);
});

test('a charge of a day has no instant', () => {
  const stated = { ...row, tracking_number: '9200 1901 6491 7312 3456 70', charged_at: '2026-11-05' };
  expect(valueOf(readCharge(stated))).toMatchObject({
    trackingNumber: '9200190164917312345670',
    chargedDay: '2026-11-05',
    chargedAt: null,
  });
});

test.each([
  ['charge_type', 'gift', /one of: postage/],
  ['amount', 'free', /plain decimal/],
  ['invoice_date', '11/05/2026', /ISO 8601/],
  ['invoice_number', '', /required/],
])('%s = %j is refused', (column, text, message) => {
  expect(problemsOf(readCharge({ ...row, [column]: text }))).toEqual([expect.stringMatching(message)]);
});

test('a period that ends before it begins is refused', () => {
  const backwards = { ...row, period_from: '2026-11-30', period_to: '2026-11-01' };
  expect(problemsOf(readCharge(backwards))).toEqual(['period_to: is before period_from']);
});

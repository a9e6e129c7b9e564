/** Rows of adjustments files. */
import { problemsOf, readAdjustment, valueOf } from '../mapping/reading.ts';

const row = {
  adjustment_id: 'ADJ-1',
  vendor: 'Alpha',
  tracking_number: '9200 1901 6491 7312 3456 70',
  assessed_at: '2026-11-05T10:00:00-05:00',
  reason: 'Weight',
  amount: '3.10',
};

test('what is not stated is null on both sides', () => {
  const nothing = {
    weightMilliOz: null,
    lengthMilliIn: null,
    widthMilliIn: null,
    heightMilliIn: null,
    zone: null,
    packaging: null,
    service: null,
    amountMills: null,
  };
  expect(valueOf(readAdjustment(row))).toEqual({
    adjustmentId: 'ADJ-1',
    vendor: 'Alpha',
    trackingNumber: '9200190164917312345670',
    assessedDay: '2026-11-05',
    assessedAt: Date.parse('2026-11-05T15:00:00Z'),
    reason: 'weight',
    amountMills: 3100,
    currency: 'USD',
    notifiedDay: null,
    notifiedAt: null,
    disputeId: null,
    processingFeeMills: null,
    claimed: nothing,
    assessed: nothing,
    extra: null,
  });
});

test('what was claimed and what was assessed stand beside each other, in our words', () => {
  const stated = {
    ...row,
    amount: '-1.25',
    processing_fee: '0.40',
    dispute_id: 'D-9',
    claimed_weight_oz: '8',
    assessed_weight_oz: '17.5',
    assessed_length_in: '12',
    claimed_zone: '4',
    claimed_packaging: 'Parcel',
    assessed_service: 'Ground Advantage',
    claimed_amount: '4.12',
    assessed_amount: '7.22',
    scale: 'B4',
    recipient: 'Somebody',
  };
  expect(valueOf(readAdjustment(stated))).toMatchObject({
    amountMills: -1250,
    processingFeeMills: 400,
    disputeId: 'D-9',
    claimed: { weightMilliOz: 8000, zone: 4, packaging: 'package', amountMills: 4120 },
    assessed: { weightMilliOz: 17_500, lengthMilliIn: 12_000, service: 'ground_advantage', amountMills: 7220 },
    extra: { scale: 'B4' },
  });
});

test('a day without a time, and a time without a zone, are days', () => {
  const days = { ...row, assessed_at: '2026-11-05', notified_at: '2026-11-07T09:00:00' };
  expect(valueOf(readAdjustment(days))).toMatchObject({
    assessedDay: '2026-11-05',
    assessedAt: null,
    notifiedDay: '2026-11-07',
    notifiedAt: null,
  });
});

test.each(['Refunded Label Used', 'refunded-label-used', 'REFUNDED_LABEL_USED'])('reason %j is read', (reason) => {
  expect(valueOf(readAdjustment({ ...row, reason }))).toMatchObject({ reason: 'refunded_label_used' });
});

test.each([
  ['adjustment_id', '', /required/],
  ['tracking_number', '', /required/],
  ['assessed_at', '11/05/2026', /ISO 8601/],
  ['reason', 'postage', /one of: weight, dimensions, .*refunded_label_used/],
  ['amount', 'free', /plain decimal/],
  ['assessed_zone', '12', /from 1 to 9/],
  ['claimed_service', 'by balloon', /a service this program knows/],
  ['assessed_weight_oz', '-1', /plain decimal/],
])('%s = %j is refused', (column, text, message) => {
  expect(problemsOf(readAdjustment({ ...row, [column]: text }))).toEqual([expect.stringMatching(message)]);
});

test('all problems of a row are told at once', () => {
  const wrong = { ...row, vendor: 'Beta', reason: 'x', amount: '' };
  expect(problemsOf(readAdjustment(wrong, 'Alpha')).map((problem) => problem.split(':')[0])).toEqual([
    'vendor',
    'reason',
    'amount',
  ]);
});

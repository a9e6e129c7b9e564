/** What an adjustment changed, in short. */
import { adjustedText } from '../../src/reports/parcel-records.ts';

const nothing = {
  weightOz: null,
  lengthIn: null,
  widthIn: null,
  heightIn: null,
  zone: null,
  packaging: null,
  service: null,
  amount: null,
};
const adjustment = {
  vendor: 'Alpha',
  adjustmentId: 'ADJ-1',
  assessedDay: '2026-11-05',
  notifiedDay: null,
  reason: 'weight',
  amount: { value: '3.10', currency: 'USD' },
  processingFee: null,
  disputeId: null,
  file: null,
};

test('names what differs on both sides, and nothing that one side leaves out', () => {
  const claimed = { ...nothing, weightOz: '8', zone: 4, packaging: 'package', lengthIn: '10' };
  const assessed = { ...nothing, weightOz: '17.5', zone: 5, packaging: 'package', service: 'priority_mail' };
  expect(adjustedText({ ...adjustment, claimed, assessed })).toBe('8 oz → 17.5 oz, Z4 → Z5');
  expect(adjustedText({ ...adjustment, claimed: nothing, assessed })).toBe('');
});

/** What is known of a parcel is a set: in whatever order its purchases and adjustments are given, it is judged the same. */
import fc from 'fast-check';
import type { Finding } from '../../../src/core/finding/finding.ts';
import { judgeParcel } from '../../../src/core/finding/parcel.ts';
import type { Label } from '../../../src/core/label/label.ts';
import { anyTimeline } from '../../support/any-timeline.ts';
import { aBench, anAdjustment } from '../../support/judge.ts';
import { aRatedLabel } from '../../support/rating.ts';
import { at, fold } from '../../support/timeline.ts';

const anySale: fc.Arbitrary<Label> = fc
  .record({
    vendor: fc.constantFrom('acme', 'other'),
    saleKey: fc.constantFrom('L1', 'L2', 'L3'),
    purchasedAt: fc.constantFrom(null, at(1), at(2)),
    purchasedDay: fc.constantFrom('2026-11-01', '2026-11-02'),
    status: fc.constantFrom<Label['status']>('purchased', 'voided'),
    orderId: fc.constantFrom(null, 'A-1', 'A-2'),
    chargedMills: fc.constantFrom(2000, 7310),
    scaleWeightMilliOz: fc.constantFrom(null, 8000),
  })
  .map((over) => aRatedLabel({ ...over, labelId: over.saleKey }));

const anyAdjustment = fc
  .record({
    adjustmentId: fc.constantFrom('A1', 'A2', 'A3'),
    vendor: fc.constantFrom('acme', 'other', 'provider'),
    reason: fc.constantFrom('weight', 'duplicate', 'unmanifested', 'refunded_label_used'),
    amountMills: fc.constantFrom(1500, -1500),
    assessedDay: fc.constantFrom('2026-11-02', '2026-11-19'),
    assessed: fc.constantFrom({}, { weightMilliOz: 80_000 }),
    claimed: fc.constantFrom({}, { weightMilliOz: 4000, zone: 1 }),
  })
  .map(anAdjustment);

const sales = fc.uniqueArray(anySale, {
  minLength: 1,
  maxLength: 3,
  selector: ({ vendor, saleKey }) => `${vendor} ${saleKey}`,
});
const adjustments = fc.uniqueArray(anyAdjustment, {
  maxLength: 3,
  selector: ({ vendor, adjustmentId }) => `${vendor} ${adjustmentId}`,
});

const byId = (findings: readonly Finding[]): Finding[] => findings.toSorted((a, b) => (a.id < b.id ? -1 : 1));

test('the order of purchases and adjustments changes nothing', () => {
  fc.assert(
    fc.property(anyTimeline, sales, adjustments, ({ events, asked }, sold, adjusted) => {
      const journey = fold(events, asked);
      const judge = (labels: readonly Label[], given: typeof adjusted) =>
        judgeParcel({ sales: labels, journey, charges: { lines: [], adjustments: given } }, aBench());
      const one = judge(sold, adjusted);
      const other = judge(sold.toReversed(), adjusted.toReversed());
      expect(other.outcomes.toReversed()).toEqual(one.outcomes);
      expect(byId(other.findings)).toEqual(byId(one.findings));
      expect([other.nextReviewAt, other.asksOthers]).toEqual([one.nextReviewAt, one.asksOthers]);
    }),
    { numRuns: 300 },
  );
});

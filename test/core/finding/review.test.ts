/** Time alone changes a judgement only at the review times it names, whatever is known of the parcel's journey. */
import { array, assert, constantFrom, double, integer, property, record } from 'fast-check';
import { judgeLabel } from '../../../src/core/finding/judge.ts';
import type { JudgeInput } from '../../../src/core/facts/input.ts';
import { ruleBookInForce, rulesAbout } from '../../../src/core/rules/book.ts';
import { DAY_MS, HOUR_MS } from '../../../src/core/units/day.ts';
import { sha256Hex } from '../../../src/platform/hash.ts';
import { anyTimeline } from '../../support/any-timeline.ts';
import { aJudgeInput, anAdjustment, shippedBook } from '../../support/judge.ts';
import { at, fold } from '../../support/timeline.ts';

const book = ruleBookInForce(shippedBook, '2026-12-01', sha256Hex);
const rules = rulesAbout('label', book);

const anyAdjustments = array(
  record({
    reason: constantFrom('weight', 'duplicate', 'unmanifested', 'refunded_label_used'),
    amountMills: constantFrom(1500, -1500),
    assessedAt: integer({ min: 0, max: 40 }).map(at),
    assessed: constantFrom({}, { weightMilliOz: 40_000 }),
  }),
  { maxLength: 2 },
);

const anyLabel = record({
  kind: constantFrom('outbound', 'return', 'pay_on_use'),
  status: constantFrom('purchased', 'voided'),
  voidedBy: constantFrom(null, 'us', 'vendor'),
  voidedAt: constantFrom(null, at(3)),
  handedOverAt: constantFrom(null, at(2)),
  refundRequestedAt: constantFrom(null, at(1), at(4)),
  printedAt: constantFrom(null, at(0)),
  orderId: constantFrom(null, 'A-1'),
  shipDate: constantFrom('2026-11-01', '2026-11-04', '2026-11-20'),
  originZip: constantFrom(null, '90058'),
  destinationZip: constantFrom(null, '85004', '09012'),
});

/** What every rule answers, with the severity of what fires. */
function answers(input: JudgeInput): string {
  const { outcomes } = judgeLabel(input, book, sha256Hex);
  return outcomes
    .map((told, index) => `${rules[index]?.id} ${told.answer === 'fires' ? told.finding.severity : told.answer}`)
    .join('\n');
}

test('an audit before the next review answers what the one before it did', () => {
  const hours = integer({ min: 0, max: 30 * 24 });
  const share = double({ min: 0, max: 1, noNaN: true });
  assert(
    property(anyTimeline, anyLabel, anyAdjustments, hours, share, ({ events, asked }, label, adjusted, after, part) => {
      const journey = fold(events, asked);
      const asOf = (journey.latestAt ?? at(1)) + after * HOUR_MS;
      // An adjustment to come is looked for by the parcel as a whole; here all were told before.
      const adjustments = adjusted
        .filter(({ assessedAt }) => assessedAt <= asOf)
        .map((over, index) => anAdjustment({ ...over, adjustmentId: `A${index}` }));
      const charges = { lines: [], adjustments };
      const input = (instant: number): JudgeInput => aJudgeInput({ journey, charges, asOf: instant }, label);
      const end = judgeLabel(input(asOf), book, sha256Hex).nextReviewAt ?? asOf + 60 * DAY_MS;
      const between = Math.floor(asOf + (end - 1 - asOf) * part);
      expect(answers(input(between))).toBe(answers(input(asOf)));
    }),
    { numRuns: 300 },
  );
});

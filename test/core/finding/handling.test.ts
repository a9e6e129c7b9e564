/** What people keep about findings: which changes there are, and that a history leads to what stands. */
import fc from 'fast-check';
import {
  type Handling,
  type HandlingStep,
  UNHANDLED,
  changesOf,
  replayHandling,
  stillOut,
} from '../../../src/core/finding/handling.ts';
import { FINDING_STATES } from '../../../src/core/finding/lifecycle.ts';

const usd = (mills: number) => ({ mills, currency: 'USD' });
const handling: fc.Arbitrary<Handling> = fc.record({
  state: fc.constantFrom(...FINDING_STATES),
  assignee: fc.constantFrom(null, 'Ada', 'Bo'),
  ownDeadline: fc.constantFrom(null, '2026-12-01', '2026-12-31'),
  disputeReference: fc.constantFrom(null, 'D-1'),
  recovered: fc.constantFrom(null, usd(1000), usd(2000), { mills: 1000, currency: 'CNY' }),
});

test('only what differs is a change, with what it was and what it becomes', () => {
  expect(changesOf(UNHANDLED, {})).toEqual({});
  expect(changesOf(UNHANDLED, { assignee: null, state: 'open' })).toEqual({});
  expect(changesOf({ ...UNHANDLED, recovered: usd(1000) }, { recovered: usd(1000) })).toEqual({});
  expect(changesOf({ ...UNHANDLED, recovered: usd(1000) }, { recovered: usd(1500), assignee: 'Ada' })).toEqual({
    assignee: [null, 'Ada'],
    recovered: [usd(1000), usd(1500)],
  });
});

test('any history of changes leads to what stands', () => {
  fc.assert(
    fc.property(fc.array(handling, { maxLength: 12 }), (wanted) => {
      let standing = UNHANDLED;
      const steps: HandlingStep[] = wanted.map((next) => {
        const changes = changesOf(standing, next);
        standing = { ...standing, ...next };
        return { state: standing.state, changes };
      });
      expect(replayHandling(steps)).toEqual(standing);
    }),
  );
});

test('a history with a step missing is told from a whole one', () => {
  const steps: HandlingStep[] = [
    { state: 'open', changes: null },
    { state: 'open', changes: { assignee: ['Ada', 'Bo'] } },
  ];
  expect(() => replayHandling(steps)).toThrow(RangeError);
});

test('what is still out is the amount without what came back, of one currency', () => {
  expect(stillOut(usd(5000), usd(2000))).toEqual(usd(3000));
  expect(stillOut(usd(5000), usd(9000))).toEqual(usd(0));
  expect(stillOut(usd(5000), null)).toBeNull();
  expect(stillOut(usd(5000), { mills: 2000, currency: 'CNY' })).toBeNull();
});

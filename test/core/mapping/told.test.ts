/** What was told, written as rows of a tracking file. */
import { type ToldEvent, UNTOLD, recordsOf } from '../../../src/core/mapping/told.ts';
import type { AskOutcome } from '../../../src/core/journey/event.ts';
import { readTracking, valueOf } from './reading.ts';

const N = '9200190164917320000015';
const AT = Date.UTC(2026, 10, 7, 3);
const LATER = Date.UTC(2026, 10, 8, 3);
const source = 'USPS Tracking API';
const asks = { tracking_number: N, source, retrieved_at: '2026-11-07T03:00:00Z' };

function rows(outcome: AskOutcome | null, events: Partial<ToldEvent>[], at = AT) {
  return recordsOf([{ trackingNumber: N, outcome, events: events.map((event) => ({ ...UNTOLD, ...event })) }], {
    source,
    at,
  });
}

test('a history is one row an event, and one that says when it was whole', () => {
  const delivered = { at: Date.UTC(2026, 10, 6, 18), code: '01', text: 'Delivered', city: 'RENO', mailpieceId: '7' };
  const event = { tracking_number: N, source, event_time: '2026-11-06T18:00:00Z', event_code: '01' };
  expect(rows('answered', [delivered])).toEqual([
    { ...event, event_text: 'Delivered', city: 'RENO', mailpiece_id: '7' },
    { ...asks, outcome: 'answered' },
  ]);
});

test('the same history told again later is the same events', () => {
  const events = [{ at: AT - 1000, text: 'Held, awaiting payment' }];
  expect(rows('answered', events, LATER)[0]).toEqual(rows('answered', events)[0]);
});

test('single things told unasked say nothing of silence', () => {
  expect(rows(null, [{ at: AT, code: '03' }])).toHaveLength(1);
  expect(rows(null, [])).toEqual([]);
});

test('a refusal is dated by when it was met, and carries the outcome', () => {
  const refusal = { code: '150012', text: 'fraudulent postage' };
  expect(rows('withheld', [refusal])).toEqual([
    { ...asks, event_code: '150012', event_text: 'fraudulent postage', outcome: 'withheld' },
  ]);
  expect(valueOf(readTracking(rows('withheld', [refusal])[0] ?? {}))).toMatchObject({ kind: 'event', at: AT });
});

test('a statement that has no time withholds nothing', () => {
  const held = { text: 'Held, awaiting payment' };
  expect(rows('answered', [held])).toEqual([
    { tracking_number: N, source, event_time: '2026-11-07T03:00:00Z', event_text: held.text },
    { ...asks, outcome: 'answered' },
  ]);
});

test.each(['not_found', 'no_access', 'error'] as const)('an answer that is %s is one row', (outcome) => {
  const [row, ...others] = rows(outcome, []);
  expect([row, others]).toEqual([{ ...asks, outcome }, []]);
  expect(valueOf(readTracking(row ?? {}))).toMatchObject({ kind: 'ask', outcome, at: AT });
});

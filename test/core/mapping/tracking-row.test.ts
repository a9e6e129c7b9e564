/** Rows of tracking files: events, answers without an event, and refusals. */
import { problemsOf, readTracking, valueOf } from './reading.ts';

const row = {
  tracking_number: '9200190164917312345670',
  event_time: '2026-11-05T14:30:00-05:00',
  event_code: '03',
  event_text: 'Accepted at USPS Origin Facility',
  city: 'CHICAGO',
  state: 'IL',
  zip: '60601',
  country: 'US',
  source: 'usps',
  retrieved_at: '2026-11-06T00:00:00Z',
  outcome: 'answered',
  mailpiece_id: 'M1',
};
const nothing = { event_time: '', event_code: '', event_text: '', city: '', state: '', zip: '', country: '' };

test('an event has its instant, and a hash of what was said and where, not of who said it', () => {
  const event = valueOf(readTracking(row));
  expect(event).toMatchObject({ kind: 'event', at: Date.parse('2026-11-05T19:30:00Z'), code: '03', zip: '60601' });
  const elsewhere = (change: object) => valueOf(readTracking({ ...row, ...change })).hash;
  expect(elsewhere({ source: 'vendor', retrieved_at: '', outcome: '', mailpiece_id: '' })).toBe(event.hash);
  expect(elsewhere({ event_text: '  Accepted  at USPS\tOrigin Facility ' })).toBe(event.hash);
  expect(event.hash).toHaveLength(32);
});

test('a code that a spreadsheet made a number gets its zero back', () => {
  expect(valueOf(readTracking({ ...row, event_code: '3' })).code).toBe('03');
});

test('an outcome without an event says when a source was asked', () => {
  const asked = valueOf(readTracking({ ...row, ...nothing, outcome: 'not_found' }));
  expect(asked).toMatchObject({
    kind: 'ask',
    at: Date.parse('2026-11-06T00:00:00Z'),
    outcome: 'not_found',
    code: null,
  });
});

test.each([
  ['the refusal code', { event_code: '150012', event_text: 'Withheld', outcome: '' }],
  ['the outcome withheld with a sentence', { event_text: 'Proper postage was not paid', outcome: 'withheld' }],
])('a refusal known by %s is an event of the time it was met', (_, columns) => {
  const refusal = valueOf(readTracking({ ...row, ...nothing, ...columns }));
  expect(refusal).toMatchObject({ kind: 'event', at: Date.parse('2026-11-06T00:00:00Z') });
});

test.each([
  ['a time without its zone', { event_time: '2026-11-05T14:30:00' }, 'event_time: lacks the time zone'],
  ['an event without its time', { event_time: '' }, 'event_time: is required and empty'],
  ['an answer without its time', { ...nothing, retrieved_at: '' }, 'retrieved_at: is required'],
  ['a row that says nothing', { event_code: '', event_text: '', outcome: '' }, 'event_code: is empty'],
  ['an unknown outcome', { outcome: 'maybe' }, 'outcome: is not one of'],
  ['a ZIP without its zeros', { zip: '601' }, 'zip: has lost its leading zeros'],
  ['no number', { tracking_number: '' }, 'tracking_number: is required'],
])('%s is refused', (_, columns, problem) => {
  expect(problemsOf(readTracking({ ...row, ...columns }))).toEqual([expect.stringContaining(problem)]);
});

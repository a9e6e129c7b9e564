/** What the carrier does not know: a fact only where an answer with the whole history shows it. */
import { buildFacts } from '../../../src/core/facts/facts.ts';
import type { FactValue } from '../../../src/core/facts/fact.ts';
import type { JourneyDigest } from '../../../src/core/journey/digest.ts';
import { DAY_MS, HOUR_MS } from '../../../src/core/units/day.ts';
import { AS_OF, aJourney, aJudgeInput, aScan } from '../../support/judge.ts';

function fact(name: string, journey: JourneyDigest | null, shipDate: string | null = null): FactValue | undefined {
  return buildFacts(aJudgeInput({ journey }, { shipDate })).get(name);
}

const scanned = { firstScan: aScan(AS_OF - 20 * DAY_MS) };
const unannounced = { ...scanned, announcedAt: null };
const unanswered = { answeredAt: null, historyAt: null, lastOutcome: null };
/** Of a number nobody has heard of; a source said so. */
const unheard = { events: 0, knownAt: null, announcedAt: null, standing: null, firstAt: null, mailpieces: 0 } as const;

describe('journey.announced', () => {
  test.each<[string, JourneyDigest | null, boolean | undefined]>([
    ['announced', aJourney(), true],
    ['announced, and no answer known', aJourney(unanswered), true],
    ['on a SCAN form', aJourney({ announcedAt: null, receiptAt: AS_OF - DAY_MS, ...unanswered }), true],
    ['scanned, and a whole history without it', aJourney(unannounced), false],
    ['nothing known', null, undefined],
    ['a file of scans without answers', aJourney({ ...unannounced, ...unanswered }), undefined],
    ['only an unlisted source answered', aJourney({ ...unannounced, historyAt: null }), undefined],
    ['an event that nobody can read may be it', aJourney({ ...unannounced, unread: 1 }), undefined],
    ['the carrier withholds since', aJourney({ ...unannounced, lastOutcome: 'withheld' }), undefined],
    ['no access', aJourney({ ...unannounced, ...unanswered, lastOutcome: 'no_access' }), undefined],
  ])('%s', (_story, journey, expected) => {
    expect(fact('journey.announced', journey)).toBe(expected);
  });

  test.each([
    ['two days before the scan', -48, null, -48],
    ['five hours after the scan', 5, null, 5],
    ['after the receipt of its SCAN form', 5, -3, -3],
    ['before the receipt of its SCAN form', -5, 3, -5],
    ['by a SCAN form alone', null, 26, 26],
    ['never', null, null, undefined],
  ])('%s', (_story, announced, received, hours) => {
    const after = (count: number | null) => (count === null ? null : scanned.firstScan.at + count * HOUR_MS);
    const journey = aJourney({ ...scanned, announcedAt: after(announced), receiptAt: after(received) });
    expect(fact('journey.announced_hours_after_scan', journey)).toBe(hours);
  });

  test('of a parcel that was never scanned comes neither early nor late', () => {
    expect(fact('journey.announced_hours_after_scan', aJourney())).toBeUndefined();
  });
});

describe('journey.known_to_carrier', () => {
  test.each<[string, JourneyDigest | null, boolean | undefined]>([
    ['announced or scanned', aJourney(), true],
    ['seen long ago, and not found since', aJourney({ lastOutcome: 'not_found', notFoundAt: AS_OF }), true],
    ['withheld without a word', aJourney({ ...unheard, knownAt: AS_OF, lastOutcome: 'withheld' }), true],
    ['an answer without any event', aJourney(unheard), false],
    ['not found', aJourney({ ...unheard, ...unanswered, notFoundAt: AS_OF, lastOutcome: 'not_found' }), false],
    [
      'not found by a relay, where the carrier grants no access',
      aJourney({ ...unheard, ...unanswered, notFoundAt: AS_OF, lastOutcome: 'no_access' }),
      false,
    ],
    ['nothing known', null, undefined],
    ['no access', aJourney({ ...unheard, ...unanswered, lastOutcome: 'no_access' }), undefined],
    ['an error', aJourney({ ...unheard, ...unanswered, lastOutcome: 'error' }), undefined],
    ['an answer, and an event nobody can read', aJourney({ ...unheard, events: 1, unread: 1 }), undefined],
    ['an answer, and an unlisted source that saw the parcel', aJourney({ ...unheard, events: 1 }), undefined],
    ['an unlisted source withholds', aJourney({ ...unheard, lastOutcome: 'withheld' }), undefined],
  ])('%s', (_story, journey, expected) => {
    expect(fact('journey.known_to_carrier', journey)).toBe(expected);
    expect(fact('journey.trace_seen', journey)).toBe(expected === true);
  });
});

describe('when the carrier or a relay last answered at all', () => {
  const [early, late] = [AS_OF - 9 * DAY_MS, AS_OF - DAY_MS];

  test.each([
    ['with its history', early, null, early],
    ['that it knows nothing', null, early, early],
    ['with its history, and later that it knows nothing', early, late, late],
    ['that it knows nothing, and later with its history', late, early, late],
    ['never', null, null, undefined],
  ])('%s', (_story, historyAt, notFoundAt, heard) => {
    expect(fact('journey.heard_at', aJourney({ historyAt, notFoundAt }))).toBe(heard);
    expect(fact('journey.history_at', aJourney({ historyAt, notFoundAt }))).toBe(historyAt ?? undefined);
  });

  // 2026-11-26 is Thanksgiving.
  test.each([
    ['on the mailing day', '2026-11-30', Date.UTC(2026, 10, 30, 20), 0],
    ['on the day after', '2026-11-17', Date.UTC(2026, 10, 18, 20), 0],
    ['a week after', '2026-11-16', Date.UTC(2026, 10, 23, 20), 5],
    ['a week after, over a holiday', '2026-11-23', Date.UTC(2026, 10, 30, 20), 4],
    ['before the mailing day', '2026-11-30', Date.UTC(2026, 10, 20), 0],
    ['where the list of holidays ends', '2035-05-01', Date.UTC(2035, 5, 1), undefined],
  ])('business days until then: %s', (_story, shipDate, historyAt, days) => {
    expect(fact('journey.heard_business_days', aJourney({ historyAt }), shipDate)).toBe(days);
  });

  test('without an answer there are none to count', () => {
    expect(fact('journey.heard_business_days', aJourney(unanswered))).toBeUndefined();
    expect(fact('journey.heard_business_days', null)).toBeUndefined();
  });
});

test.each<[string, JourneyDigest | null, boolean | undefined]>([
  ['a partner had it', aJourney({ inductedAt: AS_OF }), true],
  ['a partner had it, and an event cannot be read', aJourney({ inductedAt: AS_OF, unread: 1 }), true],
  ['none had', aJourney(), false],
  ['an event nobody can read may be a partner’s', aJourney({ unread: 1 }), undefined],
  ['nothing known', null, undefined],
])('inducted by a shipping partner: %s', (_story, journey, expected) => {
  expect(fact('journey.inducted', journey)).toBe(expected);
});

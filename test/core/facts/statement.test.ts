/** Seized, unpaid, on two pieces: true where it is stated, false where a source spoke without it, else unknown. */
import { buildFacts } from '../../../src/core/facts/facts.ts';
import type { FactValue } from '../../../src/core/facts/fact.ts';
import type { JourneyDigest } from '../../../src/core/journey/digest.ts';
import { HOUR_MS } from '../../../src/core/units/day.ts';
import { AS_OF, aJourney, aJudgeInput, aStatement } from '../../support/judge.ts';

const STATED_AT = AS_OF - 30 * HOUR_MS;

function fact(name: string, journey: JourneyDigest | null): FactValue | undefined {
  return buildFacts(aJudgeInput({ journey })).get(name);
}

describe.each(['seized', 'unpaid', 'duplicate'] as const)('journey.%s', (what) => {
  const name = `journey.${what}`;
  const statement = aStatement(STATED_AT, 'In its own words');
  const silent = { answeredAt: null, historyAt: null };

  test.each<[string, JourneyDigest | null, boolean | undefined]>([
    ['it is stated', aJourney({ [what]: statement }), true],
    ['it is stated where no answer is', aJourney({ [what]: statement, ...silent, lastOutcome: null }), true],
    ['it is stated, and the carrier withholds since', aJourney({ [what]: statement, lastOutcome: 'withheld' }), true],
    ['a source answered without it', aJourney(), false],
    ['a file of events without answers does not hold it', aJourney({ ...silent, lastOutcome: null }), false],
    ['nothing is known', null, undefined],
    ['the carrier shows us nothing', aJourney({ ...silent, events: 0, lastOutcome: 'no_access' }), undefined],
    ['no access, whatever events the file holds', aJourney({ ...silent, lastOutcome: 'no_access' }), undefined],
    ['only an error came back', aJourney({ ...silent, events: 0, lastOutcome: 'error' }), undefined],
    ['the number is not found', aJourney({ ...silent, events: 0, lastOutcome: 'not_found' }), undefined],
    ['only a person wrote something', aJourney({ ...silent, events: 0, lastOutcome: null }), undefined],
    ['the carrier withholds', aJourney({ lastOutcome: 'withheld' }), undefined],
  ])('%s', (_story, journey, expected) => {
    expect(fact(name, journey)).toBe(expected);
  });

  test.each([
    ['carrier', true, false],
    ['relay', false, false],
    ['unlisted', false, true],
  ] as const)('made by a %s', (sourceKind, byCarrier, byUnlisted) => {
    const journey = aJourney({ [what]: aStatement(STATED_AT, 'Words', { sourceKind, code: '99', source: 'who' }) });
    expect(fact(`${name}_at`, journey)).toBe(STATED_AT);
    expect(fact(`${name}_text`, journey)).toBe('Words');
    expect(fact(`${name}_code`, journey)).toBe('99');
    expect(fact(`${name}_source`, journey)).toBe('who');
    expect(fact(`${name}_by_carrier`, journey)).toBe(byCarrier);
    expect(fact(`${name}_by_unlisted`, journey)).toBe(byUnlisted);
  });

  test('where there is none, nobody made it', () => {
    for (const part of ['at', 'text', 'code', 'source', 'by_carrier', 'by_unlisted']) {
      expect(fact(`${name}_${part}`, aJourney())).toBeUndefined();
    }
  });
});

test('hours run from the first statement that the piece is unpaid to the audit', () => {
  expect(fact('journey.hours_unpaid', aJourney({ unpaid: aStatement(STATED_AT, 'Unpaid') }))).toBe(30);
  expect(fact('journey.hours_unpaid', aJourney())).toBeUndefined();
  expect(fact('journey.hours_unpaid', null)).toBeUndefined();
});

test('an event nobody can read may say that the payment came', () => {
  const unpaid = aStatement(STATED_AT, 'Unpaid');
  expect(fact('journey.unpaid_unread', aJourney({ unpaid }))).toBe(false);
  expect(fact('journey.unpaid_unread', aJourney({ unpaid, unread: 1 }))).toBe(true);
  expect(fact('journey.unpaid_unread', aJourney({ unread: 1 }))).toBeUndefined();
});

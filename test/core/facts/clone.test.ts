/** Two mailpieces under one number: which is ours, and by what we know it. */
import { buildFacts } from '../../../src/core/facts/facts.ts';
import type { FactValue } from '../../../src/core/facts/fact.ts';
import type { JourneyDigest, Mailpiece } from '../../../src/core/journey/digest.ts';
import type { Label } from '../../../src/core/label/label.ts';
import { DAY_MS } from '../../../src/core/units/day.ts';
import { AS_OF, aJourney, aJudgeInput, aScan, aStatement } from '../../support/judge.ts';

const LOS_ANGELES = '90058';
const PHOENIX = '85004';
const NEWARK = '07102';
const MIAMI = '33101';

/** A label from Los Angeles to Phoenix. */
const LABEL = { originZip: LOS_ANGELES, destinationZip: PHOENIX };

/** A piece first scanned and delivered at these ZIP codes; null = nowhere, as far as is known. */
function piece(id: string, from: string | null, to: string | null): Mailpiece {
  const firstScan = aScan(AS_OF - 9 * DAY_MS, { zip: from });
  const delivered = to === null ? null : aScan(AS_OF - 5 * DAY_MS, { zip: to, stage: 'delivered' });
  return { id, firstScan, lastScan: delivered ?? firstScan, delivered, statedAt: null };
}

function facts(pieces: Mailpiece[], { more = {}, change = {} }: Over = {}): Record<string, FactValue | undefined> {
  const journey = aJourney({ mailpieces: pieces.length, pieces: pieces.length < 2 ? null : pieces, ...more });
  const built = buildFacts(aJudgeInput({ journey }, { ...LABEL, ...change }));
  const names = ['our_piece', 'other_piece', 'by_destination', 'by_origin', 'stated_of_ours'];
  return Object.fromEntries(names.map((name) => [name, built.get(`clone.${name}`)]));
}

interface Over {
  more?: Partial<JourneyDigest>;
  change?: Partial<Label>;
}

describe('ours is known', () => {
  test.each<[string, Mailpiece[], string, { by_destination: boolean; by_origin: boolean }]>([
    [
      'by both',
      [piece('1', LOS_ANGELES, PHOENIX), piece('2', NEWARK, MIAMI)],
      '1',
      { by_destination: true, by_origin: true },
    ],
    [
      'by its destination alone',
      [piece('1', NEWARK, MIAMI), piece('2', null, PHOENIX)],
      '2',
      { by_destination: true, by_origin: false },
    ],
    [
      'by its origin alone, still under way',
      [piece('1', LOS_ANGELES, null), piece('2', NEWARK, MIAMI)],
      '1',
      { by_destination: false, by_origin: true },
    ],
    [
      'by its destination before an origin: a stranger may mail near us',
      [piece('1', LOS_ANGELES, MIAMI), piece('2', NEWARK, PHOENIX)],
      '2',
      { by_destination: true, by_origin: false },
    ],
    [
      'by both before a destination alone',
      [piece('1', NEWARK, PHOENIX), piece('2', LOS_ANGELES, PHOENIX)],
      '2',
      { by_destination: true, by_origin: true },
    ],
  ])('%s', (_story, pieces, ours, how) => {
    expect(facts(pieces)).toMatchObject({ our_piece: ours, other_piece: ours === '1' ? '2' : '1', ...how });
  });

  test('of three by what it fits, and the first of the others is told beside it', () => {
    const three = [piece('1', NEWARK, MIAMI), piece('2', NEWARK, null), piece('3', LOS_ANGELES, PHOENIX)];
    expect(facts(three)).toMatchObject({ our_piece: '3', other_piece: '1' });
  });
});

describe('ours is unknown', () => {
  test.each<[string, Mailpiece[], Over]>([
    ['where neither fits', [piece('1', MIAMI, NEWARK), piece('2', NEWARK, MIAMI)], {}],
    ['where both fit alike', [piece('1', LOS_ANGELES, PHOENIX), piece('2', LOS_ANGELES, PHOENIX)], {}],
    ['where nothing was placed', [piece('1', null, null), piece('2', null, null)], {}],
    [
      'where the label states neither origin nor destination',
      [piece('1', LOS_ANGELES, PHOENIX), piece('2', NEWARK, MIAMI)],
      { change: { originZip: null, ratedOriginZip: null, destinationZip: null } },
    ],
    ['where there is only one piece', [piece('1', LOS_ANGELES, PHOENIX)], {}],
  ])('%s', (_story, pieces, over) => {
    const told = facts(pieces, over);
    expect(told).toEqual(Object.fromEntries(Object.keys(told).map((name) => [name, undefined])));
  });

  test('without a journey', () => {
    expect(buildFacts(aJudgeInput({ journey: null })).get('clone.our_piece')).toBeUndefined();
  });
});

test.each([
  ['ours', '1', true],
  ["the other's", '2', false],
  ['nobody', null, undefined],
])('the notice names %s', (_story, mailpieceId, ofOurs) => {
  const pieces = [piece('1', LOS_ANGELES, PHOENIX), piece('2', NEWARK, MIAMI)];
  const statement = aStatement(AS_OF - 6 * DAY_MS, 'counterfeit postage', { mailpieceId });
  expect(facts(pieces, { more: { notice: statement } })['stated_of_ours']).toBe(ofOurs);
  expect(facts(pieces, { more: { hold: statement } })['stated_of_ours']).toBe(ofOurs);
});

/** What of itemised surcharges size explains, what another fee might, and what nothing does. */
import { judgeLabel } from '../../../src/core/finding/judge.ts';
import type { Label } from '../../../src/core/label/label.ts';
import { rateLabel } from '../../../src/core/rating/rate-label.ts';
import { mayBeUnseen } from '../../../src/core/rating/surcharge-range.ts';
import type { RateList, RateTables } from '../../../src/core/rating/tables.ts';
import { ruleBookInForce } from '../../../src/core/rules/book.ts';
import { sha256Hex } from '../../../src/platform/hash.ts';
import { aJudgeInput, shippedBook } from '../../support/judge.ts';
import { aRatedLabel, shippedTables } from '../../support/rating.ts';

const inForce = ruleBookInForce(shippedBook, '2026-12-01', sha256Hex);
const book = { ...inForce, rules: inForce.rules.filter(({ id }) => id === 'surcharge-not-due') };

/** The list of 2025 as it would be out of season, with the fees whose amount is published and no others. */
function outOfSeason(list: RateList): RateList {
  const ground = list.surcharges.ground_advantage ?? {};
  const known = Object.fromEntries(
    Object.entries(ground).map(([name, fees]) => [name, fees.filter(({ mills }) => mills !== null)]),
  );
  return { ...list, peak: 'none', surcharges: { ...list.surcharges, ground_advantage: known } };
}

const fullyPublished: RateTables = { ...shippedTables, lists: shippedTables.lists.map(outOfSeason) };

function answer(change: Partial<Label>, tables = fullyPublished): string | undefined {
  const label = aRatedLabel({
    purchasedDay: '2025-10-10',
    lengthMilliIn: 10_000,
    widthMilliIn: 6000,
    heightMilliIn: 4000,
    postageMills: 11_850,
    ...change,
  });
  return judgeLabel(aJudgeInput({ label, rating: rateLabel(label, tables) }), book, sha256Hex).outcomes[0]?.answer;
}

// Ground Advantage, Notice 123 of 2025-10-05: 4.00 over 22 in, 8.40 over 30 in, 4.00 for nonstandard characteristics.
describe('a column of surcharges', () => {
  test.each<[string, Partial<Label>, string]>([
    ['like no published fee is not due', { surchargesMills: 5550 }, 'fires'],
    ['like the fee for an unusual shape is left open', { surchargesMills: 4000 }, 'unknown'],
    ['like the fee for live animals is left open', { surchargesMills: 7500 }, 'unknown'],
    ['like both together is left open', { surchargesMills: 11_500 }, 'unknown'],
    ['that size makes due is right', { surchargesMills: 4000, lengthMilliIn: 22_001 }, 'clear'],
    ['of a longer parcel is not due', { surchargesMills: 8400 - 60, lengthMilliIn: 22_001 }, 'fires'],
    ['without the sides is left open', { surchargesMills: 5550, heightMilliIn: null }, 'unknown'],
    ['of nothing is clear, sides or none', { surchargesMills: 0, heightMilliIn: null }, 'clear'],
    ['that is not there is left open', { surchargesMills: null }, 'unknown'],
    ['abroad is left open', { surchargesMills: 5550, destinationCountry: 'CA' }, 'unknown'],
  ])('%s', (_, change, expected) => {
    expect(answer(change)).toBe(expected);
  });

  test('in a season whose increase is inside the printed prices may be that increase', () => {
    expect(answer({ surchargesMills: 5550 }, shippedTables)).toBe('unknown');
  });

  // 18.00 over 2 cubic feet; July 2026: 4.50, 10.00 and 21.00, and no fee for an unusual shape is published.
  test.each<[string, Partial<Label>, string]>([
    ['the fee over 30 in, on one of 10 in', { surchargesMills: 8400 }, 'fires'],
    ['the fees for length and volume together', { surchargesMills: 26_400 }, 'fires'],
    ['the fee over 30 in, on one of 25 in', { surchargesMills: 8400, lengthMilliIn: 25_000 }, 'fires'],
    ['the fee over 30 in, on one of 31 in', { surchargesMills: 8400, lengthMilliIn: 31_000 }, 'clear'],
    ['the fee from 22 to 30 in, which a tube pays too', { surchargesMills: 4000 }, 'unknown'],
    ['the fee over 30 in of July 2026', { purchasedDay: '2026-08-03', surchargesMills: 10_000 }, 'fires'],
    ['the lowest fee of July 2026', { purchasedDay: '2026-08-03', surchargesMills: 4500 }, 'unknown'],
    ['no fee of July 2026', { purchasedDay: '2026-08-03', surchargesMills: 7000 }, 'unknown'],
    ['the fee over 30 in, in the peak season', { purchasedDay: '2026-11-03', surchargesMills: 10_000 }, 'fires'],
  ])('on the shipped lists, for a small parcel, of %s', (_, change, expected) => {
    expect(answer(change, shippedTables)).toBe(expected);
  });
});

test('a product that is not sold at any flat rate owes what a parcel by weight owes', () => {
  const label = aRatedLabel({
    purchasedDay: '2025-10-10',
    rateType: 'flat_rate',
    lengthMilliIn: 25_000,
    widthMilliIn: 6000,
    heightMilliIn: 4000,
    surchargesMills: 0,
  });
  expect(rateLabel(label, shippedTables).surcharges).toMatchObject({ leastMills: 4000, mostMills: 4000 });
});

describe('an excess may be a fee with an unseen cause', () => {
  test.each<[number, (number | null)[], boolean]>([
    [400, [400, 1500], true],
    [1900, [400, 1500], true],
    [410, [400, 1500], true],
    [420, [400, 1500], false],
    [1100, [400, 1500], false],
    [1100, [400, null], true],
    [2000, [400, null], false],
    [900, [400, null], true],
    [400, [], false],
  ])('%i mills beside %j, where size fees are 900 and 2000: %s', (excessMills, unseenMills, expected) => {
    const range = { known: true, leastMills: 0, mostMills: 0, unseenMills, sizeMills: [900, 2000] } as const;
    expect(mayBeUnseen({ chargedMills: excessMills, excessMills, toleranceMills: 10 }, range)).toBe(expected);
  });
});

import { judgeCarrierWide, wideHoldDays } from '../../../src/core/finding/carrier-wide.ts';
import type { DailyCount } from '../../../src/core/finding/carrier-wide.ts';
import { addDays } from '../../../src/core/units/day.ts';
import { sha256Hex } from '../../../src/platform/hash.ts';
import { shippedBook } from '../../support/judge.ts';

const DAY = '2026-11-20';

function holds(counts: Record<string, number>): DailyCount[] {
  return Object.entries(counts).map(([vendor, count]) => ({ vendor, day: DAY, count }));
}

/** So many a day for a vendor on each of the 28 days before. */
function usual(vendor: string, count: number): DailyCount[] {
  return Array.from({ length: 28 }, (_, index) => ({ vendor, day: addDays(DAY, -1 - index), count }));
}

function wide(counts: readonly DailyCount[]): string[] {
  return [...wideHoldDays(counts, shippedBook).keys()];
}

describe('days on which the parcels of many vendors are held', () => {
  test.each<[string, DailyCount[], string[]]>([
    ['three vendors at four where none is usual', holds({ a: 4, b: 4, c: 4 }), [DAY]],
    ['three vendors at exactly three times one', holds({ a: 3, b: 3, c: 3 }), []],
    ['two vendors only', holds({ a: 40, b: 40 }), []],
    ['one of three vendors is used to it', [...holds({ a: 4, b: 4, c: 4 }), ...usual('c', 2)], []],
    ['a fourth vendor stands out in his stead', [...holds({ a: 4, b: 4, c: 4, d: 5 }), ...usual('c', 2)], [DAY]],
    [
      'far over what is usual for each',
      [...holds({ a: 31, b: 31, c: 31 }), ...usual('a', 10), ...usual('b', 10)],
      [DAY],
    ],
    ['nothing held', [], []],
  ])('%s', (_story, counts, days) => {
    expect(wide(counts)).toEqual(days);
  });

  test('what happened before the window is forgotten', () => {
    const old = usual('c', 9).map((count) => ({ ...count, day: addDays(count.day, -28) }));
    expect(wide([...holds({ a: 4, b: 4, c: 4 }), ...old])).toEqual([DAY]);
  });

  test('the order of the counts does not matter', () => {
    const counts = [...holds({ a: 4, b: 4, c: 4, d: 5 }), ...usual('c', 2)];
    const judge = (given: DailyCount[]) => judgeCarrierWide(given, { book: shippedBook, sha256Hex });
    expect(judge(counts.toReversed()).map(({ id }) => id)).toEqual(judge(counts).map(({ id }) => id));
  });
});

test('the one finding of the day names the day, the vendors and the carrier, and no vendor as its cause', () => {
  const [finding, ...others] = judgeCarrierWide(holds({ a: 4, b: 5, c: 6 }), { book: shippedBook, sha256Hex });
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    rule: 'held-for-postage',
    subject: 'vendor',
    attribution: 'carrier',
    trackingNumber: '@carrier/2026-11-20',
    vendor: null,
    amount: null,
    evidence: { day: DAY, 'held: a': 4, 'held: b': 5, 'held: c': 6 },
  });
  expect(finding?.message.en).toContain('On 2026-11-20 parcels of 3 vendors');
  expect(finding?.message.en).toContain('15 parcels in all');
  expect(finding?.message['zh-CN']).toContain('3 家供应商');
  expect(JSON.stringify(finding)).not.toMatch(/\{[a-z]+\}/);
});

test('a book without the rule has no such days', () => {
  const book = { ...shippedBook, rules: shippedBook.rules.filter(({ id }) => id !== 'held-for-postage') };
  expect(judgeCarrierWide(holds({ a: 4, b: 4, c: 4 }), { book, sha256Hex })).toEqual([]);
});

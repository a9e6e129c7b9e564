/** Statistics over counted values: worked examples, and that counting cases is the same as writing each of them out. */
import fc from 'fast-check';
import {
  type Counted,
  type CountedPair,
  commonest,
  median,
  percentile,
  rankCorrelation,
  totalCases,
  variation,
} from '../../../src/core/risk/statistics.ts';

const one = (values: readonly number[]): Counted[] => values.map((value) => ({ value, cases: 1 }));
const pairs = (xs: readonly number[], ys: readonly number[]): CountedPair[] =>
  xs.map((x, index) => ({ x, y: ys[index] ?? 0, cases: 1 }));

const anyCounted = fc.array(
  fc.record({ value: fc.integer({ min: 0, max: 30 }), cases: fc.integer({ min: 1, max: 5 }) }),
  {
    maxLength: 25,
  },
);
const anyPairs = fc.array(
  fc.record({
    x: fc.integer({ min: -9, max: 9 }),
    y: fc.integer({ min: -9, max: 9 }),
    cases: fc.integer({ min: 1, max: 5 }),
  }),
  { maxLength: 25 },
);

/** Every case by itself. */
function writtenOut<T extends { cases: number }>(values: readonly T[]): T[] {
  return values.flatMap((value) => Array.from({ length: value.cases }, () => ({ ...value, cases: 1 })));
}

describe('percentiles and medians', () => {
  test.each([
    { values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], share: 0.9, is: 9 },
    { values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], share: 0.1, is: 1 },
    { values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], share: 0.9, is: 10 },
    { values: [7], share: 0.5, is: 7 },
    { values: [3, 1, 2], share: 1, is: 3 },
    { values: [3, 1, 2], share: 0, is: 1 },
  ])('$share of $values lie at or under $is', ({ values, share, is }) => {
    expect(percentile(one(values), share)).toBe(is);
  });

  test('a median of an even number of cases lies between the two in the middle', () => {
    expect(median(one([1, 2, 10, 20]))).toBe(6);
    expect(median(one([1, 2, 10]))).toBe(2);
    expect(
      median([
        { value: 1, cases: 1 },
        { value: 5, cases: 9 },
      ]),
    ).toBe(5);
  });

  test('nothing is known without a case', () => {
    expect([median([]), percentile([], 0.5), commonest([]), variation([]), rankCorrelation([])]).toEqual(
      Array.from({ length: 5 }, () => null),
    );
  });

  test('so many cases of a value are that value so many times', () => {
    fc.assert(
      fc.property(anyCounted, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const written = writtenOut(values);
        expect(percentile(values, share)).toBe(percentile(written, share));
        expect(median(values)).toBe(median(written));
        expect(commonest(values)).toEqual(commonest(written));
        const sorted = written.map(({ value }) => value).sort((a, b) => a - b);
        if (sorted.length > 0) {
          expect(median(values)).toBe(
            ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.floor(sorted.length / 2)] ?? 0)) / 2,
          );
        }
      }),
    );
  });
});

describe('the coefficient of variation', () => {
  test.each([
    { values: [10, 10, 10], is: 0 },
    { values: [2, 4, 4, 4, 5, 5, 7, 9], is: 0.4 },
    { values: [0, 20], is: 1 },
  ])('of $values is $is', ({ values, is }) => {
    expect(variation(one(values))).toBeCloseTo(is, 12);
  });

  test('is none where the mean is zero', () => {
    expect(variation(one([0, 0]))).toBeNull();
  });

  test('and every other figure is the same to the last digit in any order, and case by case', () => {
    const figures = (values: Counted[]): unknown[] => [
      variation(values),
      median(values),
      percentile(values, 0.9),
      commonest(values),
    ];
    const both = anyCounted.chain((values) =>
      fc.record({
        values: fc.constant(values),
        mixed: fc.shuffledSubarray(writtenOut(values), { minLength: totalCases(values) }),
      }),
    );
    fc.assert(fc.property(both, ({ values, mixed }) => expect(figures(mixed)).toEqual(figures(values))));
  });

  test('does not hang on the unit', () => {
    fc.assert(
      fc.property(anyCounted, fc.integer({ min: 1, max: 1000 }), (values, scale) => {
        const before = variation(values);
        const after = variation(values.map(({ value, cases }) => ({ value: value * scale, cases })));
        if (before === null) expect(after).toBeNull();
        else expect(after).toBeCloseTo(before, 9);
      }),
    );
  });
});

describe('rank correlation', () => {
  test.each([
    // The example of the textbooks (IQ and hours of television): -29/165.
    {
      xs: [106, 100, 86, 101, 99, 103, 97, 113, 112, 110],
      ys: [7, 27, 2, 50, 28, 29, 20, 12, 6, 17],
      is: -29 / 165,
    },
    { xs: [1, 2, 3], ys: [10, 100, 1000], is: 1 },
    { xs: [1, 2, 3], ys: [5, 4, 1], is: -1 },
    // With ties: ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4.
    { xs: [1, 2, 2, 3], ys: [1, 2, 3, 4], is: 4.5 / Math.sqrt(4.5 * 5) },
  ])('of $xs and $ys is $is', ({ xs, ys, is }) => {
    expect(rankCorrelation(pairs(xs, ys))).toBeCloseTo(is, 12);
  });

  test('is none where one side does not vary', () => {
    expect(rankCorrelation(pairs([1, 2, 3], [4, 4, 4]))).toBeNull();
    expect(rankCorrelation(pairs([4, 4, 4], [1, 2, 3]))).toBeNull();
  });

  test('is between -1 and 1, the same both ways, in any order, and written out', () => {
    fc.assert(
      fc.property(anyPairs, (all) => {
        const found = rankCorrelation(all);
        const others = [
          rankCorrelation(all.map(({ x, y, cases }) => ({ x: y, y: x, cases }))),
          rankCorrelation(all.toReversed()),
          rankCorrelation(writtenOut(all)),
        ];
        for (const other of others) {
          if (found === null) expect(other).toBeNull();
          else expect(other).toBeCloseTo(found, 9);
        }
        if (found !== null) expect(Math.abs(found)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('knows no more than the order: any rising change of a side leaves it, turning a side around turns it', () => {
    fc.assert(
      fc.property(anyPairs, (all) => {
        const found = rankCorrelation(all);
        if (found === null) return;
        const stretched = all.map(({ x, y, cases }) => ({ x: x ** 3 + 2 * x, y, cases }));
        const turned = all.map(({ x, y, cases }) => ({ x: -x, y, cases }));
        expect(rankCorrelation(stretched)).toBeCloseTo(found, 9);
        expect(rankCorrelation(turned)).toBeCloseTo(-found, 9);
      }),
    );
  });
});

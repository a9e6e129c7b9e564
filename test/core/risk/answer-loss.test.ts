/** When sources have stopped answering: days of questions and answers. */
import fc from 'fast-check';
import { type AskedDay, lossOf, peersOn } from '../../../src/core/risk/answer-loss.ts';
import { addDays } from '../../../src/core/units/day.ts';

/** Days in a row from a Monday on, each with what was answered of a hundred. */
function days(answered: readonly number[], over: (index: number) => Partial<AskedDay> = () => ({})): AskedDay[] {
  return answered.map((count, index) => ({
    day: addDays('2026-11-02', index),
    asked: 100,
    answered: count,
    noAccess: 0,
    ...over(index),
  }));
}

const fall = (answered: readonly number[]): number | undefined => lossOf(days(answered), [])?.fall;

describe('a loss of answers', () => {
  test.each([
    { story: 'as ever', answered: [95, 96, 94, 95], is: 0.01 },
    { story: 'gone from one day to the next', answered: [95, 96, 20, 18], is: 0.76 },
    { story: 'gone and come back', answered: [95, 96, 20, 95], is: 0.01 },
    { story: 'gone and half come back', answered: [95, 96, 20, 60], is: 0.36 },
    { story: 'sinking slowly: no day of it is the fall', answered: [95, 90, 85, 80], is: 0.05 },
    { story: 'rising', answered: [20, 60, 95], is: 0 },
  ])('$story', ({ answered, is }) => {
    expect(fall(answered)).toBeCloseTo(is, 9);
  });

  test('names the last day before and the day of it', () => {
    expect(lossOf(days([95, 96, 20, 18]), [])).toMatchObject({
      before: { day: '2026-11-03' },
      after: { day: '2026-11-04' },
      beforeShare: 0.96,
      afterShare: 0.2,
    });
  });

  test('needs two days with questions enough, and no week between them', () => {
    expect(lossOf([], [])).toBeNull();
    expect(lossOf(days([95]), [])).toBeNull();
    expect(
      lossOf(
        days([95, 10], (index) => (index === 1 ? { asked: 19 } : {})),
        [],
      ),
    ).toBeNull();
    expect(
      lossOf(
        days([95, 10], (index) => (index === 1 ? { day: '2026-11-10' } : {})),
        [],
      ),
    ).toBeNull();
  });

  test('passes over days with few questions', () => {
    const sunday = (index: number): Partial<AskedDay> => (index === 1 ? { asked: 12, answered: 1 } : {});
    expect(lossOf(days([95, 0, 94], sunday), [])).toMatchObject({ after: { day: '2026-11-04' } });
  });

  test('takes a fall that is sure before a greater one that chance may explain', () => {
    const small = (index: number): Partial<AskedDay> =>
      index < 2 ? { asked: 20, answered: index === 0 ? 20 : 16 } : { asked: 2000, answered: index === 2 ? 1580 : 1400 };
    const loss = lossOf(days([0, 0, 0, 0], small), []);
    expect(loss?.before.asked).toBe(2000);
  });

  test('does not count refusals that the carrier made a rule for everybody', () => {
    const closing = days([95, 95, 40, 41], (index) => (index >= 2 ? { noAccess: 58 } : {}));
    expect(lossOf(closing, [])?.fall).toBeCloseTo(0.54, 9);
    expect(lossOf(closing, ['2026-11-04'])?.fall).toBeLessThan(0.02);
    // They are the vendor's where nothing was closed that day.
    expect(lossOf(closing, ['2026-11-03'])?.fall).toBeCloseTo(0.54, 9);
  });

  test('is one share of another, in any order of days, and never under what came back', () => {
    const anyDays = fc.array(
      fc.record({ asked: fc.integer({ min: 20, max: 300 }), part: fc.double({ min: 0, max: 1, noNaN: true }) }),
      {
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(anyDays, (shares) => {
        const all = shares.map(({ asked, part }, index) => ({
          day: addDays('2026-11-02', index),
          asked,
          answered: Math.floor(asked * part),
          noAccess: 0,
        }));
        const loss = lossOf(all, []);
        expect(lossOf(all.toReversed(), [])).toEqual(loss);
        if (all.length < 2) expect(loss).toBeNull();
        if (loss === null) return;
        expect(loss.fall).toBeGreaterThanOrEqual(0);
        expect(loss.fall).toBeLessThanOrEqual(loss.beforeShare);
        const since = all.filter(({ day }) => day >= loss.after.day).map(({ asked, answered }) => answered / asked);
        expect(loss.afterShare).toBe(Math.max(...since));
      }),
    );
  });
});

test('the other vendors stand beside it where they were asked about', () => {
  const others = [...days([50, 60]), ...days([100, 80])];
  expect(peersOn('2026-11-02', others)).toBe(0.75);
  expect(peersOn('2026-11-09', others)).toBeNull();
});

/** A share that fell is told until it is mended, and coming and going of a few labels is not. */
import fc from 'fast-check';
import {
  type Coverage,
  type CoverageBefore,
  type CoverageThen,
  coverageFalls,
  coverageReasons,
} from '../../../src/core/risk/coverage.ts';
import { scoreVendor } from '../../../src/core/risk/score.ts';

const DAY = '2026-12-01';
const of = (answered: number, labels = 100, rated = labels): Coverage => ({ labels, answered, rated });
const on = (day: string, coverage: Coverage): CoverageThen => ({ day, ...coverage });
const before = (coverage: Coverage, fellFrom: CoverageThen | null = null): CoverageBefore => ({
  earlier: on('2026-11-30', coverage),
  fellFrom,
});
const falls = (now: Coverage, past: CoverageBefore | null) => coverageFalls(now, { before: past, day: DAY });
const shares = (now: Coverage, past: CoverageBefore | null): string[] =>
  falls(now, past).falls.map(({ share }) => share);

test.each<{ story: string; now: Coverage; past: CoverageBefore | null; fell: string[] }>([
  { story: 'the first report has nothing to compare with', now: of(0), past: null, fell: [] },
  { story: 'as much as before', now: of(90), past: before(of(90)), fell: [] },
  { story: 'ten points less are the coming and going of a week', now: of(80), past: before(of(90)), fell: [] },
  { story: 'eleven points less', now: of(79), past: before(of(90)), fell: ['answered'] },
  { story: 'ten points of other numbers of labels', now: of(21, 30), past: before(of(40, 50)), fell: [] },
  { story: 'a little more than that', now: of(20, 30), past: before(of(40, 50)), fell: ['answered'] },
  { story: 'prices missing', now: of(90, 100, 60), past: before(of(90)), fell: ['rated'] },
  { story: 'both', now: of(50, 100, 60), past: before(of(90)), fell: ['answered', 'rated'] },
  { story: 'more than before', now: of(100), past: before(of(50)), fell: [] },
  { story: 'too few labels now', now: of(0, 19), past: before(of(90)), fell: [] },
  { story: 'just enough labels now', now: of(0, 20), past: before(of(90)), fell: ['answered'] },
  { story: 'too few labels before', now: of(0), past: before(of(19, 19)), fell: [] },
])('$story', ({ now, past, fell }) => {
  expect(shares(now, past)).toEqual(fell);
});

describe('a fall that nobody mended', () => {
  const good = on('2026-11-25', of(90));

  test('is measured by what it fell from, not by the day before', () => {
    expect(shares(of(20), before(of(20), good))).toEqual(['answered']);
    expect(falls(of(20), before(of(20), good)).fellFrom).toEqual({ ...good, shares: ['answered'] });
  });

  test('ends when the share is back, and nothing of it is kept', () => {
    expect(falls(of(85), before(of(20), good))).toEqual({ falls: [], fellFrom: null });
  });

  test('does not end because few labels, or none, were bought', () => {
    expect(shares(of(1, 5), before(of(20), good))).toEqual(['answered']);
    expect(shares(of(0, 0), before(of(20), good))).toEqual(['answered', 'rated']);
  });

  test('does not end because a few labels look well, however often', () => {
    const well = falls(of(5, 5), before(of(20), good));
    expect(well.falls).toMatchObject([{ share: 'answered', now: of(5, 5), earlier: good, isHeld: true }]);
    const again = falls(of(19, 19), before(of(5, 5), well.fellFrom));
    expect(again.falls.map(({ share, isHeld }) => [share, isHeld])).toEqual([['answered', true]]);
    expect(falls(of(18, 20), before(of(19, 19), again.fellFrom))).toEqual({ falls: [], fellFrom: null });
    expect(shares(of(9, 20), before(of(19, 19), again.fellFrom))).toEqual(['answered']);
  });

  test('holds no share that only a few labels show fallen', () => {
    const none = falls(of(0, 0), before(of(20), good));
    expect(shares(of(5, 5), before(of(0, 0), none.fellFrom))).toEqual(['answered']);
  });

  test('is how it is after a month', () => {
    expect(shares(of(20), before(of(20), on('2026-11-01', of(90))))).toEqual(['answered']);
    expect(shares(of(20), before(of(20), on('2026-10-31', of(90))))).toEqual([]);
  });
});

describe('what it does to a decision', () => {
  const clean = {
    vendor: 'V',
    labels: 500,
    rated: 500,
    answered: 480,
    criticalProven: 0,
    criticalStrong: 0,
    criticalIndicative: 0,
    criticalAboutVendor: 0,
    graveRules: [],
    high: 0,
    openGrave: 0,
    medium: 0,
    attributed: 0,
    sourceLost: null,
  };
  const reasons = (now: Coverage, options: Partial<Parameters<typeof coverageReasons>[0]> = {}) =>
    coverageReasons({ own: { now, falls: falls(now, before(of(90))).falls }, all: [], missed: [], ...options });

  test('a vendor with a clean record is watched, and the reason names the fall', () => {
    expect(scoreVendor(clean).decision).toBe('buy');
    const { decision, reasons: why } = scoreVendor(clean, reasons(of(50)));
    expect(decision).toBe('watch');
    expect(why[0]).toEqual({
      code: 'answered_fell',
      values: { count: 50, labels: 100, days: 7, share: 0.5, before: 0.9, day: '2026-11-30' },
    });
  });

  test('what fell of all vendors together counts for one with too few labels of its own', () => {
    const all = falls(of(50), before(of(90))).falls;
    expect(reasons(of(5, 5), { all }).map(({ code }) => code)).toEqual(['answered_fell_overall']);
    expect(reasons(of(90), { all })).toEqual([]);
  });

  test('a fall that few labels do not show mended is told as that, without a share of them', () => {
    const { falls: held } = falls(of(5, 5), before(of(20), on('2026-11-25', of(90))));
    const [reason] = coverageReasons({ own: { now: of(5, 5), falls: held }, all: [], missed: [] });
    expect(reason).toMatchObject({ code: 'answered_held', values: { labels: 5, before: 0.9, day: '2026-11-25' } });
  });

  test('a file that stays away is a reason of its own', () => {
    const missed = [
      { kind: 'labels' as const, hours: 30, ofVendor: true },
      { kind: 'labels' as const, hours: 30, ofVendor: false },
      { kind: 'tracking' as const, hours: 50, ofVendor: false },
    ];
    const found = reasons(of(90), { missed });
    expect(found.map(({ code }) => code)).toEqual(['missed_vendor', 'missed_labels', 'missed_tracking']);
    expect(scoreVendor(clean, found).decision).toBe('watch');
  });

  test('less coverage never makes a decision milder', () => {
    const counts = fc.record({ labels: fc.nat(200), answered: fc.nat(200), rated: fc.nat(200) });
    fc.assert(
      fc.property(counts, counts, fc.nat(5), (now, then, proven) => {
        const record = { ...clean, criticalProven: proven };
        const lost = coverageReasons({
          own: { now, falls: falls(now, before(then)).falls },
          all: [],
          missed: [],
        });
        const [plain, less] = [scoreVendor(record).decision, scoreVendor(record, lost).decision];
        expect(less === plain || (plain === 'buy' && less === 'watch' && lost.length > 0)).toBe(true);
      }),
    );
  });
});

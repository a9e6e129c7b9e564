/** Buy, watch or stop: stories of vendors. */
import fc from 'fast-check';
import { type VendorRecord, scoreVendor } from '../../../src/core/risk/score.ts';

const honest: VendorRecord = {
  vendor: 'Honest',
  labels: 120,
  rated: 118,
  answered: 115,
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

const stories: { story: string; record: Partial<VendorRecord>; decision: string; first: string }[] = [
  { story: 'nothing against it and enough looked at', record: {}, decision: 'buy', first: 'clean' },
  { story: 'a few low findings', record: { attributed: 4 }, decision: 'buy', first: 'minor_findings' },
  {
    story: 'one statement of the carrier among many labels',
    record: { criticalProven: 1 },
    decision: 'watch',
    first: 'critical_single',
  },
  { story: 'three of them', record: { criticalProven: 3 }, decision: 'stop', first: 'critical_proven' },
  {
    story: 'a critical finding about the vendor itself',
    record: { criticalAboutVendor: 1 },
    decision: 'stop',
    first: 'critical_about_vendor',
  },
  { story: 'three strong cases', record: { criticalStrong: 3 }, decision: 'stop', first: 'critical_pattern' },
  { story: 'two strong cases among many', record: { criticalStrong: 2 }, decision: 'watch', first: 'critical_single' },
  {
    story: 'two strong cases among 24 answers',
    record: { labels: 24, answered: 24, rated: 24, criticalStrong: 2 },
    decision: 'stop',
    first: 'critical_share',
  },
  {
    story: 'one strong case borne out by a second rule',
    record: { criticalStrong: 1, graveRules: ['below-floor-price', 'counterfeit-postage-notice'], high: 3 },
    decision: 'stop',
    first: 'critical_two_signals',
  },
  { story: 'one strong case alone', record: { criticalStrong: 1 }, decision: 'watch', first: 'critical_single' },
  {
    story: 'a critical case that is only indicative',
    record: { criticalIndicative: 5 },
    decision: 'watch',
    first: 'critical_indicative',
  },
  { story: 'something high attributed to it', record: { high: 1 }, decision: 'watch', first: 'high_attributed' },
  { story: 'something grave that is open', record: { openGrave: 1 }, decision: 'watch', first: 'grave_open' },
  {
    story: 'a habit of medium findings',
    record: { medium: 15, attributed: 15 },
    decision: 'watch',
    first: 'medium_share',
  },
  { story: 'a habit of small findings', record: { attributed: 30 }, decision: 'watch', first: 'attributed_share' },
  {
    story: 'sources stopped answering, and nothing else speaks against it',
    record: { sourceLost: { before: 0.97, after: 0.4 } },
    decision: 'watch',
    first: 'source_lost',
  },
  { story: 'no tracking at all', record: { answered: 0 }, decision: 'watch', first: 'no_answers' },
  { story: 'nineteen answers', record: { answered: 19 }, decision: 'watch', first: 'few_answers' },
  { story: 'answers for under half', record: { answered: 59 }, decision: 'watch', first: 'low_answered_share' },
  { story: 'answers for half', record: { answered: 60 }, decision: 'buy', first: 'clean' },
  { story: 'prices for under half', record: { rated: 59 }, decision: 'watch', first: 'low_rated_share' },
  { story: 'no label at all', record: { labels: 0, rated: 0, answered: 0 }, decision: 'watch', first: 'no_labels' },
];

describe('the decision about a vendor', () => {
  test.each(stories)('$story: $decision', ({ record, decision, first }) => {
    const score = scoreVendor({ ...honest, ...record });
    expect(score.decision).toBe(decision);
    expect(score.reasons[0]?.code).toBe(first);
  });

  test('a stop still says what else is wrong and what could not be checked', () => {
    const codes = scoreVendor({ ...honest, criticalStrong: 4, openGrave: 2, rated: 0 }).reasons.map((r) => r.code);
    expect(codes).toEqual(['critical_pattern', 'grave_open', 'low_rated_share']);
  });

  const count = fc.nat(400);
  const anyRecord = fc
    .record({
      labels: count,
      rated: count,
      answered: count,
      criticalProven: count,
      criticalStrong: count,
      criticalIndicative: count,
      criticalAboutVendor: count,
      high: count,
      openGrave: count,
      medium: count,
      attributed: count,
    })
    .map((record): VendorRecord => ({ ...honest, ...record }));

  test('there is always a reason, and never a buy without enough answers and prices', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const { decision, reasons } = scoreVendor(record);
        expect(reasons.length).toBeGreaterThan(0);
        if (decision !== 'buy') return;
        expect(record.answered).toBeGreaterThanOrEqual(20);
        expect(record.rated * 2).toBeGreaterThanOrEqual(record.labels);
        expect(record.criticalProven + record.criticalStrong + record.high + record.openGrave).toBe(0);
      }),
    );
  });

  test('one more critical label never makes the decision milder', () => {
    const rank = { buy: 0, watch: 1, stop: 2 };
    fc.assert(
      fc.property(anyRecord, (record) => {
        const before = rank[scoreVendor(record).decision];
        const proven = rank[scoreVendor({ ...record, criticalProven: record.criticalProven + 1 }).decision];
        const strong = rank[scoreVendor({ ...record, criticalStrong: record.criticalStrong + 1 }).decision];
        expect(proven).toBeGreaterThanOrEqual(Math.max(before, rank.watch));
        expect(strong).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});

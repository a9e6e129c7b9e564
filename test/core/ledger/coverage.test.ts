/** Which period of a vendor's invoices a day is of, and which days an invoice more, or one less, is about. */
import { followingPeriod, invoicedPeriod } from '../../../src/core/facts/covered-time.ts';
import type { VendorCoverage } from '../../../src/core/ledger/charge.ts';
import { NOTHING_COVERED, coverageChanges, distinctPeriods } from '../../../src/core/ledger/coverage.ts';

const OCTOBER = { from: '2026-10-01', to: '2026-10-31' };
const NOVEMBER = { from: '2026-11-01', to: '2026-11-30' };
const by = (...invoiced: VendorCoverage['invoiced']): VendorCoverage => ({ ...NOTHING_COVERED, invoiced });
const changes = (before: VendorCoverage, after: VendorCoverage) =>
  coverageChanges(new Map([['acme', before]]), new Map([['acme', after]]));

test('periods are kept as the invoices state them, in order and each once', () => {
  const week = { from: '2026-10-01', to: '2026-10-07' };
  expect(distinctPeriods([NOVEMBER, OCTOBER, week, OCTOBER])).toEqual([week, OCTOBER, NOVEMBER]);
});

describe('the period of a day', () => {
  test.each<[string, VendorCoverage, string, string | undefined]>([
    ['ends with its own invoice, not with the one that follows', by(OCTOBER, NOVEMBER), '2026-10-14', '2026-10-31'],
    ['on the last day, too', by(OCTOBER, NOVEMBER), '2026-10-31', '2026-10-31'],
    [
      'ends with the last of the invoices that overlap on it',
      by(OCTOBER, { from: '2026-10-20', to: '2026-11-05' }),
      '2026-10-25',
      '2026-11-05',
    ],
    [
      'goes by those that hold the day only',
      by(OCTOBER, { from: '2026-10-20', to: '2026-11-05' }),
      '2026-10-14',
      '2026-10-31',
    ],
    ['does not grow with invoices of a week that come every day', by(...rolling(30)), '2026-11-03', '2026-11-09'],
    ['is none where no invoice covers it', by(OCTOBER), '2026-11-01', undefined],
  ])('%s', (_story, coverage, day, end) => expect(invoicedPeriod(day, coverage)?.to).toBe(end));

  test.each<[string, VendorCoverage, string, string | undefined]>([
    ['is followed by the next one without a gap', by(OCTOBER, NOVEMBER), '2026-10-31', '2026-11-30'],
    ['is followed by nothing as long as the next has not come', by(OCTOBER), '2026-10-31', undefined],
    [
      'is followed by nothing after a gap',
      by(OCTOBER, { from: '2026-11-02', to: '2026-11-30' }),
      '2026-10-31',
      undefined,
    ],
    [
      'is followed by one that overlaps it',
      by(OCTOBER, { from: '2026-10-25', to: '2026-11-05' }),
      '2026-10-14',
      '2026-11-05',
    ],
  ])('%s', (_story, coverage, day, end) => expect(followingPeriod(day, coverage)?.to).toBe(end));
});

/** Invoices of seven days, one every day of November. */
function rolling(count: number): VendorCoverage['invoiced'] {
  const day = (date: number): string => new Date(Date.UTC(2026, 10, date)).toISOString().slice(0, 10);
  return Array.from({ length: count }, (_, place) => ({ from: day(place + 1), to: day(place + 7) }));
}

describe('an invoice more', () => {
  test('is about its own days, and those just before that may have waited for it', () => {
    expect(changes(by(OCTOBER), by(OCTOBER, NOVEMBER))).toEqual([
      { vendor: 'acme', periods: [{ from: '2026-10-25', to: '2026-11-30' }], currencies: false },
    ]);
  });

  test('that was taken back is about the same', () => {
    expect(changes(by(OCTOBER, NOVEMBER), by(OCTOBER))).toEqual(changes(by(OCTOBER), by(OCTOBER, NOVEMBER)));
  });

  test('of the same period is about nothing', () => {
    expect(changes(by(OCTOBER), by(OCTOBER))).toEqual([]);
  });
});

/** Charges and adjustments of labels that no file has, of vendors whose files do not have labels of each day. */
import { loadCalendar } from '../../../src/catalog/calendar.ts';
import { MOST_ADJUSTED_AFTER_DAYS } from '../../../src/core/facts/coverage.ts';
import type { ChargeDigest, ChargeLine, Period } from '../../../src/core/ledger/charge.ts';
import { type Day, addDays } from '../../../src/core/units/day.ts';
import { answers, covered, judge } from '../../support/charge-story.ts';
import { shippedBook } from '../../support/judge.ts';
import { aDigest } from '../../support/ledger.ts';
import { ROOT } from '../../support/rating.ts';

const RULE = 'charge-without-label';
const { holidays } = loadCalendar(ROOT);
const FIRST = '2025-08-01';
const ADJUSTED = '2026-04-15';

/** Runs of the days with a sale, from August 2025 to the end of May 2026. */
function soldWhere(isSold: (day: Day) => boolean): Period[] {
  const runs: Period[] = [];
  for (let day = FIRST; day <= '2026-05-31'; day = addDays(day, 1)) {
    if (!isSold(day)) continue;
    const last = runs.at(-1);
    if (last !== undefined && addDays(last.to, 1) === day) last.to = day;
    else runs.push({ from: day, to: day });
  }
  return runs;
}

const within = (day: Day, from: Day, to: Day): boolean => from <= day && day <= to;
const isWorkday = (day: Day): boolean => {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.has(day);
};

/** Whom the finding names, or why nothing is said. */
function toldOf(charges: ChargeDigest, isSold: (day: Day) => boolean): (string | null)[] {
  const story = { sales: [], charges, coverage: { ...covered, sold: soldWhere(isSold) } };
  const named = judge(story).findings.flatMap(({ rule, attribution }) => (rule === RULE ? [attribution] : []));
  return named.length > 0 ? named : answers(story, RULE).slice(0, 1);
}

function told(isSold: (day: Day) => boolean): (string | null)[] {
  const adjusts = { chargeType: 'adjustment' as const, periodFrom: null, periodTo: null, invoiceDate: '2026-04-30' };
  return toldOf(aDigest({ ...adjusts, chargedDay: ADJUSTED }), isSold);
}

const UNKNOWN = 'unknown: coverage.days_sold_after';

test.each<[string, (day: Day) => boolean, string]>([
  ['a vendor who sells every day', () => true, 'vendor'],
  ['one who sells on workdays', isWorkday, 'open'],
  ['one who sells on workdays, but not on one Tuesday', (day) => isWorkday(day) && day !== '2026-02-03', 'open'],
  ['one who rests on Thanksgiving alone', (day) => day !== '2025-11-27', 'open'],
  [
    'one who rests on Thanksgiving and the three days after it',
    (day) => !within(day, '2025-11-27', '2025-11-30'),
    'open',
  ],
  ['one who sold nothing on five days in a row', (day) => !within(day, '2025-11-26', '2025-11-30'), UNKNOWN],
  ['one whose file of a week is missing', (day) => isWorkday(day) && !within(day, '2026-02-02', '2026-02-06'), UNKNOWN],
  [
    'one whose file of a week more than half a year ago is missing',
    (day) => !within(day, '2025-10-06', '2025-10-12'),
    'vendor',
  ],
  [
    'one whose file of a week just half a year ago is missing',
    (day) => !within(day, '2025-10-10', '2025-10-16'),
    UNKNOWN,
  ],
])('an adjustment of %s', (_story, isSold, expected) => expect(told(isSold)).toEqual([expected]));

describe('a charge of no label', () => {
  const charged = (isSold: (day: Day) => boolean, line: Partial<ChargeLine>) => {
    const charges = aDigest({ periodFrom: null, periodTo: null, invoiceDate: '2026-04-30', ...line });
    return toldOf(charges, isSold);
  };
  const onDay = (isSold: (day: Day) => boolean, chargedDay: Day) => charged(isSold, { chargedDay });

  test('of a day that alone has none, or of one beside it, accuses nobody', () => {
    const isSold = (day: Day): boolean => isWorkday(day) && day !== '2026-02-03';
    for (const day of ['2026-02-02', '2026-02-03', '2026-02-04']) expect(onDay(isSold, day)).toEqual([UNKNOWN]);
    expect(onDay(isSold, '2026-02-05')).toEqual(['vendor']);
  });

  test('names nobody on the days that never have one, for files may be missing week by week', () => {
    const isNoSaturday = (day: Day): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() !== 6;
    expect(onDay(isNoSaturday, '2026-02-07')).toEqual(['open']);
    expect(onDay(isNoSaturday, '2026-02-06')).toEqual(['vendor']);
    expect(onDay(isNoSaturday, '2026-02-04')).toEqual(['vendor']);
    const february = { chargedDay: null, periodFrom: '2026-02-01', periodTo: '2026-02-28' };
    expect(charged(isNoSaturday, february)).toEqual(['open']);
    expect(charged(() => true, february)).toEqual(['vendor']);
  });
});

test('no rule can ask for days without a label over a longer time than the facts look at', () => {
  const rule = shippedBook.rules.find(({ id }) => id === RULE);
  expect(rule?.file.params['adjustment_reach_days']?.max).toBe(MOST_ADJUSTED_AFTER_DAYS);
});

/** When a day's report is due, also on the days on which clocks are put forward or back. */
import { asOfOfReport, dueDay, instantOfReport, nextReportAt } from '../../src/reports/report-day.ts';

const at = (reportAt: string, reportTimeZone: string) => ({ reportAt, reportTimeZone });
const instant = (day: string, schedule: ReturnType<typeof at>): string =>
  new Date(instantOfReport(day, schedule)).toISOString();

test.each([
  { story: 'in UTC', day: '2026-12-01', schedule: at('06:00', 'UTC'), is: '2026-12-01T06:00:00.000Z' },
  {
    story: 'in winter',
    day: '2026-12-01',
    schedule: at('06:00', 'America/Los_Angeles'),
    is: '2026-12-01T14:00:00.000Z',
  },
  {
    story: 'in summer',
    day: '2026-07-01',
    schedule: at('06:00', 'America/Los_Angeles'),
    is: '2026-07-01T13:00:00.000Z',
  },
  {
    story: 'east of the date line',
    day: '2026-12-01',
    schedule: at('06:00', 'Asia/Shanghai'),
    is: '2026-11-30T22:00:00.000Z',
  },
  {
    story: 'at a skipped time, moved forward',
    day: '2026-03-08',
    schedule: at('02:30', 'America/New_York'),
    is: '2026-03-08T07:30:00.000Z',
  },
  {
    story: 'at a doubled time, the first',
    day: '2026-11-01',
    schedule: at('01:30', 'America/New_York'),
    is: '2026-11-01T05:30:00.000Z',
  },
  { story: 'at midnight', day: '2026-12-01', schedule: at('00:00', 'Europe/Berlin'), is: '2026-11-30T23:00:00.000Z' },
])('$story', ({ day, schedule, is }) => expect(instant(day, schedule)).toBe(is));

test('a day is due from its minute on', () => {
  const schedule = at('06:00', 'America/Los_Angeles');
  expect(dueDay(Date.parse('2026-12-01T13:59:59Z'), schedule)).toBe('2026-11-30');
  expect(dueDay(Date.parse('2026-12-01T14:00:00Z'), schedule)).toBe('2026-12-01');
  expect(new Date(nextReportAt(Date.parse('2026-12-01T14:00:00Z'), schedule)).toISOString()).toBe(
    '2026-12-02T14:00:00.000Z',
  );
});

test('every day of a year has one report, 23 to 25 hours after the one before', () => {
  for (const schedule of [
    at('02:30', 'America/New_York'),
    at('01:30', 'America/New_York'),
    at('00:00', 'America/Santiago'),
  ]) {
    let now = Date.parse('2026-01-01T12:00:00Z');
    for (let day = 0; day < 366; day += 1) {
      const next = nextReportAt(now, schedule);
      expect(dueDay(next, schedule) > dueDay(next - 1, schedule)).toBe(true);
      expect((next - instantOfReport(dueDay(now, schedule), schedule)) / 3_600_000).toBeGreaterThanOrEqual(23);
      expect((next - instantOfReport(dueDay(now, schedule), schedule)) / 3_600_000).toBeLessThanOrEqual(25);
      now = next;
    }
  }
});

test('an audit that looked later the same day sets the clock; one of a later day ends the day', () => {
  const schedule = at('06:00', 'UTC');
  const asOf = (latest: string | null) =>
    asOfOfReport('2026-12-01', { latestAudit: latest === null ? null : Date.parse(latest), schedule });
  const due = Date.parse('2026-12-01T06:00:00Z');
  expect(asOf(null)).toBe(due);
  expect(asOf('2026-11-30T06:00:00Z')).toBe(due);
  expect(asOf('2026-12-01T06:00:00Z')).toBe(due);
  expect(asOf('2026-12-01T15:00:00Z')).toBe(Date.parse('2026-12-01T15:00:00Z'));
  expect(asOf('2026-12-02T06:00:00Z')).toBeNull();
});

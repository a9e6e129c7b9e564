/** Which instant the report of a day is as of, by the clock of a time zone, and which day's report is due. */
import { DateTime } from 'luxon';
import { type Day, type Instant, addDays } from '../core/units/day.ts';

/** The part of the configuration that says when the daily report is made. */
export interface ReportSchedule {
  /** HH:MM. */
  reportAt: string;
  /** IANA name. */
  reportTimeZone: string;
}

/**
 * The instant at which the report of the day is due. A time that the clock skips is taken as much later as the clock
 * jumps; of a time that it shows twice, the first counts.
 */
export function instantOfReport(day: Day, { reportAt, reportTimeZone }: ReportSchedule): Instant {
  const local = DateTime.fromISO(`${day}T${reportAt}`, { zone: reportTimeZone });
  if (!local.isValid) throw new RangeError(`${day}T${reportAt} in ${reportTimeZone} is no time`);
  return Math.min(...local.getPossibleOffsets().map((each) => each.toMillis()));
}

/** The latest day whose report is due at the instant. */
export function dueDay(now: Instant, schedule: ReportSchedule): Day {
  const today = dayIn(now, schedule);
  return instantOfReport(today, schedule) <= now ? today : addDays(today, -1);
}

/** The day that the instant lies in. */
export function dayIn(now: Instant, { reportTimeZone }: Pick<ReportSchedule, 'reportTimeZone'>): Day {
  return DateTime.fromMillis(now, { zone: reportTimeZone }).toFormat('yyyy-MM-dd');
}

/** When the next report will be due. */
export function nextReportAt(now: Instant, schedule: ReportSchedule): Instant {
  return instantOfReport(addDays(dueDay(now, schedule), 1), schedule);
}

/**
 * The clock of the audit for the report of a day: when it is due, or that of the latest audit done where one has looked
 * later before the next report is due, since findings stand as of the last audit. Null = the day is over for audits.
 */
export function asOfOfReport(
  day: Day,
  { latestAudit, schedule }: { latestAudit: Instant | null; schedule: ReportSchedule },
): Instant | null {
  const due = instantOfReport(day, schedule);
  if (latestAudit === null || latestAudit <= due) return due;
  return latestAudit < instantOfReport(addDays(day, 1), schedule) ? latestAudit : null;
}

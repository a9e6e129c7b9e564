/** What the list of days with a report and the page of one report show. */
import { LOCALES, type Locale } from '../core/rules/answer.ts';
import type { Day } from '../core/units/day.ts';
import { instantTextIn } from '../reports/instant-text.ts';
import { groupDigits } from '../reports/number-text.ts';
import type { ArchivedLine, ArchivedReport } from '../reports/report-archive.store.ts';
import type { ReportSchedule } from '../reports/report-day.ts';
import type { ArchiveFile } from '../reports/report-files.ts';
import type { Wording } from '../reports/wording.ts';

/** What people take along from the list; the page of the report offers every file. */
const DOWNLOADS: readonly ArchiveFile[] = ['report.xlsx', 'findings.csv'];

/** The list of days; `next` is the address of the days before, null at the end. */
export function archivePage(lines: readonly ArchivedLine[], next: string | null, wording: Wording) {
  return {
    title: wording.say('archive.title'),
    lead: wording.say('archive.lead'),
    reports: lines.map((line) => lineView(line, wording)),
    next,
  };
}

function lineView({ day, severity, editions, changes }: ArchivedLine, wording: Wording) {
  return {
    day,
    href: `/reports/${day}`,
    tone: severity ?? '',
    severity: wording.say(severity === null ? 'archive.no_finding' : `severity.${severity}`),
    editions: editions > 1 ? wording.say('archive.editions', { count: editions }) : null,
    new: groupDigits(changes.new),
    reopened: groupDigits(changes.reopened),
    stillOpen: groupDigits(changes.stillOpen),
    resolved: groupDigits(changes.resolved),
    files: downloads(day, DOWNLOADS).map((file) => ({
      ...file,
      label: wording.say('archive.file_of', { file: file.name, day }),
    })),
  };
}

/** Whether the reader may ask for a report, and whether one that was asked for is still on its way. */
export interface Making {
  mayMake: boolean;
  making: boolean;
}

/** The page of one report; `report` is its HTML in the language it was made in, null where only its files can be shown. */
export function reportPage(
  {
    archived,
    names,
    report,
    mayMake,
    making,
  }: Making & {
    archived: ArchivedReport;
    names: readonly ArchiveFile[];
    report: string | null;
  },
  wording: Wording,
) {
  const { day, madeAt, timeZone, locale } = archived;
  return {
    title: wording.say('archive.report_of', { day }),
    said: wording.say('archive.made', { day, at: instantTextIn(timeZone)(madeAt.getTime()), timeZone }),
    files: downloads(day, names),
    lang: localeOfReport(locale),
    report,
    asMade: `/api/v1/reports/${day}/report.html`,
    mayMake,
    making,
  };
}

/** What to do before there is a report. */
export function firstStepsPage(
  { reportAt, reportTimeZone, mayMake, making }: Making & ReportSchedule,
  wording: Wording,
) {
  return {
    title: wording.say('first_steps.title'),
    due: wording.say('first_steps.due', { at: reportAt, timeZone: reportTimeZone }),
    mayMake,
    making,
  };
}

/** Tells one state of the archive from another: the same report made again has another time. */
export function stateOfArchive(latest: ArchivedReport | null): string {
  return latest === null ? 'none' : `${latest.day} ${latest.edition} ${latest.madeAt.getTime()}`;
}

/** The language of an archived report; a database column holds any text. */
export function localeOfReport(locale: string): Locale {
  return LOCALES.find((each) => each === locale) ?? 'en';
}

function downloads(day: Day, names: readonly ArchiveFile[]): { name: ArchiveFile; href: string }[] {
  return names.map((name) => ({ name, href: `/api/v1/reports/${day}/${name}` }));
}

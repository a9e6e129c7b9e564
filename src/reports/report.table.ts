/** The archive: the report of each day as it was made, with its files. */
import { EntitySchema } from 'typeorm';
import type { PageView } from './page-view.ts';
import type { ReportChanges } from './report-changes.ts';
import type { ReportChecks } from './report-checks.ts';

/** One report of one day; made again with other content it is another edition, and the earlier one stays. */
export interface ReportRow {
  day: string;
  /** First 16 hex digits of SHA-256 over report.json: the same content is the same edition. */
  edition: string;
  /** The clock of its audit: REPORT_AT on that day, in the time zone of the report. */
  asOf: Date;
  /** When it was made last: made again with the same content, only this moves. */
  madeAt: Date;
  locale: string;
  timeZone: string;
  /** The greatest severity in it; null without a finding. */
  severity: string | null;
  /** What the page shows (see reports/page-view.ts), so that it can be shown again without its audit. */
  view: PageView;
  changes: ReportChanges;
  /** The same figures, counted by other means while the report was made; its mail is checked against them. */
  checks: ReportChecks;
}

export const ReportTable = new EntitySchema<ReportRow>({
  name: 'report',
  columns: {
    day: { type: 'date', primary: true },
    edition: { type: 'char', length: 16, primary: true, collation: 'C' },
    asOf: { name: 'as_of', type: 'timestamptz' },
    madeAt: { name: 'made_at', type: 'timestamptz' },
    locale: { type: 'text' },
    timeZone: { name: 'time_zone', type: 'text' },
    severity: { type: 'text', nullable: true },
    view: { type: 'jsonb' },
    changes: { type: 'jsonb' },
    checks: { type: 'jsonb' },
  },
});

/** One file of an edition, byte for byte as it was written and mailed. */
export interface ReportFileRow {
  day: string;
  edition: string;
  /** One of reports/report-files.ts. */
  name: string;
  content: Buffer;
}

export const ReportFileTable = new EntitySchema<ReportFileRow>({
  name: 'report_file',
  columns: {
    day: { type: 'date', primary: true },
    edition: { type: 'char', length: 16, primary: true, collation: 'C' },
    name: { type: 'text', primary: true, collation: 'C' },
    content: { type: 'bytea' },
  },
});

/** A finding that some report told of, and since when: what comes back later is not new. */
export interface ReportedFindingRow {
  id: string;
  firstDay: string;
}

export const ReportedFindingTable = new EntitySchema<ReportedFindingRow>({
  name: 'reported_finding',
  columns: {
    id: { type: 'char', length: 32, primary: true, collation: 'C' },
    firstDay: { name: 'first_day', type: 'date' },
  },
});

/** An import that some report lists among its sources, and the first that does: the reports after it do not. */
export interface ReportedImportRow {
  id: string;
  firstDay: string;
}

export const ReportedImportTable = new EntitySchema<ReportedImportRow>({
  name: 'reported_import',
  columns: {
    id: { type: 'char', length: 64, primary: true, collation: 'C' },
    firstDay: { name: 'first_day', type: 'date' },
  },
});

/** What the mail of an archived report says and brings along, and what it is checked against. */
import { LOCALES } from '../core/rules/answer.ts';
import { projectRoot } from '../platform/config.ts';
import { ConflictError } from '../platform/errors.ts';
import { ReportDocumentSchema } from '../reports/report-document.ts';
import type { ArchiveContents, ArchiveFile } from '../reports/report-files.ts';
import type { ReportRow } from '../reports/report.table.ts';
import { type Wording, loadWording } from '../reports/wording.ts';
import { chooseAttachments } from './attachments.ts';
import type { Content } from './outbox.service.ts';
import { renderReportMail } from './report-mail.ts';
import type { CheckedReport } from './self-check.ts';

/** What goes along, if it fits; the lists and rejected rows only where there are any. */
const ATTACHED: readonly ArchiveFile[] = [
  'report.xlsx',
  'claims.csv',
  'stop-list.csv',
  'in-transit.csv',
  'findings.csv',
  'rejected-rows.csv',
];

/** A report that no mail can be made of: trying again does not help, making it again does. */
export class UnmailableReportError extends ConflictError {
  override name = 'UnmailableReportError';
}

/** An archived edition with its files. */
export interface Archived {
  report: ReportRow;
  files: ArchiveContents;
  /** Where the pages are, for links; null = nowhere. */
  publicUrl: string | null;
}

/** Throws an UnmailableReportError where the report does not fit, as one kept by an earlier release may not. */
export function reportMailContent(archived: Archived): { content: Content; checked: CheckedReport } {
  try {
    return contentOf(archived);
  } catch (error) {
    const { day } = archived.report;
    throw new UnmailableReportError(
      `the report of ${day} in the archive does not fit the mails of this release, it may be one of an earlier release: ` +
        `make it again and mail it with npm run cli -- report --date ${day} --send`,
      { cause: error },
    );
  }
}

function contentOf({ report, files, publicUrl }: Archived): { content: Content; checked: CheckedReport } {
  const { day, view, checks } = report;
  const wording = loadWording(projectRoot(), LOCALES.find((locale) => locale === report.locale) ?? 'en');
  const document = ReportDocumentSchema.parse(JSON.parse(String(files['report.json'])));
  const attachable = ATTACHED.flatMap((filename) => {
    const content = files[filename];
    return content === undefined ? [] : [{ filename, content: Buffer.from(content) }];
  });
  const { attachments, leftOut } = chooseAttachments(attachable);
  const attached = attachments.map(({ filename }) => filename);
  const mailed = { day, view, document, attached, leftOut, publicUrl, wording };
  const content = { ...renderReportMail(mailed, projectRoot()), ...envelopeOf(report, wording), attachments };
  return { content, checked: { document, checks, attachments, wording } };
}

function envelopeOf({ day, severity, view }: ReportRow, wording: Wording): Pick<Content, 'subject' | 'severity'> {
  const { line } = view.headline;
  const worst = view.severities[0];
  const word = worst?.heading ?? wording.say('mail.no_findings');
  return {
    subject: wording.say('mail.report_subject', { severity: word, day, line }),
    severity: severity === null || worst === undefined ? 'none' : worst.severity,
  };
}

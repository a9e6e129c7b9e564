/** The mail of a day's report: composed from the archive, checked against it, and put into the outbox once. */
import { Inject, Injectable, Logger } from '@nestjs/common';
import { LOCALES } from '../core/rules/answer.ts';
import type { Day } from '../core/units/day.ts';
import { Config, projectRoot } from '../platform/config.ts';
import { NotFoundError } from '../platform/errors.ts';
import type { ReportMade } from '../reports/daily.job.ts';
import { ReportArchive } from '../reports/report-archive.service.ts';
import { dueDay, instantOfReport } from '../reports/report-day.ts';
import { ReportDocumentSchema } from '../reports/report-document.ts';
import type { ReportFile } from '../reports/report-files.ts';
import type { ReportRow } from '../reports/report.table.ts';
import { type Wording, loadWording } from '../reports/wording.ts';
import { chooseAttachments } from './attachments.ts';
import type { MailRow } from './mail.table.ts';
import { OperatorMail } from './operator-mail.service.ts';
import { type Content, Outbox } from './outbox.service.ts';
import { renderReportMail } from './report-mail.ts';
import type { CheckedReport } from './self-check.ts';

/** What goes along, if it fits; rejected rows only where there are any. */
const ATTACHED: readonly ReportFile[] = ['report.xlsx', 'findings.csv', 'rejected-rows.csv'];

@Injectable()
export class ReportMail {
  private readonly logger = new Logger('mail');

  constructor(
    @Inject(ReportArchive) private readonly archive: ReportArchive,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(OperatorMail) private readonly operator: OperatorMail,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** What the mail of an edition is about; the same edition is mailed once. */
  static about(day: Day, edition: string): string {
    return `${day}/${edition}`;
  }

  /**
   * Puts the mail of an edition into the outbox, unless it is there already: answers how it stands. One that fails its
   * self-check is held and the operator told. Null where no recipient is configured.
   */
  async queue(day: Day, edition: string): Promise<MailRow | null> {
    const about = ReportMail.about(day, edition);
    const to = this.config.reportTo;
    const known = await this.outbox.of({ kind: 'report', about });
    if (known !== null) return known;
    if (!this.outbox.canReach(to)) {
      this.logger.warn(`the report of ${day} is in the archive and mailed to nobody: set REPORT_TO`);
      return null;
    }
    const report = await this.archive.edition(day, edition);
    if (report === null) throw new NotFoundError(`there is no edition ${edition} of the report of ${day}`);
    const updates = await this.earlierEditions(report);
    const { content, checked } = await this.contentOf(report);
    const matter = { kind: 'report', about, updates, to } as const;
    const mail = await this.outbox.queue(matter, content, (raw) => check(raw, checked));
    if (mail.state === 'held') await this.tellHeld(mail);
    return mail;
  }

  /** The report whose day is due and which no mail was made of: its process died, or it was made by a command. */
  async forgotten(now: Date): Promise<ReportMade | null> {
    if (!this.outbox.canReach(this.config.reportTo)) return null;
    const day = dueDay(now.getTime(), this.config);
    const report = await this.archive.lastEdition(day);
    if (report === null || report.madeAt.getTime() < instantOfReport(day, this.config)) return null;
    return (await this.outbox.hasReportOf(day)) ? null : { day, edition: report.edition };
  }

  private async tellHeld({ kind, about, problem }: MailRow): Promise<void> {
    const why = `held back, since its figures do not agree with the report: ${problem ?? ''}`;
    this.logger.error(`the mail of the report ${about} is ${why}`);
    await this.operator.tell({ about: `mail/${kind}/${about}`, problem: why });
  }

  private async earlierEditions({ day, edition }: ReportRow): Promise<string[]> {
    const editions = await this.archive.editions(day);
    const earlier = editions.slice(0, Math.max(0, editions.indexOf(edition)));
    return earlier.map((each) => ReportMail.about(day, each));
  }

  private async contentOf(report: ReportRow): Promise<{ content: Content; checked: CheckedReport }> {
    const wording = loadWording(projectRoot(), LOCALES.find((locale) => locale === report.locale) ?? 'en');
    const files = await this.archive.filesOf(report);
    const document = ReportDocumentSchema.parse(JSON.parse(String(files['report.json'])));
    const attachable = ATTACHED.map((filename) => ({ filename, content: Buffer.from(files[filename]) }));
    const { attachments, leftOut } = chooseAttachments(attachable);
    const attached = attachments.map(({ filename }) => filename);
    const { publicUrl } = this.config;
    const mailed = { day: report.day, view: report.view, document, attached, leftOut, publicUrl, wording };
    const content = { ...renderReportMail(mailed, projectRoot()), ...envelopeOf(report, wording), attachments };
    return { content, checked: { document, checks: report.checks, attachments, wording } };
  }
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

/** Loaded with the first mail: its readers take tens of megabytes that an idle service does without. */
async function check(raw: Buffer, report: CheckedReport): Promise<string | null> {
  const { differencesIn } = await import('./self-check.ts');
  return differencesIn(raw, report);
}

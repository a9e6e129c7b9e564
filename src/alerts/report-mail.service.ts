/** The mail of a day's report: composed from the archive, checked against it, and put into the outbox once. */
import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Day } from '../core/units/day.ts';
import { Config } from '../platform/config.ts';
import { withLock } from '../platform/database-lock.ts';
import { NotFoundError } from '../platform/errors.ts';
import type { ReportMade } from '../reports/daily.job.ts';
import { ReportArchive } from '../reports/report-archive.service.ts';
import { dueDay, instantOfReport } from '../reports/report-day.ts';
import type { ReportRow } from '../reports/report.table.ts';
import type { MailRow } from './mail.table.ts';
import { OperatorMail } from './operator-mail.service.ts';
import { Outbox } from './outbox.service.ts';
import { UnmailableReportError, reportMailContent } from './report-mail-content.ts';
import type { CheckedReport } from './self-check.ts';

@Injectable()
export class ReportMail {
  private readonly logger = new Logger('mail');

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
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
   * self-check is held and the operator told. Null where no recipient is configured. Throws an UnmailableReportError.
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
    const files = await this.archive.filesOf(report);
    const { content, checked } = reportMailContent({ report, files, publicUrl: this.config.publicUrl });
    const matter = { kind: 'report', about, updates, to } as const;
    const mail = await this.outbox.queue(matter, content, { check: (raw) => check(raw, checked) });
    if (mail.state === 'held') await this.tellHeld(mail);
    return mail;
  }

  /**
   * The same for the schedule, which mails one edition of a day, whichever comes first: another is mailed when somebody
   * asks for that. Of a report that no mail can be made of the operator is told.
   */
  async queueScheduled({ day, edition }: ReportMade): Promise<void> {
    await withLock(this.dataSource, 'report', async () => {
      if (await this.outbox.hasReportOf(day)) return;
      try {
        await this.queue(day, edition);
      } catch (error) {
        if (!(error instanceof UnmailableReportError)) throw error;
        const about = ReportMail.about(day, edition);
        const { cause } = error;
        this.logger.error(
          cause instanceof Error ? (cause.stack ?? cause.message) : cause,
          `mail of the report ${about}`,
        );
        await this.operator.tell({ about: troubleWith(about), problem: error.message });
      }
    });
  }

  /**
   * The report whose day is due and which no mail was made of: its process died, or it was made by a command. One that no
   * mail can be made of is not tried again once the operator was told.
   */
  async forgotten(now: Date): Promise<ReportMade | null> {
    if (!this.outbox.canReach(this.config.reportTo)) return null;
    const day = dueDay(now.getTime(), this.config);
    const report = await this.archive.lastEdition(day);
    if (report === null || report.madeAt.getTime() < instantOfReport(day, this.config)) return null;
    if (await this.outbox.hasReportOf(day)) return null;
    const { edition } = report;
    const told = await this.outbox.of({ kind: 'operator', about: troubleWith(ReportMail.about(day, edition)) });
    return told === null ? { day, edition } : null;
  }

  private async tellHeld({ about, problem }: MailRow): Promise<void> {
    const why = `held back, since its figures do not agree with the report: ${problem ?? ''}`;
    this.logger.error(`the mail of the report ${about} is ${why}`);
    await this.operator.tell({ about: troubleWith(about), problem: why });
  }

  private async earlierEditions({ day, edition }: ReportRow): Promise<string[]> {
    const editions = await this.archive.editions(day);
    const earlier = editions.slice(0, Math.max(0, editions.indexOf(edition)));
    return earlier.map((each) => ReportMail.about(day, each));
  }
}

/** Under what the operator is told of a report's mail, each once. */
function troubleWith(about: string): string {
  return `mail/report/${about}`;
}

/** Loaded with the first mail: its readers take tens of megabytes that an idle service does without. */
async function check(raw: Buffer, report: CheckedReport): Promise<string | null> {
  const { differencesIn } = await import('./self-check.ts');
  return differencesIn(raw, report);
}

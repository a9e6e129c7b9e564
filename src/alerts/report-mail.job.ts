/** Puts the mail of a day's report into the outbox when the report is made, and rings for its sending. */
import { Inject, Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Clock } from '../platform/clock.ts';
import { type Job, Queue } from '../platform/queue.ts';
import { REPORT_MADE_QUEUE, ReportMade } from '../reports/daily.job.ts';
import { ReportMail } from './report-mail.service.ts';
import { SendMailJob } from './send-mail.job.ts';

@Injectable()
export class ReportMailJob implements Job {
  readonly queue = REPORT_MADE_QUEUE;

  constructor(
    @Inject(ReportMail) private readonly mail: ReportMail,
    @Inject(SendMailJob) private readonly sending: SendMailJob,
    @Inject(Queue) private readonly bell: Queue,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async run(data: object): Promise<void> {
    await this.mail.queueScheduled(ReportMade.parse(data));
    await this.sending.ringForDue();
  }

  /** A report that was made while its bell was lost is mailed all the same. */
  @Cron('30 * * * * *', { name: 'report mails' })
  async ringForForgotten(): Promise<void> {
    const forgotten = await this.mail.forgotten(this.clock.now());
    if (forgotten === null) return;
    await this.bell.send(REPORT_MADE_QUEUE, forgotten, { key: forgotten.edition, everySeconds: 50 });
  }
}

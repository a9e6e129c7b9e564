/** Tells at once what audits found, whenever they ring; twice a minute it looks for what was left lying. */
import { Inject, Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { FOUND_QUEUE, ringFound } from '../audit/found-bell.ts';
import { type Job, Queue } from '../platform/queue.ts';
import { Alerts } from './alert.service.ts';
import { SendMailJob } from './send-mail.job.ts';

@Injectable()
export class AlertJob implements Job {
  readonly queue = FOUND_QUEUE;

  constructor(
    @Inject(Alerts) private readonly alerts: Alerts,
    @Inject(SendMailJob) private readonly sending: SendMailJob,
    @Inject(Queue) private readonly bell: Queue,
  ) {}

  async run(): Promise<void> {
    await this.alerts.tellNew();
    await this.sending.ringForDue();
  }

  /** Findings of an audit that could not ring, as a command's, and of a process that died. */
  @Cron('*/30 * * * * *', { name: 'alerts' })
  async ringForLeftLying(): Promise<void> {
    if (await this.alerts.waiting()) await ringFound(this.bell);
  }
}

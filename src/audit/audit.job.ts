/** Makes the audits that were asked for; once a minute it looks for those whose process died. */
import { Inject, Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Clock } from '../platform/clock.ts';
import { type Job, Queue } from '../platform/queue.ts';
import { AuditRequests } from './audit-requests.service.ts';

export const AUDIT_QUEUE = 'audit';

@Injectable()
export class AuditJob implements Job {
  readonly queue = AUDIT_QUEUE;

  constructor(
    @Inject(AuditRequests) private readonly requests: AuditRequests,
    @Inject(Queue) private readonly bell: Queue,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    await this.requests.makeWaiting(() => this.clock.now());
  }

  /** Rings again for audits whose bell was lost. */
  @Cron('30 * * * * *', { name: 'audits' })
  async ringForLeftLying(): Promise<void> {
    if (await this.requests.leftLying()) await this.bell.send(AUDIT_QUEUE, {}, { key: 'left lying', everySeconds: 50 });
  }
}

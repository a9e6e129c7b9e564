/** Tells those who ask carriers which vendors are under suspicion: their parcels are asked about more often. */
import { Inject, Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Clock } from '../platform/clock.ts';
import { type Job, Queue } from '../platform/queue.ts';
import { Polling } from '../tracking/poll.service.ts';
import { FindingService } from './finding.service.ts';

@Injectable()
export class SuspicionJob implements Job {
  readonly queue = 'suspicion';

  constructor(
    @Inject(FindingService) private readonly findings: FindingService,
    @Inject(Polling) private readonly polling: Polling,
    @Inject(Queue) private readonly bells: Queue,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    await this.polling.suspect(await this.findings.suspectedVendors(this.clock.now()));
  }

  /** Audits are made once a day and statements judged at once: so often is soon enough for either. */
  @Cron('50 */5 * * * *', { name: 'suspicion' })
  async ring(): Promise<void> {
    if (this.polling.providers.length > 0) await this.bells.send(this.queue, {}, { key: this.queue });
  }
}

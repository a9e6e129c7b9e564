/** Tells those who ask carriers which vendors are under suspicion: their parcels are asked about more often. */
import { Inject, Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { type Job, Queue } from '../platform/queue.ts';
import { Polling } from '../tracking/poll.service.ts';
import { readSuspectedVendors } from './suspicion.query.ts';

@Injectable()
export class SuspicionJob implements Job {
  readonly queue = 'suspicion';

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Polling) private readonly polling: Polling,
    @Inject(Queue) private readonly bells: Queue,
  ) {}

  async run(): Promise<void> {
    await this.polling.suspect(await readSuspectedVendors(this.dataSource));
  }

  /** Audits are made once a day and statements judged at once: so often is soon enough for either. */
  @Cron('50 */5 * * * *', { name: 'suspicion' })
  async ring(): Promise<void> {
    if (this.polling.providers.length > 0) await this.bells.send(this.queue, {}, { key: this.queue });
  }
}

/** Asks carriers about what is due, three times a minute: a quota that is free is used at once. */
import { Inject, Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { type Job, Queue } from '../platform/queue.ts';
import { Arrivals } from './arrivals.service.ts';
import { Polling } from './poll.service.ts';

@Injectable()
export class PollJob implements Job {
  readonly queue = 'poll';

  constructor(
    @Inject(Polling) private readonly polling: Polling,
    @Inject(Arrivals) private readonly arrivals: Arrivals,
    @Inject(Queue) private readonly bells: Queue,
  ) {}

  async run(): Promise<void> {
    const { heard } = await this.polling.askDue();
    await this.arrivals.bringUpToDate(heard.map(({ trackingNumber }) => trackingNumber));
  }

  /** What is due stands in a table; the bell only says that time has passed. */
  @Cron('*/20 * * * * *', { name: 'polling' })
  async ring(): Promise<void> {
    if (this.polling.providers.length > 0) await this.bells.send(this.queue, {}, { key: this.queue });
  }
}

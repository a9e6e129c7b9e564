/** Asks carriers about what is due, three times a minute: a quota that is free is used at once. */
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import type { Askable } from '../catalog/providers.ts';
import { formatInstant } from '../core/units/day.ts';
import { type Job, Queue } from '../platform/queue.ts';
import { Arrivals } from './arrivals.service.ts';
import { type Left, Polling } from './poll.service.ts';
import { QUOTA_USED } from './quota.service.ts';

@Injectable()
export class PollJob implements Job {
  readonly queue = 'poll';
  private readonly logger = new Logger('polling');
  /** Why each provider was let be the last time, so that it is said once. */
  private readonly said = new Map<Askable, string>();

  constructor(
    @Inject(Polling) private readonly polling: Polling,
    @Inject(Arrivals) private readonly arrivals: Arrivals,
    @Inject(Queue) private readonly bells: Queue,
  ) {}

  async run(): Promise<void> {
    const { heard, left } = await this.polling.askDue();
    for (const { provider } of heard) this.said.delete(provider);
    for (const each of left) this.say(each);
    await this.arrivals.bringUpToDate(heard.map(({ trackingNumber }) => trackingNumber));
  }

  /** A quota that is used up is nothing to worry about; that a provider refuses us, or is away, somebody has to know. */
  private say({ provider, why, until, trackingNumbers }: Left): void {
    if (why === QUOTA_USED || trackingNumbers.length === 0 || this.said.get(provider) === why) return;
    this.said.set(provider, why);
    this.logger.warn(`${provider} is not asked until ${formatInstant(until)}: ${why}; \`doctor\` says what to do`);
  }

  /** What is due stands in a table; the bell only says that time has passed. */
  @Cron('*/20 * * * * *', { name: 'polling' })
  async ring(): Promise<void> {
    if (this.polling.providers.length > 0) await this.bells.send(this.queue, {}, { key: this.queue });
  }
}

/** Looks into deliveries that wait, and once a minute for those whose bell was lost or whose process died. */
import { Inject, Injectable } from '@nestjs/common';
import { Cron, Timeout } from '@nestjs/schedule';
import { type Job, Queue } from '../platform/queue.ts';
import { WEBHOOK_QUEUE, ringWebhooks } from './webhook-bell.ts';
import { WebhookIntake } from './webhook-intake.service.ts';
import { WebhookService } from './webhook.service.ts';

const START_DELAY_MS = 1_000;
/** A sender who waits for his answer comes before what can wait, but a stream of them does not keep it waiting for ever. */
const SENDERS_FIRST_MS = 500;

@Injectable()
export class WebhookJob implements Job {
  readonly queue = WEBHOOK_QUEUE;

  constructor(
    @Inject(WebhookIntake) private readonly intake: WebhookIntake,
    @Inject(WebhookService) private readonly webhooks: WebhookService,
    @Inject(Queue) private readonly bells: Queue,
  ) {}

  async run(): Promise<void> {
    await this.intake.takeWaiting(() => this.webhooks.untilCalm(SENDERS_FIRST_MS));
  }

  /** Harmless for those that are being looked into. */
  @Cron('20 * * * * *', { name: 'webhooks' })
  async ringForLeftBehind(): Promise<void> {
    if (await this.intake.anyWaiting()) await ringWebhooks(this.bells);
  }

  /** A process that starts may be the one that died a moment ago, so it does not wait for the minute. */
  @Timeout(START_DELAY_MS)
  async ringAtStart(): Promise<void> {
    await this.ringForLeftBehind();
  }
}

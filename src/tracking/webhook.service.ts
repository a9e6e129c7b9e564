/** Deliveries of webhooks: each is stored before its sender is answered, and once, however often it comes. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Provider } from '../core/mapping/providers/provider.ts';
import { Clock } from '../platform/clock.ts';
import { withClient } from '../platform/database-client.ts';
import { BusyError } from '../platform/errors.ts';
import { GroupCommit, type Outcome } from '../platform/group-commit.ts';
import { Queue } from '../platform/queue.ts';
import { RareLog } from '../platform/rare-log.ts';
import { ringWebhooks } from './webhook-bell.ts';
import { type NewDelivery, insertDeliveries, keyOf } from './webhook.store.ts';

/** What became of a delivery; repeated = it stands already, and nothing changed. */
export type Accepted = 'stored' | 'repeated';

/** Enough to hide the commit, few enough that the first of them does not wait long. */
const SHARING = { mostRequests: 200, mostWeight: 4 * 1024 * 1024, weigh: ({ body }: NewDelivery) => body.length };

/** Of deliveries that are read and not stored yet: more than this, and the database has been slow for a while. */
const MOST_WAITING_BYTES = 64 * 1024 * 1024;

const LOOK_AGAIN_MS = 20;

@Injectable()
export class WebhookService {
  private readonly logger = new Logger('webhooks');
  private readonly unheard = new RareLog((message) => this.logger.warn(message));
  private readonly group = new GroupCommit<NewDelivery, Accepted>((group) => this.commit(group), SHARING);
  private waitingBytes = 0;
  /** Whether a bell is being rung, and whether something was stored since it was begun. */
  private ringing = false;
  private ringAgain = false;

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Queue) private readonly queue: Queue,
  ) {}

  /**
   * Stores the body byte for byte; answers when it is committed. Throws what the database says when it is away, and a
   * BusyError when too much waits to be stored: the sender tries again.
   */
  async accept({ provider, body }: { provider: Provider; body: Buffer }): Promise<Accepted> {
    if (this.waitingBytes > 0 && this.waitingBytes + body.length > MOST_WAITING_BYTES) {
      throw new BusyError('so many deliveries wait to be stored that no more are taken now: send this one again later');
    }
    const bodySha256 = createHash('sha256').update(body).digest('hex');
    this.waitingBytes += body.length;
    try {
      return await this.group.submit({ provider, bodySha256, body, receivedAt: this.clock.now() });
    } finally {
      this.waitingBytes -= body.length;
    }
  }

  /** Resolves when no sender of this process waits to be answered, after so long at the latest. */
  async untilCalm(withinMs: number): Promise<void> {
    for (let waitedMs = 0; this.waitingBytes > 0 && waitedMs < withinMs; waitedMs += LOOK_AGAIN_MS) {
      await sleep(LOOK_AGAIN_MS);
    }
  }

  /** Of the same delivery twice in a group, the first is the one that is stored. */
  private async commit(group: readonly NewDelivery[]): Promise<Outcome<Accepted>[]> {
    const byKey = new Map(group.toReversed().map((delivery) => [keyOf(delivery), delivery]));
    const stored = await withClient(this.dataSource, (client) => insertDeliveries(client, [...byKey.values()]));
    const fresh = new Set(stored.map(keyOf));
    if (fresh.size > 0) void this.ring();
    return group.map((delivery) => ({ ok: true, answer: fresh.delete(keyOf(delivery)) ? 'stored' : 'repeated' }));
  }

  /** No sender waits for it: what rings for those left behind will ring for these too, should it not be heard. */
  private async ring(): Promise<void> {
    this.ringAgain = true;
    if (this.ringing) return;
    this.ringing = true;
    while (this.ringAgain) {
      this.ringAgain = false;
      await ringWebhooks(this.queue).catch((error: unknown) =>
        this.unheard.say(`the bell for deliveries that wait was not heard: ${String(error)}`),
      );
    }
    this.ringing = false;
  }
}

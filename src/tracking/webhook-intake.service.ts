/** From stored deliveries to events: read in the order they came, each marked with what became of it. */
import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { canonicalNumber } from '../core/barcode/canonical.ts';
import { PROVIDERS, SOURCE_NAMES } from '../core/mapping/providers/provider.ts';
import { MAX_KEY_LENGTH } from '../core/mapping/row-cells.ts';
import type { ToldParcel } from '../core/mapping/told.ts';
import { type Problem, type Result, bad } from '../core/units/result.ts';
import { isPassing } from '../ingest/passing-trouble.ts';
import { Clock } from '../platform/clock.ts';
import { inTransaction, withClient } from '../platform/database-client.ts';
import { withLock } from '../platform/database-lock.ts';
import { onlyText } from '../platform/given-text.ts';
import { Metrics } from '../platform/metrics.ts';
import { RareLog } from '../platform/rare-log.ts';
import { Arrivals } from './arrivals.service.ts';
import { OUR_FAULT, WebhookReader } from './webhook-reader.service.ts';
import { type NewDelivery, type SettledDelivery, anyWaiting, readWaiting, settleDeliveries } from './webhook.store.ts';

/** Large enough to hide a commit; its bodies are held in memory. */
const BATCH = { most: 200, mostBytes: 4 * 1024 * 1024 };
/** A problem names the field that is wrong; what stands in a body is not repeated at length. */
const LONGEST_PROBLEM = 500;

interface ReadDelivery {
  delivery: NewDelivery;
  told: Result<ToldParcel[]>;
}

@Injectable()
export class WebhookIntake {
  private readonly logger = new Logger('webhooks');
  private readonly unreadable = new RareLog((message, held) =>
    this.logger.warn(held === 0 ? message : `${message} (and ${held} others before it)`),
  );

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(WebhookReader) private readonly reader: WebhookReader,
    @Inject(Arrivals) private readonly arrivals: Arrivals,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Whether any delivery waits. */
  async anyWaiting(): Promise<boolean> {
    return anyWaiting(this.dataSource);
  }

  /**
   * Takes what waits, waiting for any other process that is at it. Throws what passes by itself, such as a database that
   * is away: what was not taken waits on. A delivery is marked after its events are stored; in between it may be taken again.
   * Before every batch it lets others go first, as long as `giveWay` takes.
   */
  async takeWaiting(giveWay: () => Promise<void> = async () => undefined): Promise<void> {
    await withLock(this.dataSource, 'webhooks', async () => {
      for (;;) {
        const batch = await withClient(this.dataSource, (client) => readWaiting(client, BATCH));
        if (batch.length === 0) return;
        await giveWay();
        await this.takeBatch(batch.map((delivery) => ({ delivery, told: this.reader.read(delivery) })));
      }
    });
  }

  /** All at once; where one of them stands in the way, each by itself. */
  private async takeBatch(batch: readonly ReadDelivery[]): Promise<void> {
    try {
      await this.take(batch);
    } catch (error) {
      if (isPassing(error)) throw error;
      for (const one of batch) await this.takeAlone(one);
    }
  }

  private async takeAlone({ delivery, told }: ReadDelivery): Promise<void> {
    try {
      await this.take([{ delivery, told }]);
    } catch (error) {
      if (isPassing(error)) throw error;
      this.logger.error(error);
      await this.settle([settledAs(delivery, bad('body', OUR_FAULT))]);
    }
  }

  private async take(batch: readonly ReadDelivery[]): Promise<void> {
    for (const provider of PROVIDERS) {
      const told = batch.flatMap(({ delivery, told: result }) =>
        delivery.provider === provider && result.ok ? [{ parcels: result.value, at: delivery.receivedAt }] : [],
      );
      const source = SOURCE_NAMES.pushed[provider];
      if (told.length > 0) await this.arrivals.takeAll(told, { source, shownAs: shownAs(source) });
    }
    await this.settle(batch.map(({ delivery, told }) => settledAs(delivery, told)));
  }

  private async settle(settled: readonly SettledDelivery[]): Promise<void> {
    await inTransaction(this.dataSource, (client) => settleDeliveries(client, settled, this.clock.now()));
    for (const { provider, bodySha256, problem } of settled) {
      if (problem === null) continue;
      this.metrics.delivery({ provider, outcome: 'unreadable' });
      this.unreadable.say(`a delivery of ${provider} is kept and cannot be read: ${problem} (body ${bodySha256})`);
    }
  }
}

/** What stands for a file's name in the list of imports. */
function shownAs(source: string): string {
  return `webhook ${source.replace(/ webhook$/, '')}`;
}

function settledAs({ provider, bodySha256 }: NewDelivery, told: Result<ToldParcel[]>): SettledDelivery {
  if (told.ok) return { provider, bodySha256, state: 'done', problem: null, trackingNumbers: numbersOf(told.value) };
  return { provider, bodySha256, state: 'unreadable', problem: inWords(told.problems), trackingNumbers: [] };
}

/** Numbers that no table can hold are refused as rows of the import, with a word on each. */
function numbersOf(parcels: readonly ToldParcel[]): string[] {
  const numbers = parcels.map(({ trackingNumber }) => canonicalNumber(trackingNumber).canonical);
  return [...new Set(numbers)].filter((number) => number !== '' && number.length <= MAX_KEY_LENGTH);
}

function inWords(problems: readonly Problem[]): string {
  const words = problems.map(({ field, message }) => `${field}: ${message}`).join('; ');
  return onlyText(words).slice(0, LONGEST_PROBLEM);
}

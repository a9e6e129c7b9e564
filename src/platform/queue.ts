/**
 * The job queue: pg-boss in the same database. A job is only the bell; what has to be done stands in our own tables,
 * so that a bell lost or rung twice changes nothing.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import PgBoss from 'pg-boss';
import { explainDatabaseError, isDatabaseAway } from './database-errors.ts';
import { withLockAt } from './database-lock.ts';
import type { SidePool } from './database-pool.ts';
import { isDomainError } from './errors.ts';
import { withLogFields } from './log-context.ts';
import type { Metrics } from './metrics.ts';
import { QueueWorker, type TakenJob } from './queue-worker.ts';
import { RareLog } from './rare-log.ts';

/** One kind of job and its handler, which must be idempotent: it may run again after a crash. */
export interface Job {
  readonly queue: string;
  run(data: object): Promise<void>;
}

export interface SendOptions {
  /** While a job of this key waits, another bell for it is not needed; one that runs already does not count. */
  key?: string;
  /** Besides, at most one job of the key in each such span of the clock, whatever became of it. */
  everySeconds?: number;
  afterSeconds?: number;
}

/** A job that runs longer is taken for dead and started again elsewhere; locks keep the two apart. */
const EXPIRES_IN_SECONDS = 4 * 3600;
const STOP_TIMEOUT_MS = 20_000;
const OPENS_WITHIN_MS = 5_000;

@Injectable()
export class Queue {
  private readonly logger = new Logger('queue');
  private readonly trouble = new RareLog((message, held) =>
    this.logger.warn(held === 0 ? message : `${message} (and ${held} times before)`),
  );
  private readonly boss: PgBoss;
  private readonly known = new Map<string, Promise<void>>();
  private readonly workers = new Map<string, QueueWorker>();
  private open = (): void => undefined;
  private readonly opened = new Promise<void>((resolve) => (this.open = resolve));
  private stopped = false;

  constructor(
    private readonly url: string,
    private readonly pool: SidePool,
    private readonly metrics: Metrics,
  ) {
    const executeSql = (text: string, values: unknown[]) => this.pool.query(text, values).catch(this.hear);
    this.boss = new PgBoss({ db: { executeSql }, schedule: false });
    // What pg-boss tries again by itself: its upkeep, while the database is away.
    this.boss.on('error', (error) => this.trouble.say(`the queue cannot be looked after: ${error.message}`));
  }

  /** Opens the queue, making its tables on the first start. */
  async start(): Promise<void> {
    try {
      // One process at a time: two that make tables of the same database at once may deadlock.
      await withLockAt(this.url, 'queue', () => this.boss.start());
    } catch (error) {
      throw explainDatabaseError(error, 'cannot open the job queue');
    }
    this.open();
  }

  /** Rings for a job. */
  async send(queue: string, data: object = {}, options: SendOptions = {}): Promise<void> {
    await this.untilOpen(queue);
    await this.ensure(queue);
    await this.boss.send(queue, data, {
      // Jobs without a key are told apart by one of their own: under this policy those of one key are one.
      singletonKey: options.key ?? randomUUID(),
      ...(options.everySeconds === undefined ? {} : { singletonSeconds: options.everySeconds }),
      ...(options.afterSeconds === undefined ? {} : { startAfter: options.afterSeconds }),
    });
    if (options.afterSeconds === undefined) this.workers.get(queue)?.ring();
  }

  /** Starts handling jobs of the kind, one at a time in this process. */
  async work(job: Job): Promise<void> {
    const { queue } = job;
    await this.ensure(queue);
    const source = {
      take: async () => (await this.boss.fetch<object>(queue, { batchSize: 1 }))[0] ?? null,
      done: (id: string) => this.boss.complete(queue, id),
      failed: (id: string, reason: string) => this.boss.fail(queue, id, { message: reason }),
    };
    this.workers.set(queue, new QueueWorker(source, (taken) => this.handle(job, taken)));
  }

  /** Whether the queue's tables answer. Throws what the database says when they do not. */
  async check(): Promise<void> {
    await this.pool.query('SELECT 1 FROM pgboss.version');
  }

  /** How long the oldest job that should have started has waited, in seconds, and how many wait, by queue. */
  async waiting(): Promise<{ queue: string; jobs: number; seconds: number }[]> {
    const { rows } = await this.pool.query(
      `SELECT q.name AS queue, count(j.id)::int AS jobs,
              COALESCE(EXTRACT(epoch FROM now() - min(j.start_after)), 0)::float8 AS seconds
         FROM pgboss.queue q
         LEFT JOIN pgboss.job j ON j.name = q.name AND j.state < 'active' AND j.start_after <= now()
        GROUP BY q.name`,
    );
    return rows.map(({ queue, jobs, seconds }) => ({
      queue: String(queue),
      jobs: Number(jobs),
      seconds: Number(seconds),
    }));
  }

  /** Takes no more jobs and waits for those that run; what takes too long is given back to the queue. */
  async stop(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    const workers = [...this.workers.values()];
    const all = Promise.all(workers.map((worker) => worker.stop())).then(() => 'ended');
    const how = await Promise.race([all, sleep(STOP_TIMEOUT_MS, 'late', { ref: false })]);
    if (how === 'late') await Promise.allSettled(workers.map((worker) => worker.abandon()));
    await this.boss.stop({ graceful: false });
  }

  /** The schedule may tick while the process is still starting; in a process without a queue nothing may be rung. */
  private async untilOpen(queue: string): Promise<void> {
    const late = sleep(OPENS_WITHIN_MS, 'late', { ref: false });
    if ((await Promise.race([this.opened, late])) !== 'late') return;
    throw new Error(`the job queue is not open in this process: "${queue}" cannot be rung`);
  }

  /** pg-boss swallows what goes wrong when it looks for jobs: said here, or nobody would know. */
  private readonly hear = (error: unknown): never => {
    if (isDatabaseAway(error)) this.trouble.say('the database is away: jobs wait until it is back');
    throw error;
  };

  private async handle(job: Job, { id, data }: TakenJob): Promise<void> {
    const startedMs = performance.now();
    await withLogFields({ job: job.queue, jobId: id }, async () => {
      try {
        await job.run(data ?? {});
        this.count(job.queue, 'done', startedMs);
      } catch (error) {
        this.count(job.queue, 'failed', startedMs);
        this.logger.error(isDomainError(error) ? `the job failed: ${error.message}` : error);
        throw error;
      }
    });
  }

  private count(queue: string, outcome: 'done' | 'failed', startedMs: number): void {
    const seconds = (performance.now() - startedMs) / 1000;
    this.metrics.job({ queue, outcome, seconds });
    if (outcome === 'done') this.logger.log({ message: 'job done', ms: Math.round(seconds * 1000) });
  }

  /** Makes the queue where there is none; asked once a process. */
  private ensure(queue: string): Promise<void> {
    let ready = this.known.get(queue);
    if (ready === undefined) {
      ready = this.make(queue);
      this.known.set(queue, ready);
      ready.catch(() => this.known.delete(queue));
    }
    return ready;
  }

  private async make(queue: string): Promise<void> {
    if ((await this.boss.getQueue(queue)) !== null) return;
    await withLockAt(this.url, 'queue', () =>
      this.boss.createQueue(queue, {
        name: queue,
        policy: 'short',
        retryLimit: 3,
        retryDelay: 2,
        retryBackoff: true,
        expireInSeconds: EXPIRES_IN_SECONDS,
      }),
    );
  }
}

/**
 * The job queue: pg-boss in the same database. A job is only the bell; what has to be done stands in our own tables,
 * so that a bell lost or rung twice changes nothing.
 */
import { Injectable, Logger } from '@nestjs/common';
import PgBoss from 'pg-boss';

/** One kind of job and its handler, which must be idempotent: it may run again after a crash. */
export interface Job {
  readonly queue: string;
  run(data: object): Promise<void>;
}

export interface SendOptions {
  /** At most one job of this key waits or was sent within `everySeconds`. */
  key?: string;
  everySeconds?: number;
  afterSeconds?: number;
}

/** Connections of the queue beside those of the program. */
const CONNECTIONS = 3;
/** A job that runs longer is taken for dead and started again elsewhere; locks keep the two apart. */
const EXPIRES_IN_SECONDS = 4 * 3600;
const POLL_SECONDS = 0.5;
const STOP_TIMEOUT_MS = 20_000;

@Injectable()
export class Queue {
  private readonly logger = new Logger('queue');
  private readonly boss: PgBoss;
  private readonly known = new Map<string, Promise<void>>();
  private started = false;

  constructor(url: string) {
    this.boss = new PgBoss({
      connectionString: url,
      application_name: 'postage-auditor queue',
      max: CONNECTIONS,
      schedule: false,
    });
    // Without a listener an error ends the process; the queue itself goes on as soon as the database is back.
    this.boss.on('error', (error) => this.logger.error(error));
  }

  /** Opens the queue, making its tables on the first start. */
  async start(): Promise<void> {
    await this.boss.start();
    this.started = true;
  }

  /** Rings for a job. */
  async send(queue: string, data: object = {}, options: SendOptions = {}): Promise<void> {
    await this.ensure(queue);
    await this.boss.send(queue, data, {
      ...(options.key === undefined ? {} : { singletonKey: options.key }),
      ...(options.everySeconds === undefined ? {} : { singletonSeconds: options.everySeconds }),
      ...(options.afterSeconds === undefined ? {} : { startAfter: options.afterSeconds }),
    });
  }

  /** Starts handling jobs of the kind, one at a time in this process. */
  async work(job: Job): Promise<void> {
    await this.ensure(job.queue);
    await this.boss.work<object>(job.queue, { pollingIntervalSeconds: POLL_SECONDS, batchSize: 1 }, async (jobs) => {
      for (const { data } of jobs) await this.handle(job, data);
    });
  }

  /** Takes no more jobs and waits for those that run. */
  async stop(): Promise<void> {
    if (!this.started) return;
    this.started = false;
    await this.boss.stop({ graceful: true, wait: true, timeout: STOP_TIMEOUT_MS });
  }

  private async handle(job: Job, data: object): Promise<void> {
    try {
      await job.run(data ?? {});
    } catch (error) {
      this.logger.error(error instanceof Error ? (error.stack ?? error.message) : error, `job ${job.queue}`);
      throw error;
    }
  }

  private ensure(queue: string): Promise<void> {
    let ready = this.known.get(queue);
    if (ready === undefined) {
      ready = this.boss.createQueue(queue, {
        name: queue,
        retryLimit: 3,
        retryDelay: 5,
        retryBackoff: true,
        expireInSeconds: EXPIRES_IN_SECONDS,
      });
      this.known.set(queue, ready);
      ready.catch(() => this.known.delete(queue));
    }
    return ready;
  }
}

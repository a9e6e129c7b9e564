/** Takes the jobs of one queue, one after the other, and tells the queue how each ended, however long that takes. */
import { setTimeout as sleep } from 'node:timers/promises';

/** What a worker needs of pg-boss. */
export interface JobSource {
  /** Takes the next job for this worker alone; null when there is none, or the database is away. */
  take: () => Promise<TakenJob | null>;
  done: (id: string) => Promise<unknown>;
  failed: (id: string, reason: string) => Promise<unknown>;
}

export interface TakenJob {
  id: string;
  data: object;
}

/** How often an idle worker looks for jobs that other processes rang for, or whose time has come. */
const POLL_MS = 1000;
/** How often a result is offered again while the database is away. */
const SETTLE_AGAIN_MS = 1000;

/**
 * pg-boss has a loop of its own, which does not wait for the results to be recorded: a database that goes away at that
 * moment would be an unhandled rejection, and the job would count as running for hours.
 */
export class QueueWorker {
  private stopping = false;
  private rung = false;
  private wake = new AbortController();
  private current: TakenJob | null = null;
  private readonly ended: Promise<void>;

  constructor(
    private readonly source: JobSource,
    private readonly run: (job: TakenJob) => Promise<void>,
  ) {
    this.ended = this.loop();
  }

  /** Makes it look for a job at once. */
  ring(): void {
    this.rung = true;
    this.wake.abort();
  }

  /** Takes no more jobs; done when the one that runs, if any, is recorded. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.ring();
    await this.ended;
  }

  /** Gives the job that still runs back to the queue: another process takes it as soon as this one has ended. */
  async abandon(): Promise<void> {
    if (this.current !== null) await this.source.failed(this.current.id, 'the process stopped before the job ended');
  }

  private async loop(): Promise<void> {
    while (!this.stopping) {
      this.rung = false;
      const job = await this.source.take();
      if (job === null) await this.pause(POLL_MS);
      else await this.handle(job);
    }
  }

  private async handle(job: TakenJob): Promise<void> {
    this.current = job;
    const settle = await this.run(job).then(
      () => () => this.source.done(job.id),
      (error: unknown) => () => this.source.failed(job.id, error instanceof Error ? error.message : String(error)),
    );
    await this.until(settle);
    this.current = null;
  }

  /** Tries until it succeeds; a process that stops meanwhile leaves the job to be found as expired. */
  private async until(settle: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await settle();
        return;
      } catch {
        if (this.stopping) return;
        await sleep(SETTLE_AGAIN_MS);
      }
    }
  }

  private async pause(ms: number): Promise<void> {
    if (this.rung) return;
    this.wake = new AbortController();
    await sleep(ms, undefined, { signal: this.wake.signal }).catch(() => undefined);
  }
}

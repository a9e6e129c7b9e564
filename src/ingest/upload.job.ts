/** Imports uploads, and looks once a minute for those whose bell was lost or whose process died. */
import { Inject, Injectable } from '@nestjs/common';
import { Cron, Timeout } from '@nestjs/schedule';
import { z } from 'zod';
import { Metrics } from '../platform/metrics.ts';
import { type Job, Queue } from '../platform/queue.ts';
import { ringFold } from './fold-bell.ts';
import { UploadService } from './upload.service.ts';

/** The queue of the job; its data name the upload. */
export const IMPORT_QUEUE = 'import';

const dataSchema = z.object({ id: z.string() });

/** Bells rung by the door have surely been heard by then. */
const LEFT_BEHIND_AFTER_MS = 15_000;
const START_DELAY_MS = 1_000;

@Injectable()
export class UploadJob implements Job {
  readonly queue = IMPORT_QUEUE;

  constructor(
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(Queue) private readonly bells: Queue,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  async run(data: object): Promise<void> {
    const { id } = dataSchema.parse(data);
    const result = await this.uploads.importUpload(id);
    if (result !== null) this.metrics.imported(result);
    if (result?.kind === 'tracking') await ringFold(this.bells);
  }

  /** Once a minute, by one of the processes; harmless for what is being imported. */
  @Cron('0 * * * * *', { name: 'uploads' })
  async ringForLeftBehind(): Promise<void> {
    for (const id of await this.uploads.unfinished(LEFT_BEHIND_AFTER_MS)) {
      await this.bells.send(IMPORT_QUEUE, { id }, { key: id, everySeconds: 30 });
    }
  }

  /** A process that starts may be the one that died at an import a moment ago, so it does not wait for the minute. */
  @Timeout(START_DELAY_MS)
  async ringAtStart(): Promise<void> {
    for (const id of await this.uploads.unfinished(LEFT_BEHIND_AFTER_MS)) await this.bells.send(IMPORT_QUEUE, { id });
  }
}

/** Brings journeys up to date after new events. */
import { Inject, Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { FOLD_QUEUE, ringFold } from '../ingest/fold-bell.ts';
import { type Job, Queue } from '../platform/queue.ts';
import { FoldService } from './fold.service.ts';
import { ringJudge } from './judge-bell.ts';

@Injectable()
export class FoldJob implements Job {
  readonly queue = FOLD_QUEUE;

  constructor(
    @Inject(FoldService) private readonly fold: FoldService,
    @Inject(Queue) private readonly bells: Queue,
  ) {}

  async run(): Promise<void> {
    if ((await this.fold.foldAlone()) > 0) await ringJudge(this.bells);
  }

  /** For a process that died between storing events and ringing; a whole look over the parcels, so not every minute. */
  @Cron('30 */10 * * * *', { name: 'folding' })
  async ringAgain(): Promise<void> {
    await ringFold(this.bells);
  }
}

/** Judges at once the parcels about which something was stated; once a minute it looks for those whose bell was lost or whose time has come. */
import { Inject, Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Clock } from '../platform/clock.ts';
import { type Job, Queue } from '../platform/queue.ts';
import { JUDGE_QUEUE, ringJudge } from '../tracking/judge-bell.ts';
import { AuditService } from './audit.service.ts';
import { ringFound } from './found-bell.ts';

@Injectable()
export class JudgeNowJob implements Job {
  readonly queue = JUDGE_QUEUE;

  constructor(
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(Queue) private readonly bells: Queue,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const judged = await this.audit.judgeAlarming(this.clock.now().getTime());
    if (judged > 0) await ringFound(this.bells);
  }

  @Cron('45 * * * * *', { name: 'alarming parcels' })
  async ringAgain(): Promise<void> {
    if (await this.audit.anyAlarming(this.clock.now().getTime())) await ringJudge(this.bells);
  }
}

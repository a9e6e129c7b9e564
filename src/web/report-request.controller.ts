/** The button that asks for the report now instead of waiting for its time. */
import { Controller, Inject, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Needs } from '../platform/access.ts';
import { Clock } from '../platform/clock.ts';
import { Config } from '../platform/config.ts';
import { Queue } from '../platform/queue.ts';
import { DAILY_REPORT_QUEUE } from '../reports/daily.job.ts';
import { DailyReportService } from '../reports/daily.service.ts';
import { ReportArchive } from '../reports/report-archive.service.ts';
import { dueDay } from '../reports/report-day.ts';
import { stateOfArchive } from './archive-page.ts';

@Controller('reports')
@Needs('auditor')
export class ReportRequestController {
  constructor(
    @Inject(ReportArchive) private readonly archive: ReportArchive,
    @Inject(DailyReportService) private readonly reports: DailyReportService,
    @Inject(Queue) private readonly queue: Queue,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** POST /reports: asks for the report of the last day that is due, anew with all that has come since. */
  @Post()
  async make(@Res({ passthrough: true }) response: Response): Promise<void> {
    const now = this.clock.now();
    const day = dueDay(now.getTime(), this.config);
    await this.reports.refuseWhenOver(day, now);
    const asked = stateOfArchive(await this.archive.latest());
    await this.queue.send(DAILY_REPORT_QUEUE, { day, again: true });
    response.redirect(303, `/?${new URLSearchParams({ asked }).toString()}`);
  }
}

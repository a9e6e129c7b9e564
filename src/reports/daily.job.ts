/** Makes the day's report when it is due; once a minute every process looks whether it is. */
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Cron, Timeout } from '@nestjs/schedule';
import { z } from 'zod';
import { parseDay } from '../core/units/day.ts';
import { Clock } from '../platform/clock.ts';
import { Config } from '../platform/config.ts';
import { type Job, Queue } from '../platform/queue.ts';
import { DailyReportService } from './daily.service.ts';
import { problemOf } from './daily-trouble.ts';
import { dueDay } from './report-day.ts';

export const DAILY_REPORT_QUEUE = 'daily-report';
/** Rung with a ReportMade when a day's report stands in the archive; who mails it answers. */
export const REPORT_MADE_QUEUE = 'mail-report';
/** Rung with a Trouble when a person has to look; who can tell one answers. */
export const TROUBLE_QUEUE = 'tell-operator';

const day = z.string().refine((text) => parseDay(text) !== null, 'is a day such as 2026-12-01');
/** `again`: somebody asks for it anew, whether it was made before or not, and mails nothing. */
const DailyReportRequest = z.object({ day, again: z.boolean().default(false) });

export const ReportMade = z.object({ day, edition: z.string() });
export type ReportMade = z.infer<typeof ReportMade>;

/** `about` names the trouble: the same is told once. */
export const Trouble = z.object({ about: z.string(), problem: z.string() });
export type Trouble = z.infer<typeof Trouble>;

/** The first look after a start: what fell due while no process ran is not to wait for the next minute. */
const FIRST_LOOK_MS = 1_500;

@Injectable()
export class DailyReportJob implements Job {
  readonly queue = DAILY_REPORT_QUEUE;
  private readonly logger = new Logger('daily report');

  constructor(
    @Inject(DailyReportService) private readonly reports: DailyReportService,
    @Inject(Queue) private readonly bell: Queue,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  async run(data: object): Promise<void> {
    const request = DailyReportRequest.parse(data);
    const now = () => this.clock.now();
    try {
      if (request.again) {
        await this.reports.make(request.day, { now });
        return;
      }
      const { report, fresh } = await this.reports.makeOnce(request.day, { now });
      const { edition } = report;
      if (fresh) this.logger.log(`the report of ${request.day} is made: edition ${edition}`);
      await this.bell.send(REPORT_MADE_QUEUE, { day: request.day, edition } satisfies ReportMade, { key: edition });
    } catch (error) {
      await this.tell(request.day, error);
      throw error;
    }
  }

  /** Rings for the report of the last day that is due. Days missed before it are left out: nobody acts on them any more. */
  @Cron('0 * * * * *', { name: 'daily report' })
  async ringWhenDue(): Promise<void> {
    const due = dueDay(this.clock.now().getTime(), this.config);
    if (!(await this.reports.isWanted(due))) return;
    await this.bell.send(DAILY_REPORT_QUEUE, { day: due }, { key: due, everySeconds: 50 });
  }

  /** A method of its own: a method keeps one place in the schedule only, the last one named. */
  @Timeout(FIRST_LOOK_MS)
  async ringAtStart(): Promise<void> {
    await this.ringWhenDue();
  }

  private async tell(reportDay: string, error: unknown): Promise<void> {
    const problem = problemOf(error);
    if (problem === null) return;
    const trouble = { about: `daily-report/${reportDay}`, problem } satisfies Trouble;
    // A bell that cannot be rung is not to hide the failure: that is what the caller has to hear of.
    await this.bell.send(TROUBLE_QUEUE, trouble, { key: trouble.about }).catch(() => undefined);
  }
}

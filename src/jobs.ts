/** Every kind of job, and the start of their handling in a process. */
import type { INestApplicationContext, Type } from '@nestjs/common';
import { AlertJob } from './alerts/alert.job.ts';
import { ReportMailJob } from './alerts/report-mail.job.ts';
import { SendMailJob } from './alerts/send-mail.job.ts';
import { TellOperatorJob } from './alerts/tell-operator.job.ts';
import { UploadJob } from './ingest/upload.job.ts';
import { AuditJob } from './audit/audit.job.ts';
import { JudgeNowJob } from './audit/judge-now.job.ts';
import { SuspicionJob } from './audit/suspicion.job.ts';
import { type Job, Queue } from './platform/queue.ts';
import { DailyReportJob } from './reports/daily.job.ts';
import { FoldJob } from './tracking/fold.job.ts';
import { PollJob } from './tracking/poll.job.ts';
import { WebhookJob } from './tracking/webhook.job.ts';

/** A job is added to the module of its room and to this list. */
const JOBS: Type<Job>[] = [
  UploadJob,
  WebhookJob,
  PollJob,
  FoldJob,
  JudgeNowJob,
  SuspicionJob,
  AuditJob,
  DailyReportJob,
  ReportMailJob,
  AlertJob,
  SendMailJob,
  TellOperatorJob,
];

/** Starts handling jobs of every kind in this process, whose queue is open. */
export async function handleJobs(app: INestApplicationContext): Promise<void> {
  const queue = app.get(Queue, { strict: false });
  for (const job of JOBS) await queue.work(app.get<Job>(job, { strict: false }));
}

/** Every kind of job, and the start of their handling in a process. */
import type { INestApplicationContext, Type } from '@nestjs/common';
import { Config } from './platform/config.ts';
import { type Job, Queue } from './platform/queue.ts';

/** A job is added to the module of its room and to this list. */
const JOBS: Type<Job>[] = [];

/** Opens the queue, and handles jobs in this process where its configuration says so. */
export async function startJobs(app: INestApplicationContext): Promise<void> {
  const queue = app.get(Queue, { strict: false });
  await queue.start();
  if (app.get(Config, { strict: false }).jobs === 'off') return;
  for (const job of JOBS) await queue.work(app.get<Job>(job, { strict: false }));
}

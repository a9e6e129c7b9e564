/** The service as one thing that starts and stops: its database, its application, its port, its jobs. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule, type Duties } from './app.module.ts';
import { handleJobs } from './jobs.ts';
import { AccessService } from './platform/access.service.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { type DatabaseSource, databaseSource } from './platform/database-source.ts';
import { configureHttp } from './platform/http-setup.ts';
import { listen, stopListening } from './platform/listen.ts';
import { Log } from './platform/log.ts';
import { Metrics } from './platform/metrics.ts';
import { Queue } from './platform/queue.ts';
import { requestLog } from './platform/request-log.ts';

export interface Running {
  /** Which database it works on, in words. */
  database: string;
  /** Ends it in order: nobody is cut off who can be answered in time, no job that can be ended in time. */
  stop: () => Promise<void>;
}

export interface Service extends Running {
  /** Where it answers. */
  url: string;
  /** No access key was ever made: it answers callers of this machine only. */
  keyless: boolean;
}

/** What a process is started with beside its configuration. */
export interface StartOptions {
  /** The folder that holds data/, rules/ and templates/, beside which the data lie by default. */
  root: string;
  /** The machine's own unless given. */
  clock?: Clock | undefined;
  log: Log;
}

const REQUESTS_END_WITHIN_MS = 10_000;
const CLOSE_WITHIN_MS = 5_000;

/** Starts the service. Nothing is left running when it cannot start. Without a log only errors are written, to stderr. */
export async function startService(
  config: Config,
  root: string,
  clock?: Clock,
  log: Log = new Log({ level: 'error', stream: process.stderr }),
): Promise<Service> {
  const source = await databaseSource(config, { root, whenOwned: 'refuse', keepRunning: true, tell });
  return orStop(source, async () => {
    const duties = { doors: true, jobs: config.jobs === 'on' };
    const app = await NestFactory.create<NestExpressApplication>(moduleOf(config, source, { clock, duties }), {
      logger: log,
      abortOnError: false,
      bodyParser: false,
    });
    app.use(requestLog(app.get(Metrics)));
    configureHttp(app, config);
    const server = app.getHttpServer();
    const stop = async (): Promise<void> => {
      await Promise.all([stopListening(server, REQUESTS_END_WITHIN_MS), app.get(Queue).stop()]);
      await close(app);
    };
    let keyless = true;
    const port = await orStop({ stop }, async () => {
      await app.get(Queue).start();
      await app.init();
      if (duties.jobs) await handleJobs(app);
      keyless = !(await app.get(AccessService).anyKey());
      // Not app.listen: it logs a stack for a taken port before anyone can say what to do about it.
      return listen(server, config);
    });
    return { url: urlOf(config.host, port), keyless, ...running(source, stop) };
  });
}

/** Starts a process that only handles jobs, beside a service or others of its kind. */
export async function startWorker(config: Config, { root, clock, log }: StartOptions): Promise<Running> {
  const source = await databaseSource(config, { root, whenOwned: 'join', keepRunning: true, tell });
  return orStop(source, async () => {
    const duties = { doors: false, jobs: true };
    const app = await NestFactory.createApplicationContext(moduleOf(config, source, { clock, duties }), {
      logger: log,
      abortOnError: false,
    });
    const stop = async (): Promise<void> => {
      await app.get(Queue).stop();
      await close(app);
    };
    await orStop({ stop }, async () => {
      await app.get(Queue).start();
      await handleJobs(app);
    });
    return running(source, stop);
  });
}

/** For people: standard output is for the log. */
function tell(line: string): void {
  process.stderr.write(`postage-auditor: ${line}\n`);
}

function moduleOf(config: Config, source: DatabaseSource, more: { clock: Clock | undefined; duties: Duties }) {
  const { clock, duties } = more;
  return AppModule.over({ config, databaseUrl: source.url, dataDir: source.dataDir, ...(clock && { clock }) }, duties);
}

function running(source: DatabaseSource, stop: () => Promise<void>): Running {
  return {
    database: source.where,
    stop: async () => {
      await stop();
      await source.stop();
    },
  };
}

/** Does the work; takes down what it stands on when it fails. */
async function orStop<T>(held: { stop: () => Promise<void> }, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await held.stop();
    throw error;
  }
}

/** A query of a job that was given up may hold its connection: then the process ends with it open. */
async function close(app: INestApplicationContext): Promise<void> {
  await Promise.race([app.close(), sleep(CLOSE_WITHIN_MS, undefined, { ref: false })]);
}

function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

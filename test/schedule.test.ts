/** What the service does by the clock is really in its schedule: a minute that passes makes the report that fell due. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SchedulerRegistry } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { AppModule } from '../src/app.module.ts';
import { handleJobs } from '../src/jobs.ts';
import { readConfig } from '../src/platform/config.ts';
import { Queue } from '../src/platform/queue.ts';
import { ReportArchive } from '../src/reports/report-archive.service.ts';
import { Days, honestLabel, noticeEvent } from './support/daily.ts';
import { useDatabase } from './support/database.ts';
import { until } from './support/until.ts';

const database = useDatabase();
let now = '2026-11-10T05:58:00Z';
let app: INestApplicationContext;

beforeAll(async () => {
  const surroundings = {
    config: readConfig({ REPORT_AT: '06:00' }),
    databaseUrl: database.url(),
    dataDir: join(tmpdir(), 'postage-auditor-tests'),
    clock: { now: () => new Date(now) },
  };
  const module = AppModule.over(surroundings, { doors: false, jobs: true });
  app = await NestFactory.createApplicationContext(module, { logger: false });
  await app.get(Queue).start();
  await handleJobs(app);
  const days = new Days(database);
  await days.open();
  await days.at(now).take('labels', [honestLabel(1, '2026-11-08')]);
  await days.close();
});

afterAll(async () => {
  await app.get(Queue).stop();
  await app.close();
});

test('everything that is to be looked at again and again has its place', () => {
  const jobs = new Set(app.get(SchedulerRegistry).getCronJobs().keys());
  expect(jobs).toEqual(
    new Set([
      'alarming parcels',
      'alerts',
      'audits',
      'daily report',
      'folding',
      'kept answers',
      'mails',
      'polling',
      'report mails',
      'suspicion',
      'uploads',
      'webhooks',
    ]),
  );
});

test('the report is made when its time passes, not before, by a service that runs', async () => {
  const minutePasses = (): void => void app.get(SchedulerRegistry).getCronJob('daily report').fireOnTick();
  const archive = app.get(ReportArchive, { strict: false });
  minutePasses();
  // Two minutes early, the report of the day before is the one that is due.
  await until(async () => (await archive.of('2026-11-09')) !== null, { withinMs: 30_000 });
  expect(await archive.of('2026-11-10')).toBeNull();
  now = '2026-11-10T06:00:30Z';
  minutePasses();
  await until(async () => (await archive.of('2026-11-10')) !== null, { withinMs: 30_000 });
  expect((await archive.of('2026-11-10'))?.asOf).toEqual(new Date('2026-11-10T06:00:00Z'));
});

test('what a command found without ringing is told within half a minute', async () => {
  const sent = async (): Promise<unknown[]> =>
    app.get(DataSource).query(`SELECT state FROM mail WHERE kind = 'alert' AND state = 'sent'`);
  const days = new Days(database);
  await days.open();
  days.at((now = '2026-11-10T12:00:00Z'));
  await days.take('tracking', [noticeEvent(1, '2026-11-10T09:00:00Z')]);
  await days.audit();
  await days.close();
  expect(await sent()).toEqual([]);
  void app.get(SchedulerRegistry).getCronJob('alerts').fireOnTick();
  await until(async () => (await sent()).length === 1, { withinMs: 30_000 });
});

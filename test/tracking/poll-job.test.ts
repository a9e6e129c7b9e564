/** The service asks by its schedule: a tick asks what is due, and the journey is folded after it. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SchedulerRegistry } from '@nestjs/schedule';
import { AppModule } from '../../src/app.module.ts';
import { ArrayService } from '../../src/ingest/array.service.ts';
import { handleJobs } from '../../src/jobs.ts';
import { readConfig } from '../../src/platform/config.ts';
import { Queue } from '../../src/platform/queue.ts';
import { numberOf } from '../support/asking.ts';
import { useDatabase } from '../support/database.ts';
import { FakeUsps } from '../support/fake-usps.ts';
import { until } from '../support/until.ts';

const database = useDatabase();
const usps = new FakeUsps(Date.now);
const apps: INestApplicationContext[] = [];

beforeAll(async () => {
  await usps.start();
});
afterAll(async () => {
  for (const app of apps) {
    await app.get(Queue).stop();
    await app.close();
  }
  await usps.stop();
});

/** A service that handles jobs. */
async function start(variables: Record<string, string>): Promise<INestApplicationContext> {
  const config = readConfig(variables);
  const surroundings = { config, databaseUrl: database.url(), dataDir: join(tmpdir(), 'postage-auditor-tests') };
  const module = AppModule.over(surroundings, { doors: false, jobs: true });
  const app = await NestFactory.createApplicationContext(module, { logger: false });
  apps.push(app);
  await app.get(Queue).start();
  await handleJobs(app);
  return app;
}

const tick = (app: INestApplicationContext) => app.get(SchedulerRegistry).getCronJob('polling').fireOnTick();

test('a tick asks what is due, once however many processes there are, and the journey follows', async () => {
  const number = numberOf(1);
  usps.shows(number, [
    { code: '03', text: 'Accepted', at: new Date(Date.now() - 7_200_000).toISOString(), zip: '89501' },
  ]);
  const [one, two] = [await start(usps.variables), await start(usps.variables)];
  const yesterday = new Date(Date.now() - 2 * 86_400_000).toISOString();
  const row = {
    tracking_number: number,
    vendor: 'Story',
    purchased_at: yesterday,
    service: 'ground_advantage',
    charged: '7',
  };
  await one?.get(ArrayService).take({ kind: 'labels', vendor: null, items: [{ ...row, label_id: 'S1' }] });
  void tick(one);
  void tick(two);
  await until(async () => {
    const [journey] = await database
      .dataSource()
      .query<{ digest: { firstScan?: { code: string } } }[]>('SELECT digest FROM journey');
    return journey?.digest.firstScan?.code === '03';
  });
  expect(usps.asked).toEqual([number]);
});

test('where nobody is configured a tick rings for nobody', async () => {
  const app = await start({});
  await app.get(SchedulerRegistry).getCronJob('polling').fireOnTick();
  const jobs: unknown[] = await database
    .dataSource()
    .query(`SELECT 1 FROM pgboss.job WHERE name = 'poll' AND state < 'active'`);
  expect(jobs).toEqual([]);
});

/** From stored deliveries to events: told once however often it is looked at, and what cannot be read stops nobody. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../src/app.module.ts';
import { exampleBody } from '../../src/api/openapi/curl.ts';
import { webhookOperations } from '../../src/api/openapi/webhooks.ts';
import { PROVIDERS, type Provider } from '../../src/core/mapping/providers/provider.ts';
import { handleJobs } from '../../src/jobs.ts';
import { readConfig } from '../../src/platform/config.ts';
import { Log } from '../../src/platform/log.ts';
import { Metrics } from '../../src/platform/metrics.ts';
import { Queue } from '../../src/platform/queue.ts';
import { ringWebhooks } from '../../src/tracking/webhook-bell.ts';
import { WebhookIntake } from '../../src/tracking/webhook-intake.service.ts';
import { WebhookJob } from '../../src/tracking/webhook.job.ts';
import { WebhookService } from '../../src/tracking/webhook.service.ts';
import { useDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';
import { movedPush, numberOf, track17Push } from '../support/webhooks.ts';

// Before the database goes.
afterAll(async () => {
  await app.get(Queue).stop();
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});
const database = useDatabase();
const folder = mkdtempSync(join(tmpdir(), 'pa-webhooks-'));
const lines: string[] = [];
let now = '2026-11-20T08:00:00Z';
let app: INestApplicationContext;

beforeAll(async () => {
  const surroundings = {
    config: readConfig({}),
    databaseUrl: database.url(),
    dataDir: folder,
    clock: { now: () => new Date(now) },
  };
  const logger = new Log({ level: 'info', stream: { write: (line) => void lines.push(line) } });
  // Without the schedule: nothing is looked into but when the story says so.
  const module = AppModule.over(surroundings, { doors: false, jobs: false });
  app = await NestFactory.createApplicationContext(module, { logger });
  await app.get(Queue).start();
});

beforeEach(() =>
  database
    .dataSource()
    .query('TRUNCATE webhook_delivery, webhook_parcel, event, parcel, import, rejected_row, journey'),
);

const rows = <Row extends object>(sql: string): Promise<Row[]> => database.dataSource().query(sql);
const column = async <T>(sql: string): Promise<T[]> => (await rows<Record<string, T>>(sql)).flatMap(Object.values);
const accept = (provider: Provider, body: string | Buffer): Promise<string> =>
  app.get(WebhookService).accept({ provider, body: Buffer.from(body) });
const take = (): Promise<void> => app.get(WebhookIntake).takeWaiting();
const states = (): Promise<string[]> =>
  column("SELECT state || coalesce(': ' || problem, '') FROM webhook_delivery ORDER BY received_at, state");

const ACCEPTED = { at: '2026-11-17T17:30:00Z', says: 'Accepted at USPS Origin Facility' };
const ARRIVED = { at: '2026-11-18T17:30:00Z', says: 'Arrived at USPS Regional Facility' };

test('what a delivery tells stands in events, and of which parcels and when it was looked into is kept', async () => {
  await accept('17track', track17Push(` 94001118 ${numberOf(1).slice(8)}`, [ACCEPTED, ARRIVED]));
  now = '2026-11-20T08:05:00Z';
  await take();
  expect(
    await rows('SELECT tracking_number, text, source FROM event WHERE kind = $$event$$ ORDER BY event_time'),
  ).toEqual([
    { tracking_number: numberOf(1), text: ACCEPTED.says, source: '17TRACK' },
    { tracking_number: numberOf(1), text: ARRIVED.says, source: '17TRACK' },
  ]);
  expect(await rows('SELECT state, problem, processed_at FROM webhook_delivery')).toEqual([
    { state: 'done', problem: null, processed_at: new Date(now) },
  ]);
  expect(
    await column(
      `SELECT p.tracking_number FROM webhook_parcel p JOIN webhook_delivery d USING (provider, body_sha256)`,
    ),
  ).toEqual([numberOf(1)]);
  expect(await column('SELECT file FROM import')).toEqual(['webhook 17TRACK']);
});

test('the examples of the documentation are understood, each as its sender’s', async () => {
  for (const operation of webhookOperations) {
    const provider = PROVIDERS.find((name) => operation.path.includes(`/${name}`));
    await accept(provider ?? '17track', exampleBody(operation)?.text ?? '');
  }
  await take();
  expect(await states()).toEqual(webhookOperations.map(() => 'done'));
  const accepted = `SELECT DISTINCT event_time FROM event WHERE kind = 'event' AND event_time = '2026-11-06T17:30:00Z'`;
  expect(await column(accepted)).toHaveLength(1);
  expect(await column('SELECT file FROM import ORDER BY file')).toEqual([
    'webhook 17TRACK',
    'webhook EasyPost',
    'webhook Shippo',
    'webhook USPS',
  ]);
  expect(await column('SELECT provider FROM webhook_parcel ORDER BY provider')).toEqual([...PROVIDERS].sort());
});

test('looked at again, or told again in other bytes, it changes nothing', async () => {
  const push = track17Push(numberOf(2), [ACCEPTED, ARRIVED]);
  await accept('17track', push);
  await take();
  const events = await rows('SELECT * FROM event ORDER BY event_time, kind');
  const revisions = await column('SELECT revision FROM parcel');
  now = '2026-11-20T09:00:00Z';
  await database.dataSource().query(`UPDATE webhook_delivery SET state = 'waiting'`);
  await take();
  expect(await accept('17track', push)).toBe('repeated');
  await take();
  expect(await rows('SELECT * FROM event ORDER BY event_time, kind')).toEqual(events);
  expect(await column('SELECT revision FROM parcel')).toEqual(revisions);
  await accept('17track', push.replaceAll(',"', ', "'));
  await take();
  expect(await column(`SELECT text FROM event WHERE kind = 'event' ORDER BY event_time`)).toEqual([
    ACCEPTED.says,
    ARRIVED.says,
  ]);
});

test('those of many senders are taken together, each dated by when it came', async () => {
  for (let serial = 10; serial < 250; serial += 1) {
    now = `2026-11-20T10:00:${String(serial % 60).padStart(2, '0')}Z`;
    await accept('17track', movedPush(numberOf(serial)));
  }
  await take();
  expect(await column('SELECT count(*)::int FROM event WHERE kind = $$event$$')).toEqual([240]);
  expect(await column('SELECT DISTINCT state FROM webhook_delivery')).toEqual(['done']);
  // Two batches, and no more imports than that.
  expect(await column('SELECT count(*)::int FROM import')).toEqual([2]);
});

describe('what cannot be read', () => {
  const NONSENSE: [Provider, string | Buffer][] = [
    ['17track', 'no JSON'],
    ['easypost', '{"half": '],
    ['shippo', ''],
    ['usps', Buffer.from([0xff, 0xfe, 0x00])],
    ['17track', '[]'],
    ['easypost', '"text"'],
    ['shippo', '['.repeat(200_000)],
    ['usps', 'null'],
  ];

  test('is kept with what is wrong, counted and told, and the others are taken', async () => {
    lines.length = 0;
    for (const [at, [provider, body]] of NONSENSE.entries()) {
      now = `2026-11-20T11:00:${String(2 * at).padStart(2, '0')}Z`;
      await accept(provider, body);
      now = `2026-11-20T11:00:${String(2 * at + 1).padStart(2, '0')}Z`;
      await accept('17track', movedPush(numberOf(300 + at)));
    }
    await take();
    const became = await states();
    expect(became.filter((_, at) => at % 2 === 1)).toEqual(NONSENSE.map(() => 'done'));
    for (const one of became.filter((_, at) => at % 2 === 0)) expect(one).toMatch(/^unreadable: \S.{5,500}$/);
    expect(await column('SELECT count(*)::int FROM event WHERE kind = $$event$$')).toEqual([NONSENSE.length]);
    const bodies = await column<Buffer>(
      `SELECT body FROM webhook_delivery WHERE state = 'unreadable' ORDER BY received_at`,
    );
    expect(bodies.map(String)).toEqual(NONSENSE.map(([, body]) => String(body)));
    const { body: text } = await app.get(Metrics).text();
    expect(text).toMatch(/^webhook_deliveries_total\{provider="17track",outcome="unreadable"\} 2$/m);
    const told = lines.filter((line) => line.includes('cannot be read'));
    expect(told).toHaveLength(1);
    // Nothing is tried again by itself.
    await take();
    expect(await states()).toEqual(became);
  });

  test('in the database’s eyes alone is kept as such, and stops nobody either', async () => {
    await database.dataSource().query(
      `CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql
         AS $$ BEGIN RAISE EXCEPTION 'this is no text' USING ERRCODE = '22021'; END $$;
       CREATE TRIGGER poison BEFORE INSERT ON event FOR EACH ROW WHEN (NEW.text LIKE '%poison%') EXECUTE FUNCTION poison()`,
    );
    try {
      await accept('17track', movedPush(numberOf(400)));
      await accept('17track', movedPush(numberOf(401)).replace('Regional', 'poison'));
      await accept('17track', movedPush(numberOf(402)));
      await take();
    } finally {
      await database.dataSource().query('DROP FUNCTION poison() CASCADE');
    }
    expect((await states()).sort()).toEqual(['done', 'done', expect.stringContaining('a fault of this program')]);
    expect(await column('SELECT tracking_number FROM event WHERE kind = $$event$$ ORDER BY 1')).toEqual([
      numberOf(400),
      numberOf(402),
    ]);
    // Mended, it is only to be looked at again.
    await database.dataSource().query(`UPDATE webhook_delivery SET state = 'waiting' WHERE state = 'unreadable'`);
    await take();
    expect(await states()).toEqual(['done', 'done', 'done']);
  });

  test('as a number is told as a refused row, and keeps no parcel', async () => {
    await accept('17track', movedPush('9'.repeat(5000)));
    await accept('17track', movedPush(numberOf(403)));
    await take();
    expect(await column(`SELECT count(*)::int FROM webhook_delivery WHERE state = 'waiting'`)).toEqual([0]);
    expect(await column('SELECT tracking_number FROM webhook_parcel')).toEqual([numberOf(403)]);
  });
});

test('while the database refuses for a reason that passes, everything waits on', async () => {
  await accept('17track', movedPush(numberOf(500)));
  await accept('17track', 'no JSON');
  await database.dataSource().query(
    `CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql
         AS $$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = '53100'; END $$;
       CREATE TRIGGER full_disk BEFORE INSERT ON event FOR EACH STATEMENT EXECUTE FUNCTION full_disk()`,
  );
  try {
    await expect(take()).rejects.toThrow('the disk that holds the database is full');
    expect(await states()).toEqual(['waiting', 'waiting']);
  } finally {
    await database.dataSource().query('DROP FUNCTION full_disk() CASCADE');
  }
  await take();
  expect((await states()).map((state) => state.split(':')[0])).toEqual(['done', 'unreadable']);
});

test('two that look at once take each delivery once', async () => {
  for (let serial = 600; serial < 620; serial += 1) await accept('17track', movedPush(numberOf(serial)));
  await Promise.all([take(), take()]);
  expect(await column('SELECT count(*)::int FROM event WHERE kind = $$event$$')).toEqual([20]);
  expect(await column('SELECT count(*)::int FROM import')).toEqual([1]);
});

describe('with jobs', () => {
  const waiting = (): Promise<number[]> => column(`SELECT count(*)::int FROM webhook_delivery WHERE state = 'waiting'`);
  const taken = (): Promise<void> => until(async () => (await waiting())[0] === 0);
  beforeAll(() => handleJobs(app));

  test('a delivery is looked into as soon as it is stored, and its journey folded', async () => {
    await accept('17track', movedPush(numberOf(700)));
    await taken();
    await until(async () => (await column('SELECT tracking_number FROM journey')).length === 1);
  });

  test('one whose bell was lost is found by the minute', async () => {
    await database.dataSource().query(
      `INSERT INTO webhook_delivery (provider, body_sha256, body, received_at, state)
       VALUES ('17track', repeat('a', 64), convert_to($1, 'UTF8'), $2, 'waiting')`,
      [movedPush(numberOf(701)), new Date(now)],
    );
    await app.get(WebhookJob).ringForLeftBehind();
    await taken();
    await ringWebhooks(app.get(Queue));
    expect(await column('SELECT tracking_number FROM webhook_parcel')).toEqual([numberOf(701)]);
  });
});

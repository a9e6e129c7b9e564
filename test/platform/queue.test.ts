/** Jobs: a bell is heard at once, once, by one process; a job that fails is tried again; stopping waits. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import { SidePool } from '../../src/platform/database-pool.ts';
import { Metrics } from '../../src/platform/metrics.ts';
import { type Job, Queue } from '../../src/platform/queue.ts';
import { urlOfDatabase, useDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';

const database = useDatabase();
const opened: { queue: Queue; pool: SidePool }[] = [];

beforeAll(() => Logger.overrideLogger(false));

function make(url: string): Queue {
  const pool = new SidePool(url);
  const queue = new Queue(url, pool, new Metrics());
  opened.push({ queue, pool });
  return queue;
}

async function open(url = database.url()): Promise<Queue> {
  const queue = make(url);
  await queue.start();
  return queue;
}

afterEach(async () => {
  for (const { queue, pool } of opened.splice(0)) {
    await queue.stop();
    await pool.close();
  }
});

/** A job that keeps what it was given. */
function recorder(queue: string, work: (data: object) => Promise<void> = async () => undefined) {
  const seen: object[] = [];
  const job: Job = {
    queue,
    run: async (data) => {
      seen.push(data);
      await work(data);
    },
  };
  return { job, seen };
}

test('what was rung before anybody worked is done, with its data, and a bell without any brings an empty object', async () => {
  const queue = await open();
  await queue.send('first', { id: 7 });
  await queue.send('first');
  const { job, seen } = recorder('first');
  await queue.work(job);
  await until(() => seen.length === 2);
  expect(seen).toEqual([{ id: 7 }, {}]);
});

test('a bell rung in the process that works is heard at once', async () => {
  const queue = await open();
  const { job, seen } = recorder('quick');
  await queue.work(job);
  await sleep(100);
  const rungMs = performance.now();
  await queue.send('quick');
  await until(() => seen.length === 1, { everyMs: 5 });
  expect(performance.now() - rungMs).toBeLessThan(500);
});

test('bells of one key are one as long as it waits; one that runs does not hold back the next', async () => {
  const queue = await open();
  for (let bell = 0; bell < 5; bell += 1) await queue.send('keyed', { bell }, { key: 'same' });
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const { job, seen } = recorder('keyed', () => gate);
  await queue.work(job);
  await until(() => seen.length === 1);
  await queue.send('keyed', { bell: 'while it runs' }, { key: 'same' });
  letGo();
  await until(() => seen.length === 2);
  expect(seen).toEqual([{ bell: 0 }, { bell: 'while it runs' }]);
});

test('bells of one key within their span of time are one, also when the first is done', async () => {
  const queue = await open();
  const { job, seen } = recorder('throttled');
  await queue.work(job);
  // The span is one of the clock: ring at its beginning, so that none of the bells falls into the next.
  await until(() => Date.now() % 3000 < 1000, { everyMs: 50 });
  for (let bell = 0; bell < 3; bell += 1) {
    await queue.send('throttled', { bell }, { key: 'same', everySeconds: 3 });
    await until(() => seen.length === 1);
  }
  await queue.send('throttled', { bell: 'another key' }, { key: 'other', everySeconds: 3 });
  await until(() => seen.length === 2);
  expect(seen).toEqual([{ bell: 0 }, { bell: 'another key' }]);
});

test('a job that fails is tried again', async () => {
  const queue = await open();
  let tries = 0;
  const { job, seen } = recorder('failing', async () => {
    tries += 1;
    if (tries === 1) throw new Error('not yet');
  });
  await queue.work(job);
  await queue.send('failing', { id: 1 });
  await until(() => seen.length === 2, { withinMs: 30_000 });
  expect(seen).toEqual([{ id: 1 }, { id: 1 }]);
});

test('stopping waits for the job that runs, and takes no other', async () => {
  const queue = await open();
  let ended = false;
  const { job, seen } = recorder('slow', async () => {
    await sleep(300);
    ended = true;
  });
  await queue.work(job);
  await queue.send('slow', { id: 1 });
  await queue.send('slow', { id: 2 });
  await until(() => seen.length === 1);
  await queue.stop();
  expect(ended).toBe(true);
  expect(seen).toEqual([{ id: 1 }]);
});

test('many bells are shared by the processes that work, each done by one of them', async () => {
  const queues = await Promise.all([open(), open()]);
  const seen: object[] = [];
  for (const queue of queues) {
    await queue.work({ queue: 'shared', run: async (data) => void seen.push(data) });
  }
  const rung = Array.from({ length: 20 }, (_, pair) =>
    queues.map((queue, at) => queue.send('shared', { id: 2 * pair + at })),
  );
  await Promise.all(rung.flat());
  await until(() => seen.length >= 40);
  const ids = seen.map((data) => ('id' in data ? Number(data.id) : -1)).sort((a, b) => a - b);
  expect(ids).toEqual(Array.from({ length: 40 }, (_, id) => id));
});

test('processes that start together over an empty database all open the queue', async () => {
  const name = `queue_${process.pid}`;
  const admin = new Client({ connectionString: database.url() });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  const url = urlOfDatabase(database.url(), name);
  try {
    const queues = await Promise.all([1, 2, 3, 4].map(() => open(url)));
    await Promise.all(queues.flatMap((queue) => ['a', 'b', 'c'].map((kind) => queue.send(kind))));
    const waiting = await queues[0]?.waiting();
    expect(waiting?.map(({ queue, jobs }) => [queue, jobs]).sort()).toEqual([
      ['a', 4],
      ['b', 4],
      ['c', 4],
    ]);
    await Promise.all(queues.map((queue) => queue.stop()));
  } finally {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
  }
});

test('a job whose end cannot be recorded, because the connections broke, is recorded when they are back', async () => {
  const queue = await open();
  const { job, seen } = recorder('cut off', async () => {
    await database.dataSource().query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = 'postage-auditor queue' AND datname = current_database()`,
    );
  });
  await queue.work(job);
  await queue.send('cut off');
  await until(() => seen.length === 1);
  await until(async () => {
    const jobs: { state: string }[] = await database
      .dataSource()
      .query(`SELECT state FROM pgboss.job WHERE name = 'cut off'`);
    return jobs.length === 1 && jobs[0]?.state === 'completed';
  });
});

test('a bell cannot be rung before the queue is open', async () => {
  await expect(make(database.url()).send('any')).rejects.toThrow('not open in this process');
});

/** Deliveries and a service or a database that goes away in the middle: what was answered for is there, and is looked into. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../src/platform/config.ts';
import { Log } from '../../src/platform/log.ts';
import { startService } from '../../src/service.ts';
import { useDatabase } from '../support/database.ts';
import { type ReadyService, startServiceProgram } from '../support/program.ts';
import { restartingServer } from '../support/restarting.ts';
import { until } from '../support/until.ts';
import { SECRETS, deliver, delivery, movedPush, numberOf } from '../support/webhooks.ts';

const database = useDatabase();
let folder = '';
const programs: ReadyService[] = [];
beforeEach(() => {
  folder = mkdtempSync('/tmp/pa-webhooks-');
  // As root a server of its own runs as another user, who must be able to pass.
  chmodSync(folder, 0o755);
});
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.end('SIGKILL')));
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

async function service(): Promise<ReadyService> {
  const program = await startServiceProgram({ DATABASE_URL: database.url(), DATA_DIR: folder, ...SECRETS });
  programs.push(program);
  return program;
}

const LANES = 16;

/** Sends one after the other on every lane, each for its own parcel, until told to stop; answers whose were answered for. */
function pour(url: string, from: number): { accepted: number[]; stop: () => Promise<void> } {
  const accepted: number[] = [];
  const over = new AbortController();
  let next = from;
  const lane = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const serial = next;
      next += 1;
      const answer = await deliver(url, delivery('17track', movedPush(numberOf(serial)))).catch(() => null);
      if (answer?.status === 200) accepted.push(serial);
      // Nobody there, or no database behind it: as senders do, a little later.
      else await sleep(5);
    }
  };
  const lanes = Array.from({ length: LANES }, lane);
  return {
    accepted,
    stop: async () => {
      over.abort();
      await Promise.all(lanes);
    },
  };
}

const column = async <T>(sql: string): Promise<T[]> => {
  const rows: Record<string, T>[] = await database.dataSource().query(sql);
  return rows.flatMap((row) => Object.values(row));
};

test('killed in the middle again and again, a service has stored all it answered for, and its successor looks into it', async () => {
  const answered: number[] = [];
  for (const [at, most] of [40, 150, 400].entries()) {
    const { url, end } = await service();
    const pouring = pour(url, 100_000 * (at + 1));
    await until(() => pouring.accepted.length >= most, { withinMs: 30_000, everyMs: 2 });
    await end('SIGKILL');
    await pouring.stop();
    answered.push(...pouring.accepted);
  }
  const stored = new Set(await column<string>(`SELECT convert_from(body, 'UTF8') FROM webhook_delivery`));
  expect(answered.filter((serial) => !stored.has(movedPush(numberOf(serial))))).toEqual([]);

  await service();
  const waiting = (): Promise<number[]> => column(`SELECT count(*)::int FROM webhook_delivery WHERE state = 'waiting'`);
  await until(async () => (await waiting())[0] === 0, { withinMs: 40_000 });
  const states = await column<string>('SELECT DISTINCT state FROM webhook_delivery');
  expect(states).toEqual(['done']);
  const told = await column<string>(`SELECT tracking_number FROM event WHERE kind = 'event'`);
  // Each once, though some were being looked into when their process was killed.
  expect(told).toHaveLength(stored.size);
  expect(new Set(told)).toEqual(new Set(await column<string>('SELECT tracking_number FROM webhook_parcel')));
}, 150_000);

test('while the database is away senders are told to come again, and what was answered for is there after its crash', async () => {
  const server = await restartingServer(folder);
  const config = readConfig({ PORT: '0', DATABASE_URL: server.url, DATA_DIR: folder, ...SECRETS });
  const silent = new Log({ level: 'fatal', stream: { write: () => undefined } });
  const running = await startService(config, folder, undefined, silent);
  try {
    const pouring = pour(running.url, 900_000);
    await until(() => pouring.accepted.length > 50);
    await server.crash();
    const late = delivery('shippo', movedPush(numberOf(1)));
    await until(async () => (await deliver(running.url, late)).status === 503);
    const told = await deliver(running.url, late);
    expect([told.status, Number(told.headers['retry-after'])]).toEqual([503, expect.any(Number)]);
    await server.start();
    const before = pouring.accepted.length;
    await until(() => pouring.accepted.length > before + 50);
    await pouring.stop();
    await until(async () => (await deliver(running.url, late)).status === 200);
    for (const serial of pouring.accepted) {
      const again = await deliver(running.url, delivery('17track', movedPush(numberOf(serial))));
      expect([serial, again.text]).toEqual([serial, '{"accepted":true,"repeated":true}']);
    }
  } finally {
    await running.stop();
    await server.crash();
  }
}, 60_000);

/** The database may go away and come back at any moment: the service outlives it, and what it confirmed is there. */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { readConfig } from '../src/platform/config.ts';
import { Log } from '../src/platform/log.ts';
import { type Service, startService } from '../src/service.ts';
import { type RestartingServer, restartingServer } from './support/restarting.ts';
import { until } from './support/until.ts';

/** What the log says of the outage is not the story here. */
const silent = new Log({ level: 'fatal', stream: { write: () => undefined } });

let folder = '';
beforeEach(() => {
  folder = mkdtempSync('/tmp/pa-away-');
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

const readiness = async ({ url }: Service): Promise<number> => (await fetch(`${url}/health/ready`)).status;

async function postLabel({ url }: Service, id: number): Promise<number> {
  const label = {
    tracking_number: `TEST${id}`,
    vendor: 'Alpha',
    label_id: `A${id}`,
    purchased_at: '2026-11-05T04:00:00Z',
    service: 'ground_advantage',
    charged: '7.40',
  };
  const answer = await fetch(`${url}/api/v1/labels`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([label]),
  });
  await answer.arrayBuffer();
  return answer.status;
}

async function numbers(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ number: string }>('SELECT tracking_number AS number FROM label');
    return rows.map(({ number }) => number);
  } finally {
    await client.end();
  }
}

describe('a PostgreSQL server that crashes and is started again', () => {
  let server: RestartingServer;
  let service: Service;
  beforeEach(async () => {
    server = await restartingServer(folder);
    service = await startService(
      readConfig({ PORT: '0', DATABASE_URL: server.url, DATA_DIR: folder }),
      folder,
      undefined,
      silent,
    );
  });
  afterEach(async () => {
    await service.stop();
    await server.crash();
  });

  test('every label that was confirmed is there, and requests and readiness say what is the matter', async () => {
    const confirmed: number[] = [];
    const statuses = new Set<number>();
    const enough = new AbortController();
    const posting = [0, 1, 2, 3].map(async (lane) => {
      for (let at = 0; !enough.signal.aborted; at += 1) {
        const id = lane * 1_000_000 + at;
        const status = await postLabel(service, id);
        statuses.add(status);
        if (status === 200) confirmed.push(id);
        else await sleep(20);
      }
    });
    await until(() => confirmed.length > 20);
    await server.crash();
    await until(async () => (await readiness(service)) === 503);
    await until(() => statuses.has(503));
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
    expect(await (await fetch(`${service.url}/metrics`)).text()).toMatch(/^database_up 0$/m);

    await server.start();
    await until(async () => (await readiness(service)) === 200);
    const before = confirmed.length;
    await until(() => confirmed.length > before + 20);
    enough.abort();
    await Promise.all(posting);
    expect(statuses).toEqual(new Set([200, 503]));
    const stored = new Set(await numbers(server.url));
    expect(confirmed.filter((id) => !stored.has(`TEST${id}`))).toEqual([]);
  });

  test('a file that was taken is imported once the server is back, though it broke off in the middle', async () => {
    const header = 'tracking_number,vendor,label_id,purchased_at,service,charged\n';
    const rows = Array.from(
      { length: 30_000 },
      (_, id) => `FILE${id},Beta,B${id},2026-11-05T04:00:00Z,priority_mail,9\n`,
    );
    const answer = await fetch(`${service.url}/api/v1/imports?kind=labels`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: header + rows.join(''),
    });
    expect(answer.status).toBe(202);
    const { id } = (await answer.json()) as { id: string };
    const state = async (): Promise<string> => {
      const asked = await fetch(`${service.url}/api/v1/imports/${id}`);
      return asked.status === 200 ? ((await asked.json()) as { state: string }).state : `${asked.status}`;
    };
    await until(async () => (await state()) !== 'queued', { everyMs: 5 });
    expect(await state()).toBe('running');
    await server.crash();
    await sleep(500);
    await server.start();
    await until(async () => (await state()) === 'done', { withinMs: 90_000, everyMs: 200 });
    expect(await numbers(server.url)).toHaveLength(30_000);
  }, 120_000);
});

test('an embedded server that is killed is started again by the service that owns it', async () => {
  const service = await startService(readConfig({ PORT: '0', DATA_DIR: folder }), folder, undefined, silent);
  try {
    expect(await postLabel(service, 1)).toBe(200);
    const note = join(folder, 'cluster', 'data', 'postmaster.pid');
    const killed = Number(readFileSync(note, 'utf8').split('\n', 1)[0]);
    process.kill(killed, 'SIGKILL');
    await until(async () => (await readiness(service)) === 503);
    await until(async () => (await readiness(service)) === 200, { withinMs: 30_000 });
    expect(Number(readFileSync(note, 'utf8').split('\n', 1)[0])).not.toBe(killed);
    expect(await postLabel(service, 2)).toBe(200);
  } finally {
    await service.stop();
  }
});

/** The service and its workers as processes: they start together, end in order, and leave nothing half done. */
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { urlOfDatabase, useDatabase } from './support/database.ts';
import { type Program, type ReadyService, startServiceProgram, startWorkerProgram } from './support/program.ts';
import { until } from './support/until.ts';

const database = useDatabase();

let folder = '';
const running: Program[] = [];
beforeEach(() => {
  folder = mkdtempSync('/tmp/pa-processes-');
  // As root an embedded server runs as another user, who must be able to pass.
  chmodSync(folder, 0o755);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((program) => program.end('SIGKILL')));
  rmSync(folder, { recursive: true, force: true });
});

const surroundings = (): Record<string, string> => ({ DATABASE_URL: database.url(), DATA_DIR: folder });

async function service(variables: Record<string, string> = {}): Promise<ReadyService> {
  const program = await startServiceProgram({ ...surroundings(), ...variables });
  running.push(program);
  return program;
}

async function worker(variables: Record<string, string> = {}): Promise<Program> {
  const program = await startWorkerProgram({ ...surroundings(), ...variables });
  running.push(program);
  return program;
}

async function connections(): Promise<number> {
  const rows: { count: number }[] = await database.dataSource().query(
    `SELECT count(*)::int AS count FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'postage-auditor%'`,
  );
  return rows[0]?.count ?? -1;
}

test('processes that start together over an empty database all come up', async () => {
  const name = `together_${process.pid}`;
  const admin = new Client({ connectionString: database.url() });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  try {
    const url = urlOfDatabase(database.url(), name);
    const programs = await Promise.all([1, 2].map(() => service({ DATABASE_URL: url })));
    for (const { url: place } of programs) expect((await fetch(`${place}/health/ready`)).status).toBe(200);
    const ended = await Promise.all(programs.map((program) => program.end()));
    expect(ended).toEqual([0, 0]);
  } finally {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
  }
});

test('what is being sent when the service is told to stop is taken and answered; nothing stays behind', async () => {
  const before = await connections();
  const program = await service();
  const upload = request(`${program.url}/api/v1/imports?kind=labels`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
  });
  const answered = new Promise<number>((resolve, reject) => {
    upload.on('response', (answer) => resolve(answer.resume().statusCode ?? 0));
    upload.on('error', reject);
  });
  upload.write('tracking_number,vendor,label_id,purchased_at,service,charged\n');
  await sleep(200);
  const ended = program.end('SIGTERM');
  await until(async () => (await fetch(`${program.url}/health/live`).catch(() => null)) === null);
  upload.end('LATE1,Alpha,A1,2026-11-05T04:00:00Z,ground_advantage,7.40\n');
  expect(await answered).toBe(202);
  expect(await ended).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
  await until(async () => (await connections()) === before);
  const uploads: unknown[] = await database.dataSource().query('SELECT id FROM upload');
  expect(uploads).toHaveLength(1);
});

test('a second signal ends it where it stands', async () => {
  const program = await service();
  const open = request(`${program.url}/api/v1/imports?kind=labels`, { method: 'POST' });
  open.on('error', () => undefined);
  open.write('never ended');
  await sleep(200);
  const startedMs = performance.now();
  process.kill(program.pid, 'SIGTERM');
  await sleep(300);
  expect(await program.end('SIGTERM')).toBe(128 + 15);
  expect(performance.now() - startedMs).toBeLessThan(5000);
});

test('it says where it answers to people, and to machines in JSON lines with the id of each request', async () => {
  const program = await service();
  const answer = await fetch(`${program.url}/api/v1/findings`, { headers: { 'x-request-id': 'asked-by-a-test' } });
  expect(answer.headers.get('x-request-id')).toBe('asked-by-a-test');
  const strange = await fetch(`${program.url}/nowhere`, { headers: { 'x-request-id': 'a b' } });
  expect(strange.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  await until(() => program.said().stdout.includes('"route":"none"'));
  const lines = program
    .said()
    .stdout.trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.find(({ requestId }) => requestId === 'asked-by-a-test')).toMatchObject({
    msg: 'request',
    method: 'GET',
    route: '/api/v1/findings',
    status: 200,
  });
  expect(program.said().stderr).toMatch(/^postage-auditor answers on http:\/\/127\.0\.0\.1:\d+ /);
  expect(program.said().stderr).toContain('keys create');
});

test('a worker joins the embedded database of a service and does its jobs, also after one was killed', async () => {
  const embedded = { DATABASE_URL: '' };
  const { url } = await service({ ...embedded, JOBS: 'off' });
  const killed = await worker(embedded);
  await killed.end('SIGKILL');
  const rows = Array.from({ length: 50 }, (_, id) => `WORK${id},Alpha,W${id},2026-11-05T04:00:00Z,priority_mail,9\n`);
  const answer = await fetch(`${url}/api/v1/imports?kind=labels`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: `tracking_number,vendor,label_id,purchased_at,service,charged\n${rows.join('')}`,
  });
  const { id } = (await answer.json()) as { id: string };
  const state = async (): Promise<string> =>
    ((await (await fetch(`${url}/api/v1/imports/${id}`)).json()) as { state: string }).state;
  expect(await state()).toBe('queued');
  const next = await worker(embedded);
  await until(async () => (await state()) === 'done', { withinMs: 20_000 });
  expect(await next.end()).toBe(0);
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
});

/** A supervisor can tell whether the process lives, whether it can work, and how it is doing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../src/platform/config.ts';
import { type Service, startService } from '../src/service.ts';
import { useDatabase } from './support/database.ts';
import { until } from './support/until.ts';

const database = useDatabase();
let folder = '';
let service: Service;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pa-health-'));
  service = await startService(readConfig({ PORT: '0', DATABASE_URL: database.url() }), folder);
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

const get = (path: string): Promise<Response> => fetch(`${service.url}${path}`);
const measures = async (): Promise<string> => (await get('/metrics')).text();

test('it lives, and is ready with every check', async () => {
  expect(await (await get('/health/live')).json()).toEqual({ status: 'ok' });
  const ready = await get('/health/ready');
  expect(ready.status).toBe(200);
  expect(await ready.json()).toEqual({
    status: 'ok',
    checks: { database: 'ok', migrations: 'ok', queue: 'ok' },
  });
});

test('a database of an older version is not ready, and the probe says what to do', async () => {
  await database.dataSource().query(`UPDATE migration SET name = 'was ' || name WHERE name LIKE 'Service%'`);
  try {
    const ready = await get('/health/ready');
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({
      status: 'unavailable',
      checks: { database: 'ok', migrations: expect.stringContaining('start the service again'), queue: 'ok' },
    });
  } finally {
    await database.dataSource().query(`UPDATE migration SET name = substr(name, 5) WHERE name LIKE 'was %'`);
  }
});

test('requests are measured by the route they took, never by the path they came with', async () => {
  await get('/findings/94001000000000000000aa');
  await get('/nowhere/9400100000000000000000');
  await until(async () => /http_request_duration_seconds_count\{[^}]*route="none"/.test(await measures()));
  const text = await measures();
  expect(text).toMatch(/http_request_duration_seconds_count\{method="GET",route="\/health\/live",status="200"\} \d/);
  expect(text).not.toContain('94001000');
});

test('rows that come in are counted by what became of them', async () => {
  const rows = [
    { tracking_number: 'A1', vendor: 'A', label_id: '1', purchased_at: '2026-11-05T04:00:00Z', charged: '1.00' },
    { tracking_number: 'A2', vendor: 'A', charged: 'dear' },
  ].map((row) => ({ service: 'priority_mail', ...row }));
  await fetch(`${service.url}/api/v1/labels`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rows),
  });
  const text = await measures();
  expect(text).toMatch(/^import_rows_total\{outcome="accepted"\} 1$/m);
  expect(text).toMatch(/^import_rows_total\{outcome="rejected"\} 1$/m);
});

test('the text tells of the process, its database, jobs, mails and reports', async () => {
  await database.dataSource().query(
    `INSERT INTO mail (id, kind, about, message_id, subject, recipients, accepted, refused, raw, state, attempts,
                       created_at, next_try_at)
     SELECT repeat('a', 32), 'report', 'a day', '<a@b>', 's', '{}', '{}', '{}', '', 'held', 0, now(), now()`,
  );
  const answer = await get('/metrics');
  expect(answer.headers.get('content-type')).toContain('text/plain');
  const text = await answer.text();
  expect(text).toMatch(/^process_resident_memory_bytes \d/m);
  expect(text).toMatch(/^database_up 1$/m);
  expect(text).toMatch(/^mails\{state="held"\} 1$/m);
  expect(text).toMatch(/^jobs_waiting\{queue="fold"\} \d+$/m);
  expect(text).not.toMatch(/^last_report_age_seconds/m);
});

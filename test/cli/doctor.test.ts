/** `doctor` names what is well, what deserves a look and what stands in the way, and what to do about it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Catalog } from '../../src/catalog/catalog.ts';
import {
  checkCalendar,
  checkDatabase,
  checkKeys,
  checkMigrations,
  checkNode,
  checkPort,
  checkPrices,
  checkZoneCharts,
} from '../../src/cli/doctor-checks.ts';
import { projectRoot } from '../../src/platform/config.ts';
import { listen, stopListening } from '../../src/platform/listen.ts';
import { builtCli } from '../support/built.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
let folder = '';
beforeAll(() => {
  folder = mkdtempSync('/tmp/pa-doctor-');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Line {
  check: string;
  status: string;
  says: string;
}

async function doctor(variables: Record<string, string>, words: string[] = []) {
  const env = { PATH: process.env['PATH'], DATA_DIR: folder, PORT: '0', ...variables };
  const child = spawn(process.execPath, [builtCli(), 'doctor', ...words], { env });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { out: await text(child.stdout), code: await ended };
}

async function findings(variables: Record<string, string>): Promise<{ code: number | null; by: Map<string, Line> }> {
  const { out, code } = await doctor(variables, ['--json']);
  return { code, by: new Map((JSON.parse(out) as Line[]).map((line) => [line.check, line])) };
}

test('where all can be reached it exits 0, a line a check', async () => {
  const { out, code } = await doctor({ DATABASE_URL: database.url() });
  expect(code).toBe(0);
  const lines = out.trim().split('\n');
  expect(lines.every((line) => /^(ok|warning) /.test(line))).toBe(true);
  expect(out).toMatch(/^ok +database +PostgreSQL 18/m);
  expect(out).toMatch(/^ok +tables /m);
  expect(out).toMatch(/^warning +keys +no access key/m);
  expect(out).toMatch(/^ok +schedule +the report is made at 06:00 in UTC, next at /m);
});

test('what cannot be reached fails with what to do, the rest is tried all the same, and no password is shown', async () => {
  const { code, by } = await findings({
    DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/db',
    SMTP_URL: 'smtp://me:secret@127.0.0.1:1',
    REPORT_TO: 'finance@example.com',
  });
  expect(code).toBe(1);
  expect(by.get('database')).toMatchObject({ status: 'failure', says: expect.stringContaining('check that it runs') });
  expect(by.get('mail')).toMatchObject({ status: 'failure', says: expect.stringContaining('check SMTP_URL') });
  expect(by.get('recipients')).toMatchObject({ status: 'warning', says: expect.stringContaining('OPERATOR_TO') });
  expect(by.get('prices')).toBeDefined();
  expect(JSON.stringify([...by])).not.toContain('secret');
});

test('a wrong variable is named', async () => {
  const { code, by } = await findings({ REPORT_AT: 'six' });
  expect(code).toBe(1);
  expect(by.get('configuration')).toMatchObject({ status: 'failure', says: expect.stringContaining('REPORT_AT must') });
});

describe('each check by itself', () => {
  const state = { version: '18.4', clockAheadMs: 0, pending: [], hasQueue: true, keys: 1 };
  const catalog = new Catalog(projectRoot());

  test.each([
    { version: '20.19.0', status: 'ok' },
    { version: '24.1.0', status: 'ok' },
    { version: '20.18.3', status: 'failure' },
    { version: '18.20.0', status: 'failure' },
  ])('Node $version: $status', ({ version, status }) => expect(checkNode(version).status).toBe(status));

  test('a clock that differs is said, and which way', () => {
    expect(checkDatabase({ ...state, clockAheadMs: 61_000 }, 'here').says).toContain('61 seconds ahead of ours');
    expect(checkDatabase({ ...state, clockAheadMs: -5_000 }, 'here').status).toBe('warning');
    expect(checkDatabase({ ...state, clockAheadMs: 900 }, 'here').status).toBe('ok');
  });

  test('zone charts of the user: none, marks that are not understood, and a wrong one', () => {
    expect(checkZoneCharts(projectRoot(), { zoneCharts: null }).status).toBe('ok');
    const charts = mkdtempSync(join(folder, 'charts-'));
    expect(checkZoneCharts(projectRoot(), { zoneCharts: charts })).toMatchObject({ status: 'warning' });
    writeFileSync(join(charts, 'ours.csv'), 'origin_zip3,destination_zip3,zone\n606,802,5\n000,802,5\n');
    expect(checkZoneCharts(projectRoot(), { zoneCharts: charts })).toMatchObject({
      status: 'warning',
      says: expect.stringMatching(/^1 file, 1 pair; 1 pair with marks or places that are not understood left to/),
    });
    writeFileSync(join(charts, 'ours.csv'), 'origin_zip3,destination_zip3,zone\n606,802,12\n');
    expect(() => checkZoneCharts(projectRoot(), { zoneCharts: charts })).toThrow(/ours\.csv:2 \(zone\)/);
  });

  test('tables that are behind are for the next start', () => {
    expect(checkMigrations({ ...state, pending: ['Service1'] })).toMatchObject({
      status: 'warning',
      says: expect.stringContaining('`migrate`'),
    });
  });

  test('a host that others reach, and no key', () => {
    expect(checkKeys({ ...state, keys: 0 }, { host: '0.0.0.0' }).says).toContain('although HOST is 0.0.0.0');
    expect(checkKeys(state, { host: '0.0.0.0' }).status).toBe('ok');
  });

  test('prices: in force, ending, and missing', () => {
    const last = catalog.rating.lists.at(-1);
    const inForce = last?.from ?? '';
    const end = last?.to ?? '';
    expect(checkPrices(catalog, inForce).status).toBe('ok');
    expect(checkPrices(catalog, end)).toMatchObject({
      status: 'warning',
      says: expect.stringContaining('none is known'),
    });
    expect(checkPrices(catalog, '2099-01-01').says).toContain('no price list covers 2099-01-01');
  });

  test('holidays: known far enough, or not', () => {
    expect(checkCalendar(catalog, `${catalog.calendar.lastYear}-06-01`).status).toBe('ok');
    expect(checkCalendar(catalog, `${catalog.calendar.lastYear}-12-24`).status).toBe('warning');
  });

  test('a port that another program has', async () => {
    const other = createServer((_, response) => response.end('another program'));
    const port = await listen(other, { host: '127.0.0.1', port: 0 });
    expect((await checkPort({ host: '127.0.0.1', port })).status).toBe('failure');
    await stopListening(other, 1000);
    expect(await checkPort({ host: '127.0.0.1', port })).toEqual({ status: 'ok', says: `port ${port} is free` });
  });
});

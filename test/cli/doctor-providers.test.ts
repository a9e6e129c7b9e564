/** `doctor` tries those who are asked for tracking: what answers, what does not and what to do, within the quota. */
import { mkdtempSync, rmSync } from 'node:fs';
import { checkTrack17, checkUsps, checkWebhooks } from '../../src/cli/doctor-providers.ts';
import { readConfig } from '../../src/platform/config.ts';
import type { Tried } from '../../src/tracking/connections.service.ts';
import { forgetAll } from '../support/asking.ts';
import { useDatabase } from '../support/database.ts';
import { Fake17Track } from '../support/fake-17track.ts';
import { FakeUsps } from '../support/fake-usps.ts';
import { launch } from '../support/program.ts';

interface Line {
  check: string;
  status: string;
  says: string;
}

const database = useDatabase();
const usps = new FakeUsps(Date.now);
const track17 = new Fake17Track(Date.now);
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync('/tmp/pa-doctor-');
  await Promise.all([usps.start(), track17.start()]);
});
afterAll(async () => {
  await Promise.all([usps.stop(), track17.stop()]);
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await forgetAll(database);
  usps.clear();
  track17.clear();
});

async function doctor(variables: Record<string, string>): Promise<Map<string, Line>> {
  const program = launch(['doctor', '--json'], { DATABASE_URL: database.url(), DATA_DIR: folder, ...variables });
  await program.ended;
  return new Map((JSON.parse(program.said().stdout) as Line[]).map((line) => [line.check, line]));
}

test('all well: a token and a key are taken, webhooks have their addresses, and the calls are counted', async () => {
  const by = await doctor({
    ...usps.variables,
    ...track17.variables,
    PUBLIC_URL: 'https://audit.example.com',
    SHIPPO_WEBHOOK_SECRET: 'a-secret-of-our-own-making',
  });
  expect(by.get('USPS')).toMatchObject({ status: 'ok', says: `USPS gives a token (${usps.url})` });
  expect(by.get('17TRACK')).toMatchObject({
    status: 'ok',
    says: `17TRACK takes the key (${track17.url}), 1000 registrations left`,
  });
  expect(by.get('webhooks')).toMatchObject({
    status: 'ok',
    says: 'register https://audit.example.com/api/v1/webhooks/17track, https://audit.example.com/api/v1/webhooks/shippo/SECRET; refused without EASYPOST_WEBHOOK_SECRET, USPS_WEBHOOK_SECRET',
  });
  expect(JSON.stringify([...by])).not.toContain('our-own-making');
  const calls: unknown[] = await database.dataSource().query('SELECT provider, purpose FROM provider_call ORDER BY 1');
  expect(calls).toEqual([
    { provider: '17track', purpose: 'getquota' },
    { provider: 'usps', purpose: 'token' },
  ]);
});

test('what is refused fails, with what to do about it, and no secret is shown', async () => {
  const by = await doctor({
    ...usps.variables,
    ...track17.variables,
    USPS_CLIENT_SECRET: 'wrong',
    TRACK17_KEY: 'wrong',
  });
  expect(by.get('USPS')).toMatchObject({
    status: 'failure',
    says: expect.stringMatching(/^USPS refuses id or secret \(HTTP 401\): copy both again/),
  });
  expect(by.get('17TRACK')).toMatchObject({
    status: 'failure',
    says: expect.stringMatching(/^17TRACK refuses the key .*: copy the key again .* five minutes/),
  });
  expect(JSON.stringify([...by])).not.toContain('our-application');
});

test('an application without the right to track', async () => {
  usps.scope = 'addresses prices';
  const by = await doctor(usps.variables);
  expect(by.get('USPS')).toMatchObject({
    status: 'failure',
    says: expect.stringContaining('ask for the Tracking API'),
  });
});

test('nobody there, and a name nobody has', async () => {
  const by = await doctor({
    ...usps.variables,
    ...track17.variables,
    USPS_URL: 'http://no-such-host.invalid',
    TRACK17_URL: 'http://127.0.0.1:1',
  });
  expect(by.get('USPS')?.says).toMatch(
    /the name no-such-host.invalid cannot be resolved: check the name service .*USPS_URL/,
  );
  expect(by.get('17TRACK')?.says).toMatch(/takes no connection .*: check the network and the firewall .*TRACK17_URL/);
});

test('a quota that is used up is not passed for a look', async () => {
  await database.dataSource().query(
    `INSERT INTO provider_call (provider, called_at, over_at, purpose)
     SELECT 'usps', $1::timestamptz - n * interval '20 seconds', $1, 'tracking' FROM generate_series(1, 60) AS n`,
    [new Date()],
  );
  const by = await doctor(usps.variables);
  expect(by.get('USPS')).toMatchObject({
    status: 'warning',
    says: expect.stringMatching(/^not tried \(the quota is used up\): try again after 20/),
  });
  expect(usps.calls).toEqual([]);
});

test('tables that are behind are not written to', async () => {
  const migrated: unknown[] = await database
    .dataSource()
    .query(`DELETE FROM migration WHERE name LIKE 'Polling%' RETURNING *`);
  try {
    const by = await doctor(usps.variables);
    expect(by.get('USPS')).toMatchObject({ status: 'warning', says: expect.stringContaining('not tried') });
    expect(usps.calls).toEqual([]);
  } finally {
    const [[row]] = migrated as [{ timestamp: number; name: string }[]];
    await database
      .dataSource()
      .query('INSERT INTO migration (timestamp, name) VALUES ($1, $2)', [row?.timestamp, row?.name]);
  }
});

describe('each check by itself', () => {
  const tried = (over: Partial<Tried>): Tried => ({
    provider: 'usps',
    url: 'https://there',
    trouble: null,
    creditLeft: null,
    asked: 0,
    refused: 0,
    ...over,
  });

  test('what is not configured is a warning that says what is lost', () => {
    const nothing = readConfig({});
    expect(checkUsps(nothing, undefined)).toMatchObject({
      status: 'warning',
      says: expect.stringContaining('counterfeit postage'),
    });
    expect(checkTrack17(nothing, undefined)).toMatchObject({
      status: 'warning',
      says: expect.stringContaining('numbers that USPS does not show'),
    });
    expect(checkWebhooks(nothing)).toMatchObject({ status: 'warning', says: expect.stringContaining('is refused') });
  });

  test('half of what USPS needs is a failure', () => {
    expect(checkUsps(readConfig({ USPS_CLIENT_ID: 'ours' }), undefined)).toEqual({
      status: 'failure',
      says: 'USPS_CLIENT_SECRET is not set beside the other: set both',
    });
  });

  test('access that is mostly refused is told with what helps', () => {
    const config = readConfig({ USPS_CLIENT_ID: 'ours', USPS_CLIENT_SECRET: 'secret' });
    expect(checkUsps(config, tried({ asked: 10, refused: 4 })).status).toBe('ok');
    expect(checkUsps(config, tried({ asked: 10, refused: 9 }))).toMatchObject({
      status: 'warning',
      says: expect.stringContaining('no access to 9 of the 10 numbers'),
    });
  });

  test('a key without credit follows nothing new', () => {
    const config = readConfig({ TRACK17_KEY: 'key' });
    expect(checkTrack17(config, tried({ provider: '17track', creditLeft: 0 })).status).toBe('warning');
  });

  test('secrets that could be guessed, and addresses that nobody knows', () => {
    expect(checkWebhooks(readConfig({ USPS_WEBHOOK_SECRET: 'short' }))).toMatchObject({
      status: 'failure',
      says: expect.stringContaining('USPS_WEBHOOK_SECRET must have 16'),
    });
    expect(checkWebhooks(readConfig({ EASYPOST_WEBHOOK_SECRET: 'theirs' }))).toMatchObject({
      status: 'warning',
      says: expect.stringContaining('set PUBLIC_URL'),
    });
  });
});

/** Keys in the database: made, found, ended; seen by other processes soon. */
import { AccessService } from '../../src/platform/access.service.ts';
import { NotFoundError, UsageError } from '../../src/platform/errors.ts';
import { useDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';

const database = useDatabase();
const NOW = new Date('2026-11-20T08:00:00Z');
const IN_AN_HOUR = new Date('2026-11-20T09:00:00Z');
const open = (): AccessService => new AccessService(database.dataSource());

test('the first key closes the door at once here, and soon in another process', async () => {
  const [here, elsewhere] = [open(), open()];
  expect([await here.anyKey(), await elsewhere.anyKey()]).toEqual([false, false]);
  await here.create({ name: 'Ada', role: 'admin', now: NOW });
  expect(await here.anyKey()).toBe(true);
  await until(() => elsewhere.anyKey(), { withinMs: 5000 });
});

test('a key tells its caller, in another process too', async () => {
  const elsewhere = open();
  await elsewhere.anyKey();
  const { id, key } = await open().create({ name: ' Grace ', role: 'auditor', now: NOW });
  await until(async () => (await elsewhere.authenticate(key)) !== null, { withinMs: 5000 });
  expect(await elsewhere.authenticate(key)).toEqual({ keyId: id, name: 'Grace', role: 'auditor' });
});

test('the secret is kept nowhere', async () => {
  const { key } = await open().create({ name: 'Secret', role: 'viewer', now: NOW });
  const [row] = await database
    .dataSource()
    .query(`SELECT row_to_json(k)::text AS row FROM access_key k WHERE name = 'Secret'`);
  expect(row.row).not.toContain(key.slice(16));
});

test('a revoked key opens nothing: at once here, soon elsewhere, and its sessions end with it', async () => {
  const [here, elsewhere] = [open(), open()];
  const { id, key } = await here.create({ name: 'Gone', role: 'viewer', now: NOW });
  const session = (await here.openSession(key, IN_AN_HOUR)) ?? '';
  expect(await elsewhere.callerOfSession(session, NOW)).toMatchObject({ name: 'Gone' });
  await here.revoke(id, NOW);
  expect([await here.authenticate(key), await here.callerOfSession(session, NOW)]).toEqual([null, null]);
  await until(async () => (await elsewhere.authenticate(key)) === null, { withinMs: 5000 });
  expect(await elsewhere.callerOfSession(session, NOW)).toBeNull();
  await here.revoke(id, IN_AN_HOUR);
  expect((await here.list()).find((each) => each.id === id)).toMatchObject({ revokedAt: NOW });
});

test('with every key revoked the door stays closed', async () => {
  const access = open();
  for (const { id } of await access.list()) await access.revoke(id, NOW);
  expect(await open().anyKey()).toBe(true);
});

test('a thousand requests at once with one key are all let in', async () => {
  const access = open();
  const { key } = await access.create({ name: 'Many', role: 'viewer', now: NOW });
  const callers = await Promise.all(Array.from({ length: 1000 }, () => access.authenticate(key)));
  expect(new Set(callers.map((caller) => caller?.name))).toEqual(new Set(['Many']));
});

test('a name on two lines, an empty one and an unknown id are refused with what to do', async () => {
  const access = open();
  await expect(access.create({ name: 'a\nb', role: 'viewer', now: NOW })).rejects.toThrow(UsageError);
  await expect(access.create({ name: ' ', role: 'viewer', now: NOW })).rejects.toThrow('1 to 100 characters');
  await expect(access.revoke('nobody', NOW)).rejects.toThrow(NotFoundError);
});

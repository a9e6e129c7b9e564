/** Opening a database: what values become, who migrates, and what a wrong address is answered with. */
import { Client } from 'pg';
import { DatabaseError, UsageError } from '../../src/platform/errors.ts';
import { openDatabase, withoutPassword } from '../../src/platform/database.ts';
import { explainDatabaseError } from '../../src/platform/database-errors.ts';
import { schema } from '../../src/schema.ts';
import { urlOfDatabase, useDatabase } from '../support/database.ts';

const database = useDatabase();

test.each([
  { story: 'a day stays the day it is', sql: `DATE '2026-03-08'`, value: '2026-03-08' },
  { story: 'a big whole number is a number', sql: '9007199254740991::bigint', value: Number.MAX_SAFE_INTEGER },
  { story: 'a decimal stays text, exact', sql: '0.10::numeric', value: '0.10' },
  { story: 'an instant is one', sql: `TIMESTAMPTZ '2026-03-08 01:00-05'`, value: new Date('2026-03-08T06:00:00Z') },
  { story: 'the session counts days in UTC', sql: `current_setting('TimeZone')`, value: 'UTC' },
])('$story', async ({ sql, value }) => {
  expect(await database.dataSource().query(`SELECT ${sql} AS value`)).toEqual([{ value }]);
});

test('a whole number that cannot be held exactly is refused, not rounded', async () => {
  await expect(database.dataSource().query('SELECT 9007199254740993::bigint AS value')).rejects.toThrow('held exactly');
});

test('processes that start together over an empty database migrate it once', async () => {
  const url = urlOfDatabase(database.url(), `fresh_${process.pid}`);
  const admin = new Client({ connectionString: database.url() });
  await admin.connect();
  await admin.query(`CREATE DATABASE fresh_${process.pid}`);
  try {
    const opened = await Promise.all([1, 2, 3].map(() => openDatabase({ url, ...schema })));
    const ran: unknown[] = (await opened[0]?.query('SELECT name FROM migration')) ?? [];
    expect(ran).toHaveLength(schema.migrations.length);
    await Promise.all(opened.map((dataSource) => dataSource.destroy()));
  } finally {
    await admin.query(`DROP DATABASE fresh_${process.pid} WITH (FORCE)`);
    await admin.end();
  }
});

describe('a database that cannot be opened is the user’s to mend, and the message says how', () => {
  test.each([
    {
      story: 'no such database',
      url: () => urlOfDatabase(database.url(), 'nowhere'),
      says: 'does not exist: create it',
    },
    { story: 'no server', url: () => 'postgres://me:secret@127.0.0.1:1/db', says: 'no database server answers' },
    { story: 'no socket', url: () => 'postgres:///db?host=/nowhere', says: 'the server does not run' },
    { story: 'no URL', url: () => 'mysql://me@host/db', says: 'looks like postgres://' },
  ])('$story', async ({ url, says }) => {
    const opening = openDatabase({ url: url(), ...schema, waitMs: 0 });
    await expect(opening).rejects.toThrow(UsageError);
    await expect(opening).rejects.toThrow(says);
    await expect(opening).rejects.not.toThrow('secret');
  });
});

test('a full disk is named, and is no fault of the user’s words', () => {
  const full = Object.assign(new Error('could not extend file "base/5/16401": No space left on device'), {
    code: '53100',
  });
  const explained = explainDatabaseError(full, 'cannot store the labels');
  expect(explained).toBeInstanceOf(DatabaseError);
  expect(String(explained)).toContain('cannot store the labels: the disk that holds the database is full');
});

test('a connection that broke without a code is the database being away, no fault of ours', () => {
  const explained = explainDatabaseError(new Error('Connection terminated unexpectedly'), 'cannot import a.csv');
  expect(explained).toBeInstanceOf(DatabaseError);
  expect(String(explained)).toContain('cannot import a.csv: the connection to the database broke');
});

test('what has no sentence of its own keeps its own words and stack', () => {
  const error = new TypeError('x is not a function');
  expect(explainDatabaseError(error, 'cannot do it')).toBe(error);
});

test.each([
  ['postgres://me:secret@host/db', 'postgres://me:***@host/db'],
  ['postgres://me@host/db', 'postgres://me@host/db'],
  ['postgresql:///db?host=%2Ftmp&user=postgres', 'postgresql:///db?host=%2Ftmp&user=postgres'],
])('%s is shown as %s', (url, shown) => {
  expect(withoutPassword(url)).toBe(shown);
});

/** Starting before the database does: people are told what is waited for, and not for long. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { UsageError } from '../../src/platform/errors.ts';
import { untilDatabaseAnswers } from '../../src/platform/database-wait.ts';
import { buildWhenStale } from '../support/built.ts';
import { useDatabase } from '../support/database.ts';
import { launch } from '../support/program.ts';

const NOBODY = 'postgres://me:secret@127.0.0.1:1/db';
const database = useDatabase();

test('a server that is there is not spoken of', async () => {
  const told: string[] = [];
  await untilDatabaseAnswers(database.url(), { tell: (line) => told.push(line) });
  expect(told).toEqual([]);
});

test('a server that is not there is named once, without the password, and waited for as long as it may take', async () => {
  const told: string[] = [];
  const waiting = untilDatabaseAnswers(NOBODY, { tell: (line) => told.push(line), waitMs: 700 });
  await expect(waiting).rejects.toThrow(/no database server answers at that address/);
  await expect(waiting).rejects.toThrow(UsageError);
  expect(told).toEqual(['waiting for the database at postgres://me:***@127.0.0.1:1/db']);
});

test('a server that takes the call and says nothing is given up in time', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  silent.on('connection', (socket) => socket.on('error', () => undefined));
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const told: string[] = [];
  const waiting = untilDatabaseAnswers(`postgres://me@127.0.0.1:${port}/db`, {
    tell: (line) => told.push(line),
    waitMs: 1_300,
  });
  await expect(waiting).rejects.toThrow(/the database server does not answer: check host, port and firewall/);
  expect(told).toHaveLength(1);
  silent.close();
});

test('a database that does not exist is not waited for', async () => {
  const url = new URL(database.url());
  url.pathname = '/nowhere';
  const told: string[] = [];
  await expect(untilDatabaseAnswers(url.href, { tell: (line) => told.push(line) })).rejects.toThrow('create it');
  expect(told).toEqual([]);
});

test('the service says so to people, ends with the sentence and code 2, and logs no stack', async () => {
  buildWhenStale();
  const program = launch(null, { DATABASE_URL: NOBODY });
  expect(await program.ended).toBe(2);
  const { stdout, stderr } = program.said();
  expect(stderr).toMatch(
    /^postage-auditor: waiting for the database at \S+\npostage-auditor: cannot open the database/,
  );
  expect(stderr.trim().split('\n')).toHaveLength(2);
  expect(stdout).toBe('');
}, 60_000);

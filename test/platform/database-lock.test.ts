/** A lock keeps two processes from the same work, and goes with the connection that holds it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { tryWithLock, withLock } from '../../src/platform/database-lock.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();

test('work under one lock is done one after the other', async () => {
  const steps: string[] = [];
  const work = (name: string) => async (): Promise<void> => {
    steps.push(`${name} begins`);
    await sleep(20);
    steps.push(`${name} ends`);
  };
  await Promise.all(['one', 'two', 'three'].map((name) => withLock(database.dataSource(), 'fold', work(name))));
  const pairs = steps.map((step) => step.split(' ')[0]);
  expect(pairs).toHaveLength(6);
  for (let at = 0; at < 6; at += 2) expect(pairs[at]).toBe(pairs[at + 1]);
});

test('who will not wait is told that another is at it', async () => {
  const answer = await withLock(database.dataSource(), 'mail', () =>
    tryWithLock(database.dataSource(), 'mail', async () => 'done twice'),
  );
  expect(answer).toBeNull();
  expect(await tryWithLock(database.dataSource(), 'mail', async () => 'done')).toBe('done');
});

test('any number may wait, and the holder still gets connections for its work', async () => {
  const work = (): Promise<unknown> => database.dataSource().query('SELECT 1');
  const all = Array.from({ length: 20 }, () => withLock(database.dataSource(), 'audit', work));
  expect(await Promise.all(all)).toHaveLength(20);
});

test('work whose lock broke in the middle does not count as done, and the lock is free', async () => {
  const broken = withLock(database.dataSource(), 'report', async () => {
    await database.dataSource().query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = 'postage-auditor lock' AND datname = current_database()`,
    );
    await sleep(50);
  });
  await expect(broken).rejects.toThrow('lock was lost');
  expect(await tryWithLock(database.dataSource(), 'report', async () => 'done')).toBe('done');
});

test('work that fails gives the lock back', async () => {
  const failing = withLock(database.dataSource(), 'report', () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  expect(await tryWithLock(database.dataSource(), 'report', async () => 'done')).toBe('done');
});

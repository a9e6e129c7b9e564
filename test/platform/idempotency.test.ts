/** Idempotency-Key: the work behind a key is done once, and whoever asks again gets what was answered. */
import { jest } from '@jest/globals';
import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Needs } from '../../src/platform/access.ts';
import { ConflictError } from '../../src/platform/errors.ts';
import { HttpProblem } from '../../src/platform/http-problem.ts';
import { Idempotency } from '../../src/platform/idempotency.service.ts';
import type { StoredAnswer } from '../../src/platform/idempotency.store.ts';
import { useDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';
import { type HttpApp, type Told, call, httpApp } from '../support/http-app.ts';

const database = useDatabase();

let now = new Date('2026-11-20T08:00:00Z');
const clock = { now: () => now };
const later = (ms: number): void => void (now = new Date(now.getTime() + ms));

/** How often the work behind each order was done. */
const done = new Map<string, number>();
/** Called in the middle of the work. */
let meanwhile: () => Promise<void> = async () => undefined;

@Controller('api/v1')
@Needs('nobody')
class OrdersController {
  @Post('orders')
  @HttpCode(202)
  async order(
    @Body() { order, fails }: { order: string; fails?: string },
    @Res({ passthrough: true }) response: Response,
  ): Promise<object | undefined> {
    const times = (done.get(order) ?? 0) + 1;
    done.set(order, times);
    await meanwhile();
    if (fails === 'conflict') throw new ConflictError('sold out');
    if (fails === 'limit') throw new HttpProblem(429, 'slowly');
    if (fails === 'fault') throw new Error('of ours');
    if (fails === 'silence') return undefined;
    response.setHeader('Location', `/api/v1/orders/${order}`);
    return { order, times, note: 'ä"\u2028' };
  }
}

let app: HttpApp;
beforeAll(async () => {
  app = await httpApp({ databaseUrl: database.url(), controllers: [OrdersController], clock });
});
afterAll(() => app.stop());
beforeEach(() => {
  done.clear();
  meanwhile = async () => undefined;
});

const order = (key: string | null, body: object, query = ''): Promise<Told> =>
  call(`${app.url}/api/v1/orders${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key !== null && { 'idempotency-key': key }) },
    body: JSON.stringify(body),
  });
const replayed = ({ headers }: Told): boolean => headers['idempotent-replayed'] === 'true';

test('the same request again gets the same answer, and the work is not done again', async () => {
  const first = await order('a', { order: 'one' });
  const again = await order('a', { order: 'one' });
  expect([first.status, replayed(first), first.headers['location']]).toEqual([202, false, '/api/v1/orders/one']);
  expect([again.status, replayed(again), again.headers['location']]).toEqual([202, true, '/api/v1/orders/one']);
  expect(again.text).toBe(first.text);
  expect(again.headers['content-type']).toBe(first.headers['content-type']);
  expect(done.get('one')).toBe(1);
});

test('without a key the work is done each time', async () => {
  await order(null, { order: 'free' });
  await order(null, { order: 'free' });
  expect(done.get('free')).toBe(2);
});

test('an answer without a body is repeated without one', async () => {
  await order('silent', { order: 'silent', fails: 'silence' });
  const again = await order('silent', { order: 'silent', fails: 'silence' });
  expect([again.status, again.text, replayed(again), done.get('silent')]).toEqual([202, '', true, 1]);
});

test('another body or another query under a used key is refused', async () => {
  await order('b', { order: 'two' });
  for (const told of [await order('b', { order: 'three' }), await order('b', { order: 'two' }, '?vendor=x')]) {
    expect([told.status, JSON.parse(told.text).detail]).toEqual([422, expect.stringContaining('take a new key')]);
  }
  expect([done.get('two'), done.get('three')]).toEqual([1, undefined]);
});

test('a refusal is repeated too; one that passes, and a fault of ours, are not', async () => {
  const refused = await order('c', { order: 'c', fails: 'conflict' });
  const again = await order('c', { order: 'c', fails: 'conflict' });
  expect([refused.status, again.status, replayed(again), done.get('c')]).toEqual([409, 409, true, 1]);
  expect(JSON.parse(again.text).detail).toBe('sold out');
  for (const fails of ['limit', 'fault']) {
    await order(fails, { order: fails, fails });
    const second = await order(fails, { order: fails, fails });
    expect([replayed(second), done.get(fails)]).toEqual([false, 2]);
  }
});

test('a request that comes while the first is being answered waits for that answer; another one does not', async () => {
  let go: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (go = resolve));
  let started: () => void = () => undefined;
  const working = new Promise<void>((resolve) => (started = resolve));
  meanwhile = () => {
    started();
    return gate;
  };
  const first = order('d', { order: 'slow' });
  await working;
  const second = order('d', { order: 'slow' });
  expect((await order('d', { order: 'other' })).status).toBe(422);
  go();
  expect((await second).text).toBe((await first).text);
  expect(done.get('slow')).toBe(1);
});

test.each(['', 'a b', 'ä', 'x'.repeat(256)])('the key "%s" is refused', async (key) => {
  const told = await order(Buffer.from(key, 'utf8').toString('latin1'), { order: 'never' });
  expect([told.status, done.get('never')]).toEqual([400, undefined]);
});

test('a thousand requests at once with twenty keys do twenty works, and each gets the answer of its key', async () => {
  const asked = Array.from({ length: 1000 }, (_, at) => `many-${at % 20}`);
  const told = await Promise.all(asked.map((key) => order(key, { order: key })));
  expect(new Set(told.map(({ status }) => status))).toEqual(new Set([202]));
  expect(told.map(({ text }) => JSON.parse(text).order)).toEqual(asked);
  expect(done.size).toBe(20);
  expect(new Set(done.values())).toEqual(new Set([1]));
  expect(told.filter((each) => !replayed(each))).toHaveLength(20);
});

test('after a day a key is as if it had never been used', async () => {
  await order('old', { order: 'old' });
  later(24 * 3_600_000 - 1);
  expect(replayed(await order('old', { order: 'old' }))).toBe(true);
  later(2);
  expect(replayed(await order('old', { order: 'new' }))).toBe(false);
});

test('keys whose day is over are removed, the others stay', async () => {
  await order('purged', { order: 'purged' });
  later(24 * 3_600_000 + 1);
  await order('kept', { order: 'kept' });
  await app.nest.get(Idempotency).purge();
  const rows = await database.dataSource().query(`SELECT key FROM idempotency ORDER BY key`);
  expect(rows).toEqual([{ key: 'kept' }]);
});

describe('two processes', () => {
  const request = { key: 'shared', caller: '-', requestSha256: '0'.repeat(64) };
  const answer: StoredAnswer = { status: 200, body: '{}', location: null };
  const open = (): Idempotency => new Idempotency(database.dataSource(), clock);

  test('the second is told to ask again while the first is at it, and gets the answer after', async () => {
    const [here, elsewhere] = [open(), open()];
    const work = async (): Promise<StoredAnswer> => {
      await expect(elsewhere.once(request, async () => answer)).rejects.toMatchObject({
        problem: { status: 409, headers: { 'Retry-After': '1' } },
      });
      return answer;
    };
    expect(await here.once(request, work)).toEqual({ ...answer, replayed: false });
    expect(await elsewhere.once(request, work)).toEqual({ ...answer, replayed: true });
  });

  test('the work of one that died is taken over after a minute, and what it notes later changes nothing', async () => {
    const [dying, heir] = [open(), open()];
    const key = { ...request, key: 'inherited' };
    let taken: unknown;
    await dying.once(key, async () => {
      later(59_000);
      await expect(heir.once(key, async () => answer)).rejects.toMatchObject({ problem: { status: 409 } });
      later(2000);
      taken = await heir.once(key, async () => ({ ...answer, body: '"heir"' }));
      return { ...answer, body: '"dying"' };
    });
    expect(taken).toEqual({ ...answer, body: '"heir"', replayed: false });
    expect(await open().once(key, async () => answer)).toEqual({ ...answer, body: '"heir"', replayed: true });
  });

  test('a work that takes minutes stays with the one who does it', async () => {
    const [slow, other] = [open(), open()];
    const key = { ...request, key: 'slow' };
    const claimedAt = async (): Promise<Date> => {
      const [row] = await database.dataSource().query(`SELECT created_at FROM idempotency WHERE key = 'slow'`);
      return row.created_at;
    };
    // Only the beat by which a claim is renewed: the database's own timers go on.
    const doNotFake = ['Date', 'performance', 'hrtime', 'nextTick', 'queueMicrotask', 'setImmediate', 'setTimeout'];
    jest.useFakeTimers({ doNotFake: [...doNotFake, 'clearImmediate', 'clearTimeout'] as never });
    try {
      await slow.once(key, async () => {
        for (let minutes = 0; minutes < 3; minutes += 1) {
          later(50_000);
          jest.advanceTimersByTime(50_000);
          await until(async () => (await claimedAt()).getTime() === now.getTime());
          await expect(other.once(key, async () => answer)).rejects.toMatchObject({ problem: { status: 409 } });
        }
        return answer;
      });
    } finally {
      jest.useRealTimers();
    }
    expect(await other.once(key, async () => answer)).toMatchObject({ replayed: true });
  });

  test('a work that failed gives the key back to the other', async () => {
    const key = { ...request, key: 'given back' };
    await expect(open().once(key, async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await open().once(key, async () => answer)).toMatchObject({ replayed: false });
  });
});

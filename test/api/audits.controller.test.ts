/** Audits asked for over HTTP: queued, made, recorded, and never back in time. */
import { AuditRequests } from '../../src/audit/audit-requests.service.ts';
import { AuditService } from '../../src/audit/audit.service.ts';
import { FoldService } from '../../src/tracking/fold.service.ts';
import { Api } from '../support/api.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { honestLabel } from '../support/daily.ts';
import { until } from '../support/until.ts';

// Before the database goes.
afterAll(() => api.stop());
const database = useDatabase();
const story = new Auditing(database.dataSource);
// What waits is made when a test says so.
const api = new Api(database, { JOBS: 'off' });
let now = new Date('2026-11-20T08:00:00.750Z');

beforeAll(async () => {
  await api.start();
  await story.take('labels', [honestLabel(1, '2026-11-10'), honestLabel(2, '2026-11-10', { charged: '2.00' })]);
});

function requests(): AuditRequests {
  const fold = new FoldService(database.dataSource(), story.catalog);
  return new AuditRequests(database.dataSource(), new AuditService(database.dataSource(), story.catalog, fold), fold);
}

function at(time: string): void {
  now = new Date(time);
  api.at(time);
}

/** The audit after everything that waited was made. */
async function ended(id: string): Promise<Record<string, unknown>> {
  await requests().makeWaiting(() => now);
  return (await api.get(`/api/v1/audits/${id}`)).body;
}

test('an audit without a time is as of this second; it is made, and says what it found', async () => {
  at('2026-11-20T08:00:00.750Z');
  const asked = await api.ask('POST', '/api/v1/audits');
  expect(asked).toMatchObject({ status: 202, body: { state: 'queued', asOf: '2026-11-20T08:00:00Z' } });
  expect(asked.headers.get('location')).toBe(`/api/v1/audits/${asked.body.id}`);
  expect(await ended(asked.body.id)).toEqual({
    id: asked.body.id,
    state: 'done',
    asOf: '2026-11-20T08:00:00Z',
    book: expect.stringMatching(/^[0-9a-f]{32}$/),
    parcels: 2,
    laterRows: { labels: 0, events: 0, charges: 0 },
    startedAt: '2026-11-20T08:00:00.750Z',
    finishedAt: '2026-11-20T08:00:00.750Z',
    problem: null,
    findings: { critical: 0, high: 1, medium: 0, low: 0, info: 0 },
  });
});

test('the same audit again is the same record, and takes what has come since', async () => {
  const body = { asOf: '2026-11-20T10:00:00+02:00' };
  await story.take('labels', [honestLabel(3, '2026-11-10')]);
  const { id } = (await api.ask('POST', '/api/v1/audits', { body })).body;
  const run = await ended(id);
  expect(run).toMatchObject({ asOf: '2026-11-20T08:00:00Z', state: 'done', parcels: 3 });
});

test('an earlier time than the last audit’s is refused with what to do instead', async () => {
  const answer = await api.ask('POST', '/api/v1/audits', { body: { asOf: '2026-11-19T08:00:00Z' } });
  expect(answer.status).toBe(409);
  expect(answer.body.detail).toContain('2026-11-20T08:00:00Z');
  expect(answer.body.detail).toContain('npm run audit -- FILES --as-of 2026-11-19T08:00:00Z');
});

test('who tried a time to come may go back to the present, and no further', async () => {
  const ahead = await api.ask('POST', '/api/v1/audits', { body: { asOf: '2030-01-01T00:00:00Z' } });
  expect(await ended(ahead.body.id)).toMatchObject({ state: 'done' });
  expect((await api.ask('POST', '/api/v1/audits', { body: { asOf: '2026-11-19T08:00:00Z' } })).status).toBe(409);
  at('2026-11-21T08:00:00Z');
  const present = await api.ask('POST', '/api/v1/audits', { body: {} });
  expect(await ended(present.body.id)).toMatchObject({ state: 'done', parcels: 3 });
});

test('audits are listed page by page, the last begun first', async () => {
  const whole = (await api.get('/api/v1/audits')).body;
  expect(whole.items[0]?.asOf).toBe('2026-11-21T08:00:00Z');
  expect(whole.nextCursor).toBeNull();
  const listed: unknown[] = [];
  let cursor: string | null = null;
  do {
    const { body } = await api.get(`/api/v1/audits?limit=1${cursor === null ? '' : `&cursor=${cursor}`}`);
    listed.push(...body.items);
    cursor = body.nextCursor;
  } while (cursor !== null);
  expect(listed).toEqual(whole.items);
});

test.each([
  ['a day', { asOf: '2026-11-20' }],
  ['an instant without its offset', { asOf: '2026-11-20T08:00:00' }],
  ['a number', { asOf: 12 }],
  ['a list', []],
])('%s is no time of an audit: the field is named', async (_what, body) => {
  const answer = await api.ask('POST', '/api/v1/audits', { body });
  expect(answer.status).toBe(400);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
});

test('an unknown audit is not found, an id of another form is refused', async () => {
  expect((await api.get(`/api/v1/audits/${'0'.repeat(32)}`)).status).toBe(404);
  expect((await api.get('/api/v1/audits/latest')).status).toBe(400);
  expect((await api.get('/api/v1/audits?cursor=x')).status).toBe(400);
  expect((await api.get('/api/v1/audits?limit=0')).body.errors).toMatchObject([{ field: 'limit' }]);
});

describe('audits left lying', () => {
  beforeAll(() => at('2026-11-22T08:00:00Z'));

  test('one whose process died is gone on with', async () => {
    const { id } = await requests().request({ now });
    await database.dataSource().query(`UPDATE run SET state = 'running' WHERE id = $1`, [id]);
    expect(await requests().leftLying()).toBe(true);
    expect(await ended(id)).toMatchObject({ state: 'done' });
    expect(await requests().leftLying()).toBe(false);
  });

  test('one that rules have overtaken ends with what to do', async () => {
    await database.dataSource().query(
      `INSERT INTO run (id, as_of, book, state, parcels, started_at)
         VALUES (repeat('e', 32), $1, repeat('0', 32), 'running', 0, $1)`,
      [new Date('2026-11-23T00:00:00Z')],
    );
    expect(await ended('e'.repeat(32))).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('ask for it again'),
    });
  });

  test('one that a later audit has overtaken is not made any more', async () => {
    const { id } = await requests().request({ now: new Date('2026-11-22T09:00:00Z') });
    await story.audit('2026-11-22T10:00:00Z');
    await requests().makeWaiting(() => new Date('2026-11-22T10:00:01Z'));
    expect((await api.get(`/api/v1/audits/${id}`)).body).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('2026-11-22T10:00:00Z'),
    });
  });

  test('two at once are made one after the other', async () => {
    const one = await requests().request({ now: new Date('2026-11-22T11:00:00Z') });
    const two = await requests().request({ now: new Date('2026-11-22T12:00:00Z') });
    const later = () => new Date('2026-11-22T13:00:00Z');
    await Promise.all([requests().makeWaiting(later), requests().makeWaiting(later)]);
    for (const { id } of [one, two]) expect((await api.get(`/api/v1/audits/${id}`)).body.state).toBe('done');
  });
});

describe('in a service that handles jobs', () => {
  afterAll(() => working.stop());
  const empty = useDatabase();
  const working = new Api(empty);
  beforeAll(() => working.start());

  test('an audit is made by itself, though there is nothing to judge', async () => {
    const { id } = (await working.ask('POST', '/api/v1/audits')).body;
    await until(async () => (await working.get(`/api/v1/audits/${id}`)).body.state === 'done');
    expect((await working.get('/api/v1/findings')).body).toEqual({ items: [], nextCursor: null });
  });
});

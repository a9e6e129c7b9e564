/** Suppressions over HTTP: made, listed, ended, and what lists of findings say of what they hide. */
import { honestLabel } from '../support/daily.ts';
import { Api } from '../support/api.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';

// Before the database goes.
afterAll(() => api.stop());
const database = useDatabase();
const story = new Auditing(database.dataSource);
const api = new Api(database, { JOBS: 'off' });
const number = (serial: number): string => impb('001', '900000044', serial);
const BODY = { rule: 'below-floor-price', vendor: 'Other Labels', reason: 'a contract is on file', owner: 'Ann' };

beforeAll(async () => {
  await api.start();
  await story.take('labels', [
    honestLabel(1, '2026-11-10', { charged: '2.00' }),
    honestLabel(2, '2026-11-10', { charged: '1.00', vendor: 'Other Labels' }),
    honestLabel(3, '2026-11-10', { charged: '1.00', vendor: 'Other Labels' }),
  ]);
  await story.audit('2026-11-20T06:00:00Z');
});

const numbers = async (query = ''): Promise<unknown[]> =>
  (await api.get(`/api/v1/findings?rule=below-floor-price${query}`)).body.items.map(
    ({ trackingNumber }) => trackingNumber,
  );

test('one is made once, hides at once, and comes back when it is ended', async () => {
  const asked = { body: BODY, headers: { 'idempotency-key': 'suppress-1' } };
  const made = await api.ask('POST', '/api/v1/suppressions', asked);
  expect([made.status, made.body]).toMatchObject([
    201,
    { ...BODY, state: 'active', hides: 2, createdBy: 'local', expiresOn: '2027-02-18', expiresSoon: false },
  ]);
  const path = made.headers.get('location') ?? '';
  expect((await api.ask('POST', '/api/v1/suppressions', asked)).text).toBe(made.text);
  expect((await api.get('/api/v1/suppressions')).body.items).toHaveLength(1);
  expect(await numbers()).toEqual([number(1)]);
  expect(new Set(await numbers('&suppressed=only'))).toEqual(new Set([number(2), number(3)]));
  expect(await numbers('&suppressed=any')).toHaveLength(3);
  const [hidden] = (await api.get('/api/v1/findings?suppressed=only')).body.items;
  expect(hidden).toMatchObject({ state: 'open', suppressedBy: [{ id: made.body.id, owner: 'Ann' }] });
  expect((await api.get(`/api/v1/findings/${hidden?.id}`)).body).toMatchObject({ suppressedBy: [{ owner: 'Ann' }] });
  const ended = await api.ask('DELETE', `${path}?reason=the%20contract%20ended`);
  expect([ended.status, ended.body]).toMatchObject([
    200,
    { state: 'ended', endReason: 'the contract ended', hides: 0 },
  ]);
  expect((await api.ask('DELETE', path)).body).toEqual(ended.body);
  expect(await numbers()).toHaveLength(3);
  expect((await api.get('/api/v1/suppressions')).body.items).toEqual([]);
  expect((await api.get('/api/v1/suppressions?state=ended')).body.items).toMatchObject([{ id: made.body.id }]);
  expect((await api.get(path)).body).toEqual(ended.body);
});

test('a long list goes on where it stopped', async () => {
  for (let count = 0; count < 3; count += 1) {
    const body = { ...BODY, rule: 'held-for-postage', reason: `number ${count}` };
    expect((await api.ask('POST', '/api/v1/suppressions', { body })).status).toBe(201);
  }
  const first = (await api.get('/api/v1/suppressions?limit=2')).body;
  const second = (await api.get(`/api/v1/suppressions?limit=2&cursor=${first.nextCursor}`)).body;
  expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null]);
  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(3);
  expect((await api.get('/api/v1/suppressions?cursor=YWJj')).status).toBe(400);
});

test.each([
  ['no criterion', { reason: 'because', owner: 'Ann' }, 'at least one of'],
  ['no reason', { rule: 'below-floor-price', owner: 'Ann' }, 'reason'],
  ['a reason that says nothing', { ...BODY, reason: 'x' }, 'reason'],
  ['no owner', { rule: 'below-floor-price', reason: 'because' }, 'owner'],
  ['an unknown rule', { ...BODY, rule: 'nothing' }, 'below-floor-price'],
  ['an unknown vendor', { ...BODY, vendor: 'nobody' }, 'vendor'],
  ['an expression that is none', { ...BODY, expression: 'label.charged_mills <' }, 'expression'],
  ['a day too far away', { ...BODY, expiresOn: '2028-01-01' }, '366 days'],
  ['a day that is none', { ...BODY, expiresOn: '2026-02-30' }, 'expiresOn'],
  ['a field it does not have', { ...BODY, forever: true }, 'forever'],
])('%s is refused', async (_what, body, told) => {
  const answer = await api.ask('POST', '/api/v1/suppressions', { body });
  expect(answer.status).toBe(400);
  expect(answer.body.detail).toContain(told);
});

test('an unknown one is not found', async () => {
  const path = `/api/v1/suppressions/${'0'.repeat(32)}`;
  expect((await api.get(path)).status).toBe(404);
  expect((await api.ask('DELETE', path)).status).toBe(404);
});

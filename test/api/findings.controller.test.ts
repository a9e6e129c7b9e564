/** Findings over HTTP: filters that say what they take, languages, and decisions with their reasons. */
import { Api } from '../support/api.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { heldEvent, honestLabel } from '../support/daily.ts';
import { impb } from '../support/month/parcel.ts';

// Before the database goes.
afterAll(() => api.stop());
const database = useDatabase();
const story = new Auditing(database.dataSource);
const api = new Api(database, { JOBS: 'off' });
const number = (serial: number): string => impb('001', '900000044', serial);

beforeAll(async () => {
  await api.start();
  await story.take('labels', [
    honestLabel(1, '2026-11-10'),
    honestLabel(2, '2026-11-10', { charged: '2.00' }),
    honestLabel(3, '2026-11-10', { charged: '1.00', vendor: 'Other Labels' }),
    honestLabel(4, '2026-11-10'),
  ]);
  await story.take('tracking', [heldEvent(4, '2026-11-11T09:00:00Z')]);
  await story.audit('2026-11-20T06:00:00Z');
});

async function idOf(serial: number): Promise<string> {
  return (await api.get(`/api/v1/findings?trackingNumber=${number(serial)}`)).body.items[0]?.id ?? '';
}

test('findings come as report.json has them, with how they stand', async () => {
  const { body } = await api.get('/api/v1/findings?rule=below-floor-price');
  expect(body.nextCursor).toBeNull();
  expect(body.items).toMatchObject([
    { trackingNumber: number(3), vendor: 'Other Labels', state: 'open', amount: { currency: 'USD' } },
    { trackingNumber: number(2), vendor: 'Story Labels', state: 'open', firstSeenAt: '2026-11-20T06:00:00Z' },
  ]);
});

test('words are given with commas or repeated; a number as it is written on the label', async () => {
  const count = async (query: string): Promise<number> =>
    (await api.get(`/api/v1/findings?${query}`)).body.items.length;
  expect(await count('rule=below-floor-price,held-for-postage')).toBe(3);
  expect(await count('rule=below-floor-price&rule=held-for-postage')).toBe(3);
  expect(await count('vendor=Other%20Labels&severity=high,medium')).toBe(1);
  expect(await count(`trackingNumber=420850042233${encodeURIComponent(` ${number(2)}`)}`)).toBe(1);
  expect(await count('state=resolved')).toBe(0);
  expect(await count('severity=high,medium,critical&rule=held-for-postage')).toBe(1);
});

test.each([
  ['rule=no-such-rule', 'rule', 'below-floor-price'],
  ['severity=grave', 'severity', 'critical'],
  ['state=closed', 'state', 'written_off'],
  ['limit=501', 'limit', '500'],
  ['limit=ten', 'limit', 'whole number'],
  ['cursor=YWJj', 'cursor', 'leave it out'],
  ['locale=fr', 'locale', 'zh-CN'],
])('?%s is refused, naming the field and what it takes', async (query, field, allowed) => {
  const { status, body } = await api.get(`/api/v1/findings?${query}`);
  expect(status).toBe(400);
  expect(body.detail).toContain(field);
  expect(body.detail).toContain(allowed);
});

test('sentences are in the language asked for, else the one the caller prefers', async () => {
  const message = async (path: string, headers?: Record<string, string>): Promise<string> =>
    (await api.get(path, headers)).body.message;
  const path = `/api/v1/findings/${await idOf(2)}`;
  const chinese = await message(`${path}?locale=zh-CN`);
  expect(chinese).toMatch(/\p{Script=Han}/u);
  expect(await message(path, { 'accept-language': 'zh-CN,en;q=0.5' })).toBe(chinese);
  expect(await message(path)).not.toMatch(/\p{Script=Han}/u);
});

test('one finding comes with its journey, sales and history', async () => {
  const { status, body } = await api.get(`/api/v1/findings/${await idOf(4)}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ journey: { events: [{ at: '2026-11-11T09:00:00Z', stage: 'hold_for_postage' }] } });
  expect(body.purchases).toMatchObject([{ concerned: true, file: 'story.csv' }]);
  expect(body.history).toMatchObject([{ state: 'open', reason: 'found', by: null }]);
});

test('a decision is made with its reason, once however often it is sent', async () => {
  const path = `/api/v1/findings/${await idOf(2)}`;
  const body = { state: 'disputed', reason: 'claim 4711 sent to the vendor' };
  const answer = await api.ask('PATCH', path, { body });
  expect(answer).toMatchObject({ status: 200, body: { state: 'disputed', changedAt: '2026-11-20T08:00:00Z' } });
  const again = await api.at('2026-11-20T09:00:00Z').ask('PATCH', path, { body });
  expect(again.body).toEqual(answer.body);
  expect(again.body.history).toMatchObject([{ reason: 'found' }, { reason: 'set', by: 'local', note: body.reason }]);
});

test.each([
  ['no reason', { state: 'dismissed' }, 'reason'],
  ['a reason that says nothing', { state: 'dismissed', reason: ' x ' }, 'reason'],
  ['a state nobody sets', { state: 'resolved', reason: 'it is done' }, 'state'],
  ['no body', undefined, ''],
])('a decision with %s is refused', async (_what, body, field) => {
  const answer = await api.ask('PATCH', `/api/v1/findings/${await idOf(3)}`, { body });
  expect(answer.status).toBe(400);
  expect(answer.body.detail).toContain(field);
});

test('a state that cannot follow is a conflict that names those that can', async () => {
  const path = `/api/v1/findings/${await idOf(3)}`;
  await api.ask('PATCH', path, { body: { state: 'written_off', reason: 'too small' } });
  const answer = await api.ask('PATCH', path, { body: { state: 'disputed', reason: 'not so small' } });
  expect(answer.status).toBe(409);
  expect(answer.body.detail).toContain('it can become open, recovered');
  const open = (await api.get('/api/v1/findings?severity=high,medium')).body.items;
  expect(open).toHaveLength(2);
});

test('an unknown finding is not found', async () => {
  const body = { state: 'dismissed', reason: 'never seen' };
  expect((await api.get(`/api/v1/findings/${'0'.repeat(32)}`)).status).toBe(404);
  expect((await api.ask('PATCH', `/api/v1/findings/${'0'.repeat(32)}`, { body })).status).toBe(404);
});

test('a character that no text can hold is the fault of the request', async () => {
  const list = await api.get('/api/v1/findings?vendor=a%00b');
  const decision = { state: 'acknowledged', reason: 'we\u0000looked' };
  const patch = await api.ask('PATCH', `/api/v1/findings/${await idOf(2)}`, { body: decision });
  const page = await api.get('/imports/a%00b');
  const array = await api.ask('POST', '/api/v1/labels?vendor=a%00b', { body: [honestLabel(9, '2026-11-10')] });
  expect([list, patch, page, array].map(({ status }) => status)).toEqual([400, 400, 400, 400]);
  expect(list.body.detail).toContain('U+0000');
});

describe('what people keep about a finding', () => {
  const at = async (serial: number): Promise<string> => `/api/v1/findings/${await idOf(serial)}`;

  test('is changed field by field, and taken back with null', async () => {
    const path = await at(4);
    const body = { assignee: 'Ann', ownDeadline: '2026-12-01', recovered: { value: '1.50', currency: 'USD' } };
    const { status, body: answered } = await api.ask('PATCH', path, { body: { ...body, comment: 'half of it came' } });
    expect([status, answered]).toMatchObject([200, { ...body, state: 'open', version: 2 }]);
    expect(answered['history']).toMatchObject([
      { reason: 'found', changes: [] },
      {
        reason: 'edited',
        note: 'half of it came',
        changes: [
          { field: 'assignee', from: null, to: 'Ann' },
          { field: 'ownDeadline', from: null, to: '2026-12-01' },
          { field: 'recovered', from: null, to: '1.50 USD' },
        ],
      },
    ]);
    const back = await api.ask('PATCH', path, { body: { recovered: null } });
    expect(back.body).toMatchObject({ recovered: null, assignee: 'Ann', version: 3 });
  });

  test('narrows the list: whose work it is, and what is due', async () => {
    const ids = async (query: string): Promise<unknown[]> =>
      (await api.get(`/api/v1/findings?${query}`)).body.items.map(({ trackingNumber }) => trackingNumber);
    expect(await ids('assignee=Ann')).toEqual([number(4)]);
    expect(await ids('assignee=nobody')).not.toContain(number(4));
    expect(await ids('dueBy=2026-12-01&assignee=Ann')).toEqual([number(4)]);
    expect(await ids('dueBy=2026-11-01&assignee=Ann')).toEqual([]);
    expect((await api.get('/api/v1/findings?dueBy=soon')).status).toBe(400);
  });

  test.each([
    ['nothing at all', {}, 'comment'],
    ['a reason without a state beside a comment', { reason: 'because', comment: 'so' }, 'send one'],
    ['a state without a reason', { state: 'dismissed', comment: 'so' }, 'reason'],
    ['a day that does not exist', { ownDeadline: '2026-02-30' }, 'ownDeadline'],
    ['an amount that is none', { recovered: { value: '-1', currency: 'USD' } }, 'recovered'],
    ['an amount without currency', { recovered: { value: '1.00' } }, 'recovered'],
    ['a field it does not have', { owner: 'Ann' }, 'assignee'],
  ])('%s is refused', async (_what, body, told) => {
    const answer = await api.ask('PATCH', await at(4), { body });
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toContain(told);
  });

  test('is not overwritten by who saw an earlier version', async () => {
    const path = await at(4);
    const read = await api.get(path);
    const tag = read.headers.get('etag') ?? '';
    expect(tag).toBe((await api.get(path)).headers.get('etag'));
    const first = await api.ask('PATCH', path, { body: { assignee: 'Bea' }, headers: { 'if-match': tag } });
    expect(first.status).toBe(200);
    const late = await api.ask('PATCH', path, { body: { assignee: 'Cy' }, headers: { 'if-match': tag } });
    expect([late.status, late.headers.get('content-type')]).toMatchObject([412, /problem\+json/]);
    expect(late.body.detail).toContain('changed by "local"');
    const version = { 'if-match': `"${String(first.body['version'])}"` };
    expect((await api.ask('PATCH', path, { body: { assignee: 'Cy' }, headers: version })).body).toMatchObject({
      assignee: 'Cy',
    });
    expect((await api.ask('PATCH', path, { body: { assignee: 'Di' }, headers: { 'if-match': 'x' } })).status).toBe(400);
  });

  test('a PATCH with an Idempotency-Key is carried out once', async () => {
    const path = await at(4);
    const asked = { body: { assignee: 'Eve' }, headers: { 'idempotency-key': 'eve-1' } };
    const first = await api.ask('PATCH', path, asked);
    await api.ask('PATCH', path, { body: { assignee: 'Fay' } });
    const again = await api.ask('PATCH', path, asked);
    expect(again.text).toBe(first.text);
    expect((await api.get(path)).body).toMatchObject({ assignee: 'Fay' });
  });

  test('many are decided about at once, or none', async () => {
    const ids = [await idOf(2), await idOf(4)];
    const body = { ids, state: 'acknowledged', reason: 'all of one batch' };
    const answer = await api.ask('POST', '/api/v1/findings/decisions', { body });
    expect([answer.status, answer.body]).toMatchObject([200, { decided: 2 }]);
    const unknown = { ...body, ids: [...ids, '0'.repeat(32)], state: 'dismissed' };
    expect((await api.ask('POST', '/api/v1/findings/decisions', { body: unknown })).status).toBe(404);
    expect((await api.get(await at(2))).body.state).toBe('acknowledged');
    expect((await api.ask('POST', '/api/v1/findings/decisions', { body: { ...body, ids: [] } })).status).toBe(400);
  });

  test('has a history that comes as CSV', async () => {
    const { headers, text } = await api.get(`/api/v1/findings/history?by=people&finding=${await idOf(4)}`);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [header, ...lines] = text.trim().split('\n');
    expect(header).toBe('finding,rule,trackingNumber,vendor,change,at,by,what,field,before,after,note');
    expect(lines[0]).toContain(',2,2026-11-20T');
    expect(lines[0]).toContain(',local,edited,assignee,,Ann,half of it came');
    expect(lines.at(-1)).toContain('set,state,open,acknowledged,all of one batch');
    const all = (await api.get('/api/v1/findings/history')).text;
    expect(all).toContain(',found,');
    expect((await api.get('/api/v1/findings/history?from=2027-01-01')).text.trim()).toBe(header);
  });
});

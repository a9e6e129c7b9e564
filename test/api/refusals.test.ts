/** What callers are told of requests that are not right: the field, what is wrong with it, and what is taken. */
import { OPERATIONS } from '../../src/api/openapi/document.ts';
import { Api } from '../support/api.ts';
import { useDatabase } from '../support/database.ts';

// Before the database goes.
afterAll(() => api.stop());
const database = useDatabase();
const api = new Api(database, { JOBS: 'off' });
beforeAll(() => api.start());

/** How a schema library speaks, which tells a caller little. */
const MACHINE_WORDS = /Invalid \w+: |Too (big|small): |Unrecognized|expected .*, received/;
const ID = '0'.repeat(32);
const at = (path: string): string =>
  path
    .replace('{date}', '2026-11-20')
    .replace('{file}', 'report.json')
    .replace(/\{\w+\}/, ID);

const parameters = OPERATIONS.flatMap(({ method, path, query }) =>
  Object.keys(query?.shape ?? {}).map((name) => ({ method, path: at(path), name })),
);

test.each(parameters)('$method $path says in words what ?$name= cannot be', async ({ method, path, name }) => {
  const body = method === 'GET' ? {} : { body: [] };
  for (const query of [`${name}=&${name}=`, `${name}=${'9'.repeat(600)}`, `${name}=`, `${name}=a%00b`]) {
    const { status, text } = await api.ask(method, `${path}?${query}`, body);
    expect([query, status < 500, text]).toEqual([query, true, expect.not.stringMatching(MACHINE_WORDS)]);
  }
});

const bodies = OPERATIONS.filter(({ method, path }) => method !== 'GET' && path !== '/api/v1/imports');

test.each(bodies)('$method $path says in words what its body cannot be', async ({ method, path }) => {
  for (const body of [undefined, null, [], {}, 'text', 7, { asOf: 1, state: [], reason: {}, items: 3 }]) {
    const { status, text } = await api.ask(method, at(path), { body });
    expect([body, status < 500, text]).toEqual([body, true, expect.not.stringMatching(MACHINE_WORDS)]);
  }
});

test('a body that is no object is answered with one that would be taken', async () => {
  for (const body of [undefined, null, []]) {
    const answer = await api.ask('PATCH', `/api/v1/findings/${ID}`, { body });
    expect(answer).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('must be a JSON object such as {"state": "acknowledged"') },
    });
  }
});

test('a field that is misspelt is refused, naming those there are', async () => {
  const answer = await api.ask('POST', '/api/v1/audits', { body: { asof: '2026-11-20T06:00:00Z' } });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'asof' }] } });
  expect(answer.body.detail).toContain('it takes asOf');
});

const lists = OPERATIONS.filter(({ id }) => id.startsWith('list'));

test.each(lists)('$path refuses a parameter it does not know, naming those it takes', async ({ path, query }) => {
  const { status, body } = await api.get(`${at(path)}?severty=high&bogus=1`);
  expect([status, body.errors.map(({ field }) => field)]).toEqual([400, ['severty', 'bogus']]);
  for (const name of Object.keys(query?.shape ?? {})) expect(body.detail).toContain(name);
});

test('rows whose vendor is given as `vender` are not taken without one', async () => {
  const answer = await api.ask('POST', '/api/v1/labels?vender=Alpha', { body: [{ label_id: 'misspelt' }] });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'vender' }] } });
});

test('a page takes what it does not know for a link of an older day', async () => {
  expect((await api.get('/findings?bogus=1', { accept: 'text/html' })).status).toBe(200);
});

test('a character that no text can hold is named with its field', async () => {
  const answers = [
    await api.ask('PATCH', `/api/v1/findings/${ID}`, { body: { state: 'dismissed', reason: 'not\u0000ours' } }),
    await api.get('/api/v1/findings?vendor=a%00b'),
    await api.get('/api/v1/findings?trackingNumber=9400%00'),
    await api.ask('POST', '/api/v1/labels?vendor=a%00b', { body: [{}] }),
    await api.ask('POST', '/api/v1/imports?vendor=a%00b', { body: [{}] }),
    await api.ask('PATCH', `/api/v1/findings/${ID}`, { body: { state: 'dismissed', reason: 'half \ud83d' } }),
  ];
  expect(answers.map(({ status, body }) => [status, body.errors[0]?.field])).toEqual([
    [400, 'reason'],
    [400, 'vendor'],
    [400, 'trackingNumber'],
    [400, 'vendor'],
    [400, 'vendor'],
    [400, 'reason'],
  ]);
});

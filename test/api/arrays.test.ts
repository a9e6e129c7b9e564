/** Records sent as JSON arrays over HTTP. */
import { Api } from '../support/api.ts';
import { useDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';

const database = useDatabase();
const api = new Api(database);
beforeAll(() => api.start());
afterAll(() => api.stop());

const label = (at: number, over: Record<string, unknown> = {}) => ({
  tracking_number: `94001118992231${String(at).padStart(8, '0')}`,
  vendor: 'Alpha',
  purchased_at: '2026-11-05T10:00:00Z',
  service: 'ground_advantage',
  charged: '5.10',
  label_id: `L${at}`,
  ...over,
});

const post = (path: string, body: unknown) => api.ask('POST', `/api/v1/${path}`, { body });

test('good labels are stored though others are rejected, row by row', async () => {
  const answer = await post('labels', [label(1), label(2, { charged: 'x' }), label(3)]);
  expect(answer).toMatchObject({
    status: 200,
    body: {
      rows: 3,
      accepted: 2,
      repeated: 0,
      rejected: 1,
      personalDropped: 0,
      problems: [{ row: 1, field: 'charged', problem: expect.any(String), value: 'x' }],
    },
  });
  const found = await api.get(`/api/v1/imports/${answer.body.id}`);
  expect(found).toMatchObject({ status: 200, body: { state: 'done', kind: 'labels', accepted: 2, rejected: 1 } });
});

test('the array may stand under `items`, and the query may name the vendor', async () => {
  const answer = await post('labels?vendor=Gamma', { items: [label(4, { vendor: null })] });
  expect(answer).toMatchObject({ status: 200, body: { accepted: 1 } });
});

test('an array of bad rows alone is answered with its report all the same', async () => {
  expect(await post('labels', [{ vendor: 'Alpha' }])).toMatchObject({
    status: 200,
    body: { accepted: 0, rejected: 1 },
  });
});

test.each(['labels', 'tracking-events', 'charges'])(
  'an empty array of %s is answered with zeros and leaves no trace',
  async (path) => {
    const count = async () => (await api.get('/api/v1/imports?limit=500')).body.items.length;
    const before = await count();
    const nothing = { id: null, rows: 0, accepted: 0, repeated: 0, rejected: 0, personalDropped: 0, problems: [] };
    expect(await post(path, [])).toMatchObject({ status: 200, body: nothing });
    expect(await post(path, { items: [] })).toMatchObject({ status: 200, body: nothing });
    expect(await count()).toBe(before);
  },
);

test.each([
  ['a string', '"labels"', 422],
  ['an object without items', '{"labels":[]}', 422],
  ['an array of numbers', '[1,2]', 422],
  ['no JSON', '[{"a":', 400],
])('a body that is %s is refused', async (_, body, status) => {
  const answer = await fetch(`${api.url}/api/v1/labels`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
});

test('more rows than a request takes are refused with the limit', async () => {
  const answer = await post(
    'labels',
    Array.from({ length: 10_001 }, () => ({})),
  );
  expect(answer).toMatchObject({ status: 413, body: { detail: expect.stringContaining('10000') } });
});

test('charges are stored under their parcel', async () => {
  const charge = { invoice_number: 'I1', vendor: 'Alpha', charge_type: 'postage', amount: '5.10', line_number: '1' };
  expect(await post('charges', [charge])).toMatchObject({ status: 200, body: { accepted: 1 } });
  expect(await post('charges', [charge])).toMatchObject({ status: 200, body: { accepted: 0, repeated: 1 } });
});

test('events are folded into journeys without being asked', async () => {
  const { tracking_number } = label(1);
  const event = { tracking_number, event_time: '2026-11-06T09:00:00Z', event_code: '10', source: 'usps' };
  expect(await post('tracking-events', [event])).toMatchObject({ status: 200, body: { accepted: 1 } });
  const journeys = 'SELECT count(*) AS n FROM journey WHERE tracking_number = $1';
  await until(async () => (await database.dataSource().query(journeys, [tracking_number]))[0].n === 1);
});

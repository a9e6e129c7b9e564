/** Files sent over HTTP: as a body or in a form, followed to their end, and what was refused read back. */
import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { projectRoot } from '../../src/platform/config.ts';
import { type Answer, Api } from '../support/api.ts';
import { useDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';

const database = useDatabase();
const api = new Api(database);
beforeAll(() => api.start());
afterAll(() => api.stop());

const PATH = '/api/v1/imports';
const HEADER = 'tracking_number,vendor,purchased_at,service,charged,label_id';
let serial = 0;

/** A JSON body whose members the stories know. */
type Body = Answer['body'];

/** A file that was not sent before, of rows that say what is given. */
function labels(...charged: string[]): string {
  const rows = charged.map((amount) => {
    serial += 1;
    return `940011189922319${String(serial).padStart(7, '0')},Alpha,2026-11-05,media_mail,${amount},L${serial}`;
  });
  return [HEADER, ...rows, ''].join('\n');
}

async function send(body: string | FormData, query = '', headers: Record<string, string> = {}) {
  const type: Record<string, string> = typeof body === 'string' ? { 'content-type': 'text/csv' } : {};
  const answer = await fetch(`${api.url}${PATH}${query}`, { method: 'POST', body, headers: { ...type, ...headers } });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Body };
}

async function ended(id: string): Promise<Body> {
  await until(async () => ['done', 'failed'].includes((await api.get(`${PATH}/${id}`)).body.state));
  return (await api.get(`${PATH}/${id}`)).body;
}

const uploads = async () => (await database.dataSource().query('SELECT count(*) AS n FROM upload'))[0].n as number;

test('a file sent as the body is accepted, imported in the background, and told about', async () => {
  const content = labels('5.10', '6.20', 'much');
  const sent = await send(content, '?file=november.csv');
  expect(sent).toMatchObject({ status: 202, body: { file: 'november.csv', kind: null, bytes: content.length } });
  expect(sent.headers.get('location')).toBe(`${PATH}/${sent.body.id}`);
  expect(await ended(sent.body.id)).toEqual({
    id: sent.body.id,
    state: 'done',
    kind: 'labels',
    vendor: 'Alpha',
    file: 'november.csv',
    bytes: content.length,
    progress: 1,
    rows: 3,
    accepted: 2,
    repeated: 0,
    rejected: 1,
    personalDropped: 0,
    problem: null,
    receivedAt: '2026-11-20T08:00:00.000Z',
    receivedBy: 'local',
    finishedAt: '2026-11-20T08:00:00.000Z',
    importId: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

test('what was refused is read as pages, or as the CSV file people know', async () => {
  const { body } = await send(labels('a', 'b', 'c'), '?file=bad.csv&kind=labels');
  await ended(body.id);
  const first = await api.get(`${PATH}/${body.id}/rejected-rows?limit=2`);
  const rest = await api.get(`${PATH}/${body.id}/rejected-rows?limit=2&cursor=${first.body.nextCursor}`);
  const rows = [...first.body.items, ...rest.body.items];
  expect(rows.map(({ row, field, value }) => [row, field, value])).toEqual([
    [2, 'charged', 'a'],
    [3, 'charged', 'b'],
    [4, 'charged', 'c'],
  ]);
  expect(rest.body.nextCursor).toBeNull();
  const csv = await api.get(`${PATH}/${body.id}/rejected-rows`, { accept: 'text/csv' });
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const linked = await api.get(`${PATH}/${body.id}/rejected-rows?format=csv`, { accept: 'text/html' });
  expect([linked.text, linked.headers.get('content-type')]).toEqual([csv.text, csv.headers.get('content-type')]);
  expect(linked.headers.get('content-disposition')).toBe('attachment; filename=bad-rejected-rows.csv');
  const json = await api.get(`${PATH}/${body.id}/rejected-rows?format=json`, { accept: 'text/csv' });
  expect(json.body.items).toEqual(rows);
  const page = await api.get(`/imports/${body.id}`, { accept: 'text/html' });
  const href = `${PATH}/${body.id}/rejected-rows?format&#x3D;csv`;
  expect(page.text).toContain(`<a href="${href}" download="bad-rejected-rows.csv">`);
  expect(csv.text.split('\n').slice(0, 2)).toEqual([
    'file,row,field,problem,value',
    expect.stringMatching(/^bad\.csv,2,charged,.*,a$/),
  ]);
});

test('a form brings the file, its kind and its vendor, in whatever order', async () => {
  const form = new FormData();
  form.set('file', new Blob([labels('5').replaceAll(',Alpha,', ',,')]), 'C:\\exports\\form.csv');
  form.set('vendor', 'Beta');
  form.set('kind', 'labels');
  const sent = await send(form);
  expect(sent).toMatchObject({ status: 202, body: { kind: 'labels', vendor: 'Beta', file: 'form.csv' } });
  expect(await ended(sent.body.id)).toMatchObject({ state: 'done', accepted: 1, vendor: 'Beta' });
});

test.each([
  ['without a file', () => new FormData(), 'holds no file'],
  [
    'with two files',
    () => {
      const form = new FormData();
      form.append('file', new Blob(['a']), 'a.csv');
      form.append('file', new Blob(['b']), 'b.csv');
      return form;
    },
    'more than one file',
  ],
  [
    'with a kind that is none',
    () => {
      const form = new FormData();
      form.append('kind', 'stamps');
      form.append('file', new Blob(['a']), 'a.csv');
      return form;
    },
    'kind must be one of',
  ],
])('a form %s is refused with a sentence, and nothing is kept', async (_, form, sentence) => {
  const before = await uploads();
  expect(await send(form())).toMatchObject({ status: 400, body: { detail: expect.stringContaining(sentence) } });
  expect(await uploads()).toBe(before);
});

test('an empty body, a wrong kind and a packed file are refused', async () => {
  expect(await send('')).toMatchObject({ status: 400, body: { detail: expect.stringContaining('empty') } });
  expect(await send('a', '?kind=stamps')).toMatchObject({ status: 400, body: { errors: [{ field: 'kind' }] } });
  expect(await send('a', '', { 'content-encoding': 'gzip' })).toMatchObject({ status: 415 });
});

test('a file that is not recognised fails, and says so where it is looked for', async () => {
  const { body } = await send('a,b\n1,2\n', '?file=strange.csv');
  expect(await ended(body.id)).toMatchObject({
    state: 'failed',
    progress: 1,
    problem: expect.stringMatching(/^strange\.csv has a header this program does not recognise/),
    importId: null,
  });
  expect((await api.get(`${PATH}/${body.id}/rejected-rows`)).body).toEqual({ items: [], nextCursor: null });
});

test('tracking events are folded into journeys without being asked', async () => {
  const content = await readFile(join(projectRoot(), 'samples', 'tracking.csv'), 'utf8');
  const { body } = await send(content, '?file=tracking.csv');
  expect(await ended(body.id)).toMatchObject({ state: 'done', kind: 'tracking' });
  const missing = `SELECT count(*) AS n FROM parcel p LEFT JOIN journey j USING (tracking_number)
    WHERE p.events_revision <> coalesce(j.events_revision, 0)`;
  await until(async () => (await database.dataSource().query(missing))[0].n === 0);
});

test('the list has every import, the newest first, page by page', async () => {
  await send(labels('1'), '?file=last.csv');
  const ids: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page = await api.get(`${PATH}?limit=3${cursor && `&cursor=${cursor}`}`);
    ids.push(...page.body.items.map(({ id }: { id: string }) => id));
    cursor = page.body.nextCursor;
  }
  expect(ids).toHaveLength(await uploads());
  expect(new Set(ids).size).toBe(ids.length);
  expect(await api.get(`${PATH}?cursor=nonsense`)).toMatchObject({ status: 400 });
});

test('an unknown id is a 404, a text that is no id a 400', async () => {
  expect(await api.get(`${PATH}/${'0'.repeat(32)}`)).toMatchObject({ status: 404 });
  expect(await api.get(`${PATH}/1`)).toMatchObject({ status: 400 });
});

test('the same file under the same Idempotency-Key is received once; another file under it is refused', async () => {
  const content = labels('7.10');
  const key = { 'idempotency-key': 'imports-1' };
  const first = await send(content, '?file=once.csv', key);
  const before = await uploads();
  const again = await send(content, '?file=once.csv', key);
  expect(again).toMatchObject({ status: 202, body: { id: first.body.id } });
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect(again.headers.get('location')).toBe(first.headers.get('location'));
  expect(await send(labels('7.20'), '?file=once.csv', key)).toMatchObject({ status: 422 });
  expect(await uploads()).toBe(before);
});

/** Sends the start of a body, then hangs up. */
async function hangUp(headers: Record<string, string>, start: string): Promise<void> {
  const sending = httpRequest(`${api.url}${PATH}`, { method: 'POST', headers });
  const closed = new Promise<void>((resolve) => sending.on('close', resolve).on('error', () => undefined));
  sending.write(start);
  await new Promise((resolve) => sending.write(`${'x'.repeat(200_000)}\n`, resolve));
  sending.destroy();
  await closed;
}

test('a sender who hangs up in the middle leaves nothing, and the service goes on', async () => {
  const before = await uploads();
  await hangUp({ 'content-type': 'text/csv', 'content-length': '9000000' }, HEADER);
  const form = `--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${HEADER}`;
  await hangUp({ 'content-type': 'multipart/form-data; boundary=b' }, form);
  await ended((await send(labels('8'))).body.id);
  expect(await uploads()).toBe(before + 1);
});

/** Archived reports and vendors over HTTP: by day, file by file, and made anew when somebody asks. */
import { Api } from '../support/api.ts';
import { Days, heldEvent, honestLabel } from '../support/daily.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';
import { REPORT_FILES } from '../../src/reports/report-files.ts';

// Before the database goes.
afterAll(async () => {
  await days.close();
  await api.stop();
});
const database = useDatabase();
const days = new Days(database);
const api = new Api(database, { JOBS: 'off' });

test('before the first report there is nothing, and it says so', async () => {
  await api.start();
  await days.open();
  expect((await api.get('/api/v1/reports')).body).toEqual({ items: [], nextCursor: null });
  expect((await api.get('/api/v1/vendors')).body).toEqual({ items: [], nextCursor: null });
  const answer = await api.get('/api/v1/reports/2026-11-10');
  expect(answer).toMatchObject({ status: 404, body: { detail: expect.stringContaining('none has been made yet') } });
});

describe('when two days have one', () => {
  beforeAll(async () => {
    await days.at('2026-11-10T05:00:00Z').take('labels', [honestLabel(1, '2026-11-09', { charged: '2.00' })]);
    await days.at('2026-11-10T06:05:00Z').report('2026-11-10');
    // Another vendor, with a mailer id of his own.
    const number = { tracking_number: impb('001', '900000045', 2) };
    const other = honestLabel(2, '2026-11-10', { vendor: 'Other Labels', ...number });
    await days.at('2026-11-11T05:00:00Z').take('labels', [other]);
    await days.take('tracking', [{ ...heldEvent(2, '2026-11-11T04:00:00Z'), ...number }]);
    await days.at('2026-11-11T06:05:00Z').report('2026-11-11');
    api.at('2026-11-11T08:00:00Z');
  });

  test('they are listed, the last first, with what changed', async () => {
    const { items } = (await api.get('/api/v1/reports?limit=1')).body;
    expect(items).toMatchObject([
      { day: '2026-11-11', changes: { since: '2026-11-10', new: 1, stillOpen: 1, resolved: 0, reopened: 0 } },
    ]);
    const { nextCursor } = (await api.get('/api/v1/reports?limit=1')).body;
    const rest = (await api.get(`/api/v1/reports?cursor=${nextCursor}`)).body;
    expect(rest.items.map(({ day }) => day)).toEqual(['2026-11-10']);
  });

  test('a day is its report.json, with what changed', async () => {
    const { body } = await api.get('/api/v1/reports/2026-11-11');
    const file: object = (await api.get('/api/v1/reports/2026-11-11/report.json')).body;
    expect(body).toMatchObject(file);
    expect(body).toMatchObject({
      changes: { new: [expect.any(String)] },
      day: '2026-11-11',
      edition: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  test('a day without one names the nearest that have', async () => {
    const answer = await api.get('/api/v1/reports/2026-11-20');
    expect(answer.status).toBe(404);
    expect(answer.body.detail).toContain('2026-11-11');
    expect((await api.get('/api/v1/reports/2026-13-20')).body.errors).toMatchObject([{ field: 'date' }]);
  });

  test.each(REPORT_FILES)('%s comes as it was made, and is not sent again to who has it', async (file) => {
    const answer = await fetch(`${api.url}/api/v1/reports/2026-11-11/${file}`);
    expect(answer.status).toBe(200);
    const kept = Buffer.from(await answer.arrayBuffer());
    expect(kept.equals((await archived(file)) ?? Buffer.alloc(0))).toBe(true);
    const tag = answer.headers.get('etag') ?? '';
    // Without a word of its own, fetch asks every cache to be passed by.
    const has = { 'if-none-match': tag, 'cache-control': 'max-age=0' };
    const again = await fetch(answer.url, { headers: has });
    expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0]);
    const [name = '', ending = ''] = file.split('.');
    expect(answer.headers.get('content-disposition')).toContain(`${name}-2026-11-11.${ending}`);
  });

  test('the page of a report may do nothing but be looked at', async () => {
    const answer = await api.get('/api/v1/reports/2026-11-11/report.html');
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
  });

  test('another file is refused, naming those there are', async () => {
    const answer = await api.get('/api/v1/reports/2026-11-11/report.pdf');
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toContain('report.xlsx');
  });

  test('vendors stand as the latest report judged them, with what is open now', async () => {
    const { items } = (await api.get('/api/v1/vendors')).body;
    expect(items).toMatchObject([
      { vendor: expect.any(String), day: '2026-11-11', reasons: expect.any(Array) },
      { vendor: expect.any(String), day: '2026-11-11' },
    ]);
    const one = await api.get('/api/v1/vendors/Story%20Labels');
    expect(one.body).toMatchObject({ vendor: 'Story Labels', labels: 1, findings: { high: 1, critical: 0 } });
    const none = await api.get('/api/v1/vendors/Nobody');
    expect(none).toMatchObject({ status: 404, body: { detail: expect.stringContaining('Other Labels') } });
  });

  test('a report is asked for anew, also of a day to come; a day that is over is refused', async () => {
    const answer = await api.ask('POST', '/api/v1/reports/2026-11-11');
    expect(answer).toMatchObject({ status: 202, body: { day: '2026-11-11', state: 'queued' } });
    expect(answer.headers.get('location')).toBe('/api/v1/reports/2026-11-11');
    const early = await api.ask('POST', '/api/v1/reports/2026-11-12');
    expect(early).toMatchObject({ status: 202, body: { day: '2026-11-12', state: 'queued' } });
    expect((await api.ask('POST', '/api/v1/reports/2026-11-09')).status).toBe(409);
  });

  async function archived(file: string): Promise<Buffer | undefined> {
    const rows: { content: Buffer }[] = await database
      .dataSource()
      .query(`SELECT content FROM report_file WHERE day = '2026-11-11' AND name = $1`, [file]);
    return rows[0]?.content;
  }
});

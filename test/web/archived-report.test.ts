/** The page of a day whose report was made by another release. */
import { Days, honestLabel } from '../support/daily.ts';
import { Api } from '../support/api.ts';
import { useDatabase } from '../support/database.ts';

// Before the database goes.
afterAll(async () => {
  await api.stop();
  await days.close();
});
const database = useDatabase();
const days = new Days(database);
const api = new Api(database, { JOBS: 'off' });

beforeAll(async () => {
  await days.open();
  await api.start();
  await days.at('2026-11-10T05:00:00Z').take('labels', [honestLabel(1, '2026-11-08')]);
  await days.at('2026-11-10T06:05:00Z').report('2026-11-10');
});

const page = (path: string) => api.get(path, { accept: 'text/html' });

test('a report of this release stands in the page', async () => {
  const { status, text } = await page('/reports/2026-11-10');
  expect([status, text]).toEqual([200, expect.stringContaining('<article class="report" lang="en">')]);
});

test('its lists are there to be taken along, and answer as tables', async () => {
  const { text } = await page('/reports/2026-11-10');
  const names = [...text.matchAll(/<a href="\/api\/v1\/reports\/2026-11-10\/([^"]+)" download>/g)].map(
    ([, name]) => name,
  );
  expect(names.slice(-3)).toEqual(['claims.csv', 'stop-list.csv', 'in-transit.csv']);
  const file = await page('/api/v1/reports/2026-11-10/claims.csv');
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  expect(file.text).toMatch(/^deadline,claim,vendor,account,tracking_number,/);
});

test('an edition without lists, as an earlier release made it, offers what it has', async () => {
  await database
    .dataSource()
    .query(`DELETE FROM report_file WHERE name IN ('claims.csv', 'stop-list.csv', 'in-transit.csv')`);
  const { status, text } = await page('/reports/2026-11-10');
  expect([status, text.includes('claims.csv')]).toEqual([200, false]);
  expect((await page('/api/v1/reports/2026-11-10/claims.csv')).status).toBe(404);
});

test.each(['/reports/2026-11-10', '/'])('%s leads to the file where the page cannot show it', async (path) => {
  await database.dataSource().query(`UPDATE report SET view = view - 'headline'`);
  const { status, text } = await page(path);
  expect([status, text]).toEqual([200, expect.stringContaining('made by an older release')]);
  expect(text).not.toContain('<article');
  const [, href = ''] = /<a class="button" href="([^"]+)">/.exec(text) ?? [];
  const file = await page(href);
  expect([file.status, file.text]).toEqual([200, expect.stringContaining('<!doctype html>')]);
  expect(file.headers.get('content-security-policy')).toContain('sandbox');
});

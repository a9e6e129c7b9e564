/** The page of suppressions in a real browser: from a finding to its suppression, to the report, and back. */
import { jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { Api } from '../support/api.ts';
import { Auditing } from '../support/auditing.ts';
import { openBrowser } from '../support/browser.ts';
import { honestLabel } from '../support/daily.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';
import { visit } from './visitor.ts';

jest.setTimeout(180_000);

let browser: Browser;
// Before the database goes.
afterAll(async () => {
  await browser.close();
  await api.stop();
});
const database = useDatabase();
const story = new Auditing(database.dataSource);
const api = new Api(database, { JOBS: 'off' });
const number = (serial: number): string => impb('001', '900000044', serial);

beforeAll(async () => {
  [browser] = await Promise.all([openBrowser(), api.start()]);
  await story.take('labels', [
    honestLabel(1, '2026-11-10', { charged: '2.00' }),
    honestLabel(2, '2026-11-10', { charged: '1.00', vendor: 'Other Labels' }),
    honestLabel(3, '2026-11-10', { charged: '1.00', vendor: 'Other Labels' }),
  ]);
  await story.audit('2026-11-20T06:00:00Z');
});

const send = (path: string, form: Record<string, string>): Promise<Response> =>
  fetch(`${api.url}${path}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { accept: 'text/html' },
    redirect: 'manual',
  });

test('from a finding to its suppression and back', async () => {
  const visitor = await visit(browser, api.url, { viewport: { width: 1280, height: 900 } });
  const { page } = visitor;
  await visitor.go('/suppressions');
  expect(await page.innerText('main')).toContain('Nothing is suppressed.');
  await visitor.go(`/findings?trackingNumber=${number(2)}&rule=below-floor-price`);
  await page.click('tbody a');
  await page.click('text=Suppress findings like this');
  await page.waitForURL('**/suppressions?rule=below-floor-price&vendor=Other+Labels#add');
  expect(await page.inputValue('#rule')).toBe('below-floor-price');
  expect(await page.inputValue('#vendor')).toBe('Other Labels');
  expect(await page.inputValue('#expiresOn')).toBe('2027-02-18');
  await page.fill('#reason', 'Their <contract> is on file; asked on 2026-11-19.');
  await page.fill('#expiresOn', '2026-11-24');
  await page.click('form[action="/suppressions"] button');
  await page.waitForURL('**/suppressions');
  expect(await page.innerText('tbody')).toContain('Their <contract> is on file');
  expect(await page.innerText('tbody td.figure')).toMatch(/^2\s+USD /);
  expect(await page.innerText('tbody b')).toContain('Ends on 2026-11-24');
  expect(await visitor.look('suppressions')).toEqual([]);
  await visitor.go('/findings');
  expect(await page.locator('tbody tr').count()).toBe(await countShown());
  await visitor.go('/suppressions');
  await page.click('text=Findings that are suppressed');
  expect(await page.locator('tbody tr').count()).toBe(2);
  await page.click('tbody a');
  expect(await page.innerText('.told')).toContain('Suppressed until 2026-11-24 by');
  expect(await visitor.look('finding-suppressed')).toEqual([]);
  await visitor.go('/suppressions');
  await page.click('summary');
  await page.fill('details input', 'The contract ended.');
  await page.click('details button');
  await page.waitForSelector('text=Nothing is suppressed.');
  await page.click('text=Suppressions of every state');
  expect(await page.innerText('tbody')).toContain('The contract ended.');
  expect(visitor.troubles).toEqual([]);
  await visitor.leave();
});

test('the page fits a phone, and speaks Chinese', async () => {
  const form = { rule: 'below-floor-price', reason: 'agreed prices', owner: 'Ann', expiresOn: '2026-12-31' };
  expect((await send('/suppressions', form)).status).toBe(303);
  const narrow = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'zh-CN' };
  const visitor = await visit(browser, api.url, narrow);
  await visitor.go('/suppressions');
  expect(await visitor.page.innerText('h1')).toBe('抑制规则');
  expect(await visitor.page.innerText('tbody')).toContain('agreed prices');
  expect(await visitor.look('zh-suppressions')).toEqual([]);
  expect(visitor.troubles).toEqual([]);
  await visitor.leave();
});

test('a form that cannot be comes back as it was filled in', async () => {
  const form = { vendor: 'Nobody <b>', reason: 'because', owner: 'Ann', expiresOn: '2026-12-31' };
  const refused = await send('/suppressions', form);
  const html = await refused.text();
  expect(refused.status).toBe(400);
  expect(html).toMatch(/no label of \S*Nobody &lt;b&gt;\S* is on file/);
  expect(html).toContain('value="Nobody &lt;b&gt;"');
  const incomplete = await send('/suppressions', { ...form, reason: '' });
  expect([incomplete.status, await incomplete.text()]).toEqual([400, expect.stringContaining('Say why in at least')]);
});

async function countShown(): Promise<number> {
  return (await api.get('/api/v1/findings')).body.items.length;
}

/** A walk through the service in a real browser, from the first key to a decided finding, wide and narrow. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { AccessService } from '../../src/platform/access.service.ts';
import { projectRoot, readConfig } from '../../src/platform/config.ts';
import { type Service, startService } from '../../src/service.ts';
import { openBrowser } from '../support/browser.ts';
import { useDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';
import { type Visitor, visit } from './visitor.ts';

const database = useDatabase();
const folder = mkdtempSync(join(tmpdir(), 'pa-walk-'));
const sample = (name: string): string => join(projectRoot(), 'samples', name);
const SAMPLES = ['harbor-labels.csv', 'lucky-labels.csv', 'quickship-labels.csv', 'tracking.csv', 'harbor-invoice.csv'];

const WIDE = { viewport: { width: 1280, height: 900 } };
const NARROW = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let browser: Browser;
let service: Service;
const keys = { auditor: '', viewer: '' };

beforeAll(async () => {
  const clock = { now: () => new Date('2026-12-01T06:05:00Z') };
  const variables = { PORT: '0', DATABASE_URL: database.url(), DATA_DIR: folder };
  [browser, service] = await Promise.all([openBrowser(), startService(readConfig(variables), projectRoot(), clock)]);
  const access = new AccessService(database.dataSource());
  for (const role of ['auditor', 'viewer'] as const) {
    keys[role] = (await access.create({ name: `${role} Ann`, role, now: clock.now() })).key;
  }
});
afterAll(async () => {
  await browser.close();
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function signIn({ page, go }: Visitor, key: string): Promise<void> {
  await go('/');
  await page.fill('#key', key);
  await page.click('main button[type=submit]');
  await page.waitForSelector('.menu');
}

/** The sentences of the files that were sent, once all have come to an end. */
async function sent({ page }: Visitor, files: number): Promise<string[]> {
  await until(async () => (await page.locator('#sending .done, #sending .failed').count()) === files);
  return page.locator('#sending li span:nth-child(2)').allInnerTexts();
}

async function makeReport({ page, go }: Visitor): Promise<void> {
  await go('/');
  await page.click('form[action="/reports"] button');
  await page.waitForURL((url) => url.pathname === '/' && url.search === '');
  await page.waitForSelector('article.report');
}

test('from a key to a report, a finding and a decision', async () => {
  const visitor = await visit(browser, service.url, WIDE);
  const { page, look } = visitor;
  await visitor.go('/findings');
  expect(new URL(page.url()).pathname).toBe('/login');
  expect(await look('login')).toEqual([]);
  await page.fill('#key', 'pa_000000000000_wrong');
  await page.click('main button[type=submit]');
  await page.waitForSelector('.problem');
  expect(await look('login-refused')).toEqual([]);
  expect(visitor.troubles.splice(0).join()).toMatch(/401/);
  await page.fill('#key', keys.auditor);
  await page.click('main button[type=submit]');
  await page.waitForURL('**/findings');
  expect(await look('findings-none')).toEqual([]);

  await visitor.go('/');
  await page.waitForSelector('text=There is no report yet.');
  expect(await look('first-steps')).toEqual([]);

  await page.click('text=Drop files');
  expect(await look('imports-none')).toEqual([]);
  await visitor.drop('[data-drop]', SAMPLES.map(sample));
  await page.waitForSelector('#sending progress');
  await look('imports-sending');
  const sentences = await sent(visitor, SAMPLES.length);
  for (const sentence of sentences)
    expect(sentence).toMatch(/^done: [\d,]+ rows, [\d,]+ taken, 0 repeated, 0 rejected$/);
  await until(async () => (await page.locator('#imports tr[data-state=done]').count()) === SAMPLES.length);
  expect(await look('imports-done')).toEqual([]);

  await makeReport(visitor);
  expect(await page.innerText('h1')).toMatch(/Lucky Parcel/);
  expect(await look('report')).toEqual([]);
  expect(await page.locator('a[download]').allInnerTexts()).toContain('report.xlsx');

  await page.click('.menu >> text=Archive');
  expect(await page.innerText('tbody th')).toBe('2026-12-01');
  expect(await look('archive')).toEqual([]);

  await page.click('.menu >> text=Findings');
  await page.selectOption('#rule', 'counterfeit-postage-notice');
  await page.click('.filters button');
  expect(page.url()).toContain('rule=counterfeit-postage-notice');
  expect(await look('findings')).toEqual([]);

  await page.click('tbody a');
  expect(await page.innerText('.journey .grave')).toMatch(/counterfeit|fraudulent/i);
  expect(await look('finding')).toEqual([]);
  const number = await page.innerText('dd a .number, dd a bdi');
  expect(number).toMatch(/^9\d{19,25}$/);

  await page.check('input[value=disputed]');
  await page.fill('#reason', 'Wrote to the vendor; they have three days.');
  await page.click('text=Save');
  await page.waitForSelector('text=Wrote to the vendor; they have three days.');
  expect(await page.innerText('.facts')).toContain('disputed with the vendor');
  expect(await page.innerText('.journey:last-of-type')).toContain('auditor Ann');
  expect(await look('finding-disputed')).toEqual([]);

  await page.click('text=Sign out');
  await page.waitForURL('**/login');
  expect(visitor.troubles).toEqual([]);
  await visitor.leave();
});

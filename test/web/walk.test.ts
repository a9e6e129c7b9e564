/**
 * A walk through the service in a real browser, from the first key to a decided finding, wide and narrow. The tests are
 * chapters of one story on one service: each goes on from where the one before it left the data.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { AccessService } from '../../src/platform/access.service.ts';
import { projectRoot, readConfig } from '../../src/platform/config.ts';
import { type Service, startService } from '../../src/service.ts';
import { openBrowser } from '../support/browser.ts';
import { useDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';
import { type Visitor, visit } from './visitor.ts';

// A chapter takes some 10 seconds, on a busy machine several times that.
jest.setTimeout(180_000);

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
  const clock = { now: () => new Date(Date.parse('2026-12-01T06:05:00Z') + performance.now()) };
  const variables = { PORT: '0', DATABASE_URL: database.url(), DATA_DIR: folder };
  const access = new AccessService(database.dataSource());
  for (const role of ['auditor', 'viewer'] as const) {
    keys[role] = (await access.create({ name: `${role} Ann`, role, now: clock.now() })).key;
  }
  [browser, service] = await Promise.all([openBrowser(), startService(readConfig(variables), projectRoot(), clock)]);
});
afterAll(async () => {
  await browser.close();
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function signIn(visitor: Visitor, key: string): Promise<void> {
  const { page } = visitor;
  await visitor.go('/');
  await page.fill('#key', key);
  await page.click('main button[type=submit]');
  await page.waitForSelector('.menu');
}

/** The sentences of the files that were sent, once all have come to an end. */
async function sent({ page }: Visitor, files: number): Promise<string[]> {
  await until(async () => (await page.locator('#sending .done, #sending .failed').count()) === files);
  return page.locator('#sending li span:nth-child(2)').allInnerTexts();
}

async function makeReport(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await visitor.go('/');
  await page.click('form[action="/reports"] button');
  await page.waitForURL((url) => url.pathname === '/' && url.search === '');
  await page.waitForSelector('article.report');
}

test('from a key to a report, a finding and a decision', async () => {
  const visitor = await visit(browser, service.url, WIDE);
  const { page } = visitor;
  await visitor.go('/findings');
  expect(new URL(page.url()).pathname).toBe('/login');
  expect(await visitor.look('login')).toEqual([]);
  await page.fill('#key', 'pa_000000000000_wrong');
  await page.click('main button[type=submit]');
  await page.waitForSelector('.problem');
  expect(await visitor.look('login-refused')).toEqual([]);
  expect(visitor.troubles.splice(0).join()).toMatch(/401/);
  await page.fill('#key', keys.auditor);
  await page.click('main button[type=submit]');
  await page.waitForURL('**/findings');
  expect(await visitor.look('findings-none')).toEqual([]);

  await visitor.go('/');
  await page.waitForSelector('text=There is no report yet.');
  expect(await visitor.look('first-steps')).toEqual([]);

  await page.click('text=Drop files');
  expect(await visitor.look('imports-none')).toEqual([]);
  await visitor.drop('[data-drop]', SAMPLES.map(sample));
  await page.waitForSelector('#sending progress');
  await visitor.look('imports-sending');
  const sentences = await sent(visitor, SAMPLES.length);
  for (const sentence of sentences)
    expect(sentence).toMatch(/^done: [\d,]+ rows, [\d,]+ taken, 0 repeated, 0 rejected$/);
  await until(async () => (await page.locator('#imports tr[data-state=done]').count()) === SAMPLES.length);
  expect(await visitor.look('imports-done')).toEqual([]);

  await makeReport(visitor);
  expect(await page.innerText('h1')).toMatch(/Lucky Parcel/);
  expect(await visitor.look('report')).toEqual([]);
  expect(await page.locator('a[download]').allInnerTexts()).toContain('report.xlsx');

  await page.click('.menu >> text=Archive');
  expect(await page.innerText('tbody th')).toBe('2026-12-01');
  expect(await visitor.look('archive')).toEqual([]);

  await page.click('.menu >> text=Findings');
  await page.selectOption('#rule', 'counterfeit-postage-notice');
  await page.click('.filters button');
  expect(page.url()).toContain('rule=counterfeit-postage-notice');
  expect(await visitor.look('findings')).toEqual([]);

  const [number = ''] = await page.locator('tbody .number').allInnerTexts();
  await visitor.go('/');
  await page.click(`.report a:text("${number}") >> nth=0`);
  expect(await page.innerText('.journey .grave')).toMatch(/counterfeit|fraudulent/i);
  expect(await visitor.look('finding')).toEqual([]);
  expect(await page.innerText('.facts')).toContain(number);

  await page.check('input[value=disputed]');
  await page.fill('#reason', 'Wrote to the vendor; they have three days.');
  await page.click('text=Save');
  await page.waitForSelector('text=Wrote to the vendor; they have three days.');
  expect(await page.innerText('.facts')).toContain('disputed with the vendor');
  expect(await page.innerText('.journey:last-of-type')).toContain('auditor Ann');
  expect(await visitor.look('finding-disputed')).toEqual([]);

  await page.click('text=Sign out');
  await page.waitForURL('**/login');
  expect(visitor.troubles).toEqual([]);
  await visitor.leave();
});

test('every page fits a phone, and can be read in the dark', async () => {
  const pages = await everyPage();
  const inTheDark = pages.filter(({ name }) => ['login', 'report', 'finding', 'evidence', 'imports'].includes(name));
  for (const { options, seen, as } of [
    { options: NARROW, seen: pages, as: '' },
    { options: { ...WIDE, colorScheme: 'dark' as const }, seen: inTheDark, as: 'dark-' },
  ]) {
    const visitor = await visit(browser, service.url, options);
    await signIn(visitor, keys.auditor);
    for (const { name, path } of seen) {
      await visitor.go(path);
      expect([name, await visitor.look(`${as}${name}`)]).toEqual([name, []]);
    }
    expect(visitor.troubles).toEqual([]);
    await visitor.leave();
  }
});

test('on a phone files are chosen, and one that cannot be used says why', async () => {
  const visitor = await visit(browser, service.url, NARROW);
  const { page } = visitor;
  await signIn(visitor, keys.auditor);
  await visitor.go('/imports');
  const unknown = file('notes.csv', 'colour,taste\nred,sweet\n');
  await page.setInputFiles('#files', [unknown, damagedLabels()]);
  await page.click('text=Send');
  const [first, second] = await sent(visitor, 2);
  expect(first).toMatch(/^not imported: .*notes\.csv.* header/);
  expect(second).toBe('done: 3 rows, 1 taken, 0 repeated, 2 rejected');
  expect(await visitor.look('imports-mixed')).toEqual([]);
  await page.click('#sending a >> text=damaged.csv');
  await page.waitForSelector('text=Rows that were not taken');
  expect(await visitor.look('import-rejected')).toEqual([]);
  expect(await page.locator('.list tbody tr').count()).toBeGreaterThanOrEqual(2);
  expect(visitor.troubles).toEqual([]);
  await visitor.leave();
});

test('without scripts the same form sends the files, and says so when there is none', async () => {
  const visitor = await visit(browser, service.url, { ...WIDE, javaScriptEnabled: false });
  const { page } = visitor;
  await signIn(visitor, keys.auditor);
  await visitor.go('/imports');
  await page.fill('#vendor', 'Harbor Postage');
  await page.setInputFiles('#files', [sample('harbor-labels.csv'), sample('harbor-invoice.csv')]);
  await page.click('text=Send');
  await page.waitForURL('**/imports?received=2');
  expect(await page.innerText('.told')).toBe('2 files received; they are being imported.');
  await until(async () => {
    await page.reload();
    return (await page.locator('#imports tr[data-state=queued], #imports tr[data-state=running]').count()) === 0;
  });
  // All of it was there already.
  const cells = await page.locator('#imports tr:has-text("harbor-invoice.csv")').first().locator('td').allInnerTexts();
  expect(cells.slice(-3)).toEqual(['0', '146', '0']);
  await visitor.leave();
});

test('whoever may only look sees no form, and is told so when trying all the same', async () => {
  const visitor = await visit(browser, service.url, WIDE);
  const { page, troubles } = visitor;
  await signIn(visitor, keys.viewer);
  await visitor.go('/imports');
  expect(await page.locator('main form').count()).toBe(0);
  await visitor.go('/findings');
  await page.click('tbody a');
  expect(await page.locator('main form').count()).toBe(0);
  const [{ path } = { path: '' }] = (await everyPage()).filter(({ name }) => name === 'finding');
  const refused = await page.request.post(`${service.url}${path}/state`, {
    form: { state: 'dismissed', reason: 'because' },
    headers: { origin: service.url, accept: 'text/html' },
  });
  expect(refused.status()).toBe(403);
  expect(await refused.text()).toContain('Not with this key');
  await visitor.go('/findings/no-such-finding');
  expect(await page.innerText('h1')).toBe('There is no such page');
  expect(await visitor.look('error')).toEqual([]);
  expect(troubles.filter((trouble) => !trouble.includes('404'))).toEqual([]);
  await visitor.leave();
});

test('it speaks Chinese to a browser that does, until its reader chooses otherwise', async () => {
  const visitor = await visit(browser, service.url, { ...NARROW, locale: 'zh-CN' });
  const { page } = visitor;
  await signIn(visitor, keys.auditor);
  for (const { name, path } of await everyPage()) {
    await visitor.go(path);
    expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
    if (['finding', 'evidence', 'imports'].includes(name)) expect(await visitor.look(`zh-${name}`)).toEqual([]);
  }
  await visitor.go('/findings?severity=critical');
  expect(await page.innerText('h1')).toBe('发现');
  await page.click('text=English');
  await page.waitForURL('**/findings?severity=critical');
  expect(await page.innerText('h1')).toBe('Findings');
  expect(visitor.troubles).toEqual([]);
  await visitor.leave();
});

test('names that pretend to be markup or turn the line around are shown as they are', async () => {
  const hostile = '<script>alert(1)</script>\u202Egnp.exe{{lookup}}';
  const rows = readFileSync(sample('lucky-labels.csv'), 'utf8').split('\n').slice(0, 12);
  const renamed = rows.join('\n').replaceAll('Lucky Parcel', hostile).replaceAll('LU0', 'XX0');
  const visitor = await visit(browser, service.url, WIDE);
  const { page } = visitor;
  page.on('dialog', (dialog) => visitor.troubles.push(`a dialog: ${dialog.message()}`));
  await signIn(visitor, keys.auditor);
  await visitor.go('/imports');
  await page.setInputFiles('#files', file('<img src=x onerror=alert(2)>.csv', `${renamed}\n`));
  await page.click('text=Send');
  expect(await sent(visitor, 1)).toEqual([expect.stringMatching(/^done: 11 rows/)]);
  await makeReport(visitor);
  expect(await page.innerText('article')).toContain('<script>alert(1)</script>');
  await visitor.go(`/findings?${new URLSearchParams({ vendor: hostile }).toString()}`);
  expect(await page.inputValue('#vendor')).toContain('<script>alert(1)</script>');
  await page.click('tbody a');
  expect(await page.innerText('dl.facts')).toContain('<script>alert(1)</script>');
  expect(await visitor.look('finding-hostile')).toEqual([]);
  await visitor.go('/imports');
  expect(await page.locator('main script, main img').count()).toBe(0);
  expect(visitor.troubles).toEqual([]);
  await visitor.leave();
});

/** One address of each kind of page. */
async function everyPage(): Promise<{ name: string; path: string }[]> {
  const [finding] = await database.dataSource().query<{ id: string; number: string }[]>(
    `SELECT id, tracking_number AS number FROM finding WHERE rule = 'counterfeit-postage-notice'
        ORDER BY order_key OFFSET 1 LIMIT 1`,
  );
  const [upload] = await database.dataSource().query<{ id: string }[]>('SELECT id FROM upload ORDER BY id LIMIT 1');
  return [
    { name: 'login', path: '/login' },
    { name: 'report', path: '/' },
    { name: 'archive', path: '/reports' },
    { name: 'findings', path: '/findings' },
    { name: 'findings-empty', path: '/findings?trackingNumber=0' },
    { name: 'finding', path: `/findings/${finding?.id}` },
    { name: 'evidence', path: `/evidence/${finding?.number}` },
    { name: 'imports', path: '/imports' },
    { name: 'import', path: `/imports/${upload?.id}` },
  ];
}

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Three labels, two of them with amounts that are none. */
function damagedLabels(): string {
  const [header = '', ...rows] = readFileSync(sample('harbor-labels.csv'), 'utf8').split('\n').slice(0, 4);
  const charged = header.split(',').indexOf('charged');
  const damaged = rows.map((row, index) => {
    const cells = row.replaceAll('HA0', 'DM0').split(',');
    if (index > 0) cells[charged] = index === 1 ? 'about seven dollars' : '';
    return cells.join(',');
  });
  return file('damaged.csv', `${[header, ...damaged].join('\n')}\n`);
}

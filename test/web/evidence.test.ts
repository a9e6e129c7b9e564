/** The page of the evidence of a number in a real browser: from its finding, on the screen, on paper, and as files. */
import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { AccessService } from '../../src/platform/access.service.ts';
import { changesIn } from '../../src/reports/evidence-manifest.ts';
import { Api } from '../support/api.ts';
import { Auditing } from '../support/auditing.ts';
import { openBrowser } from '../support/browser.ts';
import { useDatabase } from '../support/database.ts';
import { keepRaw, numberOf, tellEvidence } from '../support/evidence-story.ts';
import { type Visitor, visit } from './visitor.ts';

jest.setTimeout(180_000);

// Before the database goes.
afterAll(async () => {
  await browser.close();
  await api.stop();
});
const database = useDatabase();
const story = new Auditing(database.dataSource);
const api = new Api(database, { JOBS: 'off' });
const keys = { viewer: '', auditor: '' };
const WIDE = { viewport: { width: 1280, height: 900 } };
let browser: Browser;

beforeAll(async () => {
  await tellEvidence(story);
  await keepRaw(database.dataSource());
  const access = new AccessService(database.dataSource());
  for (const role of ['viewer', 'auditor'] as const) {
    keys[role] = (await access.create({ name: role, role, now: new Date('2026-11-20T07:00:00Z') })).key;
  }
  await api.start();
  browser = await openBrowser();
});

/** By the key itself: the cookie of a service whose clock shows another day is over for the browser before it came. */
function signedIn(role: keyof typeof keys, options = {}): Promise<Visitor> {
  return visit(browser, api.url, {
    ...WIDE,
    extraHTTPHeaders: { authorization: `Bearer ${keys[role]}` },
    ...options,
  });
}

async function toFinding(visitor: Visitor, parcel: Parameters<typeof numberOf>[0]): Promise<void> {
  await visitor.go(`/findings?trackingNumber=${numberOf(parcel)}`);
  await visitor.page.click('tbody a');
}

/** What a link to a file leads to, and the name it is kept under. */
async function fileOf(page: Page, link: string): Promise<{ name: string; text: string }> {
  const href = await page.getAttribute(link, 'href');
  const answer = await page.request.get(href ?? '', { headers: { accept: 'text/html,*/*;q=0.8' } });
  const name = /^attachment; filename="(.*)"$/.exec(answer.headers()['content-disposition'] ?? '')?.[1];
  return { name: name ?? '', text: await answer.text() };
}

/** How an element is laid out, by its selector. */
const display = (page: Page, selector: string): Promise<string> =>
  page.evaluate(`getComputedStyle(document.querySelector('${selector}')).display`);

test('from a finding to its letters and to the evidence, and everything of it as files', async () => {
  const visitor = await signedIn('auditor');
  const { page } = visitor;
  await toFinding(visitor, 'sold');
  const letter = page.locator('details.letter').first();
  expect(await letter.locator('pre').isVisible()).toBe(false);
  await letter.locator('summary').click();
  expect(await letter.locator('pre').innerText()).toContain('To Lucky Labels');
  await page.locator('details.letter').nth(1).locator('summary').click();
  expect(await visitor.look('finding-letters')).toEqual([]);
  expect(await fileOf(page, 'text=letter-usps.zh-CN.txt')).toMatchObject({
    name: 'letter-usps.zh-CN.txt',
    text: expect.stringContaining('致 美国邮政'),
  });

  await page.click('text=All evidence about this number');
  expect(await page.innerText('h1')).toBe(`Evidence about ${numberOf('sold')}`);
  expect(await visitor.look('evidence')).toEqual([]);
  expect(await page.innerText('blockquote >> nth=0')).toMatch(/fraudulent postage/);
  expect(await page.locator('text=recomputed, unchanged').count()).toBe(4);
  expect(await page.content()).not.toContain('Mustermann');
  const { name, text } = await fileOf(page, 'text=Download the evidence (JSON)');
  expect(name).toBe(`evidence-${numberOf('sold')}.json`);
  expect(changesIn(JSON.parse(text))).toEqual([]);
  expect((await fileOf(page, 'text=To the vendor (en)')).name).toBe('letter-vendor.en.txt');
  expect(visitor.troubles).toEqual([]);
  await page.click('text=Open as a file to keep');
  expect(await page.innerText('h1')).toBe(`Evidence about ${numberOf('sold')}`);
  expect(await page.locator('nav, script, link').count()).toBe(0);
  await visitor.leave();
});

test('on paper it stands alone, black on white, with number and hash at the foot', async () => {
  const visitor = await signedIn('auditor', { colorScheme: 'dark' });
  const { page } = visitor;
  await visitor.go(`/evidence/${numberOf('sold')}`);
  await page.emulateMedia({ media: 'print' });
  for (const hidden of ['.masthead', '.colophon', '.evidence .actions'])
    expect(await display(page, hidden)).toBe('none');
  // A footer group is repeated on every page.
  expect(await display(page, '.e-foot')).toBe('table-footer-group');
  expect(await page.innerText('.e-foot')).toMatch(
    new RegExp(`^${numberOf('sold')} · SHA-256 of the manifest [0-9a-f]{64}$`),
  );
  const colours = await page.evaluate(
    `[...document.querySelectorAll('.evidence *')].map((each) => getComputedStyle(each).color)`,
  );
  expect(new Set(colours as string[])).toEqual(new Set(['rgb(0, 0, 0)']));
  const pdf = (await page.pdf({ format: 'Letter' })).toString('latin1');
  expect(pdf.startsWith('%PDF')).toBe(true);
  expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(2);
  await visitor.leave();
});

test('whoever may only look is offered no raw bytes, and told why', async () => {
  const visitor = await signedIn('viewer');
  const { page } = visitor;
  await visitor.go(`/evidence/${numberOf('sold')}`);
  expect(await page.locator('a[href*="format=json"]').count()).toBe(0);
  expect(await page.innerText('.e-body')).toContain('it needs the role of auditor');
  await page.click('text=Open as a file to keep');
  expect(await page.innerText('h1')).toContain(numberOf('sold'));
  await visitor.go('/evidence/9400111899223197428491');
  expect(await page.innerText('h1')).toBe('There is no such page');
  expect(await page.innerText('main')).toContain('Nothing is on file about the number');
  await visitor.leave();
});

test('where no letter is apt the page of the finding says so; where there is a parcel it leads to its evidence', async () => {
  const visitor = await signedIn('viewer', { javaScriptEnabled: false });
  const { page } = visitor;
  await toFinding(visitor, 'cheap');
  expect(await page.innerText('main')).toContain('What the finding says calls for no letter about the postage.');
  await page.click('text=All evidence about this number');
  expect(await page.innerText('h1')).toContain(numberOf('cheap'));
  await visitor.leave();
});

test('bytes that were changed in the database are said so at the head of the page', async () => {
  await database.dataSource().query('UPDATE webhook_delivery SET body = $1', [Buffer.from('{}')]);
  const visitor = await signedIn('viewer', { viewport: { width: 390, height: 844 }, isMobile: true });
  await visitor.go(`/evidence/${numberOf('sold')}`);
  expect(await visitor.page.innerText('[role=alert]')).toContain('no longer those that were received');
  expect(await visitor.look('evidence-changed')).toEqual([]);
  await visitor.leave();
});

/** Somebody at a browser: goes from page to page, and notices whatever a page does wrong on the way. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { basename, join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** Where the pictures of the last run lie, for people to look at. */
const PICTURES = join(tmpdir(), `postage-auditor-screens-${userInfo().uid}`);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PATIENCE_MS = 20_000;

export interface Visitor {
  page: Page;
  /** What went wrong so far: messages on the console, requests that failed, errors of scripts. */
  troubles: string[];
  /** Goes to a path of the service. */
  go(path: string): Promise<void>;
  /** Keeps a picture of the whole page, and answers what is wrong with how it is built. */
  look(name: string): Promise<string[]>;
  /** Drops files on the page as somebody drags them from a folder. */
  drop(selector: string, paths: readonly string[]): Promise<void>;
  leave(): Promise<void>;
}

/** Opens a window on the service; it remembers nothing of other visitors. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: url, locale: 'en-US', ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) troubles.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`${page.url()}: ${error.message}`));
  page.on('requestfailed', (request) => {
    // A page that is left takes its open questions with it.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') troubles.push(`${request.url()}: failed`);
  });
  return {
    page,
    troubles,
    go: async (path) => void (await page.goto(path)),
    look: (name) => look(page, name),
    drop: (selector, paths) => drop(page, selector, paths),
    leave: () => context.close(),
  };
}

async function look(page: Page, name: string): Promise<string[]> {
  mkdirSync(PICTURES, { recursive: true });
  const width = page.viewportSize()?.width ?? 0;
  await page.screenshot({ path: join(PICTURES, `${name}-${width}.png`), fullPage: true });
  return [...(await widerThanWindow(page)), ...(await graveFaults(page))];
}

/** Elements that stick out to the right, by their tags and classes; none where nothing scrolls sideways. */
async function widerThanWindow(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.body.querySelectorAll('*')].filter((each) => each.getBoundingClientRect().right > width + 1);
    return wide.map((each) => 'sticks out: ' + each.tagName + '.' + each.className);
  })()`);
}

/** What axe calls serious or critical: the rule and the first element that breaks it. */
async function graveFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => id + ': ' + help + ': ' + nodes[0].html + ' ' + nodes[0].failureSummary))`);
}

async function drop(page: Page, selector: string, paths: readonly string[]): Promise<void> {
  const files = paths.map((path) => ({ name: basename(path), text: readFileSync(path, 'utf8') }));
  const dataTransfer = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    for (const { name, text } of ${JSON.stringify(files)}) transfer.items.add(new File([text], name, { type: 'text/csv' }));
    return transfer;
  })()`);
  await page.dispatchEvent(selector, 'dragover', { dataTransfer });
  await page.dispatchEvent(selector, 'drop', { dataTransfer });
}

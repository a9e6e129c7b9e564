/** The pages as they are served: their frame, their language, their files. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot, readConfig } from '../../src/platform/config.ts';
import { type Service, startService } from '../../src/service.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const folder = mkdtempSync(join(tmpdir(), 'pa-pages-'));

let service: Service;
beforeAll(async () => {
  const variables = { PORT: '0', DATABASE_URL: database.url(), DATA_DIR: folder, JOBS: 'off' };
  service = await startService(readConfig(variables), projectRoot());
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${service.url}${path}`, { headers, redirect: 'manual' });
const text = async (path: string, headers?: Record<string, string>): Promise<string> =>
  (await get(path, headers)).text();

describe('language', () => {
  test.each([
    { story: 'no wish at all', headers: {}, lang: 'en' },
    { story: 'a browser in Chinese', headers: { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' }, lang: 'zh-CN' },
    { story: 'a browser in another Chinese', headers: { 'accept-language': 'zh-TW' }, lang: 'zh-CN' },
    { story: 'a browser in a language we do not speak', headers: { 'accept-language': 'fi' }, lang: 'en' },
    {
      story: 'a choice made before, against the browser',
      headers: { 'accept-language': 'zh-CN', cookie: 'a=b; pa_lang=en' },
      lang: 'en',
    },
    { story: 'a choice of a language we do not have', headers: { cookie: 'pa_lang=tlh' }, lang: 'en' },
  ] as { story: string; headers: Record<string, string>; lang: string }[])('$story', async ({ headers, lang }) => {
    expect(await text('/', headers)).toContain(`<html lang="${lang}">`);
  });

  test('choosing one is remembered, and leads to the same page without the choice in its address', async () => {
    const answer = await get('/reports?cursor=x&lang=zh-CN');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/reports?cursor=x']);
    expect(answer.headers.get('set-cookie')).toMatch(/^pa_lang=zh-CN; .*HttpOnly; SameSite=Lax/);
  });

  test('the choice never leads to another site', async () => {
    const answer = await get('//elsewhere.example/?lang=en');
    expect(answer.headers.get('location') ?? '/').toMatch(/^\/(?![/\\])/);
  });
});

describe('assets', () => {
  test('what a page names may be kept for good, and is told by its content', async () => {
    const [, path = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(await text('/')) ?? [];
    const answer = await get(path.replaceAll('&#x3D;', '='));
    expect(answer.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const kept = { 'if-none-match': answer.headers.get('etag') ?? '', 'cache-control': 'max-age=0' };
    const again = await get('/assets/site.css', kept);
    expect(again.status).toBe(304);
  });

  test('an address without the version is asked again each time', async () => {
    expect((await get('/assets/site.css')).headers.get('cache-control')).toBe('no-cache');
  });

  test.each(['/assets/..%2f..%2fpackage.json', '/assets/%2e%2e/pages/frame.hbs', '/assets/palette.yaml', '/assets/'])(
    '%s leads nowhere',
    async (path) => expect((await get(path)).status).toBe(404),
  );
});

test('no page carries a script or a style inside it', async () => {
  for (const path of ['/', '/reports', '/findings', '/imports']) {
    expect(await text(path)).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?! type="module" src="\/assets\/)/);
  }
});

test('before the first report the home page says how to get one', async () => {
  const page = await text('/');
  expect(page).toContain('There is no report yet.');
  expect(page).toContain('It is made every day at 06:00 (UTC)');
});

test('whoever asks for a report before any file came is told that it is being made', async () => {
  const asked = await fetch(`${service.url}/reports`, { method: 'POST', redirect: 'manual' });
  expect([asked.status, asked.headers.get('location')]).toEqual([303, '/?asked=none']);
  expect(await text('/?asked=none')).toContain('data-making');
  expect(await text('/')).not.toContain('data-making');
});

test('what is not there is told on a page in the frame of all pages', async () => {
  const answer = await get('/reports/2026-13-01', { accept: 'text/html' });
  const page = await answer.text();
  expect(answer.status).toBe(404);
  expect(page).toContain('<h1>There is no such page</h1>');
  expect(page).toContain('write it as 2026-12-01');
  expect(await text('/nowhere', { accept: 'text/html', 'accept-language': 'zh' })).toContain('没有这个页面');
});

test('an import that is not there, and a place in a list that is none, are told so', async () => {
  expect((await get('/imports/0123', { accept: 'text/html' })).status).toBe(404);
  expect((await get('/imports?after=yesterday', { accept: 'text/html' })).status).toBe(400);
});

describe('a form with files', () => {
  const send = (form: FormData): Promise<Response> =>
    fetch(`${service.url}/imports`, { method: 'POST', body: form, redirect: 'manual' });

  test('without a file asks for one', async () => {
    const form = new FormData();
    form.set('files', new File([], ''));
    const answer = await send(form);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('No file was chosen.');
  });

  test('with an empty file among others takes the others, and names the empty one', async () => {
    const form = new FormData();
    form.append('files', new File([''], 'empty.csv'));
    form.append('files', new File(['a,b\n1,2\n'], '../../full.csv'));
    const answer = await send(form);
    const page = await answer.text();
    expect(answer.status).toBe(400);
    expect(page).toMatch(/role="alert">empty\.csv: the file is empty/);
    expect(page).toContain('One file received');
    expect(page).toMatch(/<a href="\/imports\/[0-9a-f]{32}">full\.csv<\/a>/);
  });

  test('with more files than a form takes says so, and keeps those before', async () => {
    const form = new FormData();
    for (let at = 0; at < 101; at += 1) form.append('files', new File([`a,b\n${at},2\n`], `of-many-${at}.csv`));
    const answer = await send(form);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('A form takes 100 files');
    const kept = await database.dataSource().query(`SELECT file FROM upload WHERE file LIKE 'of-many-%'`);
    expect(kept).toHaveLength(100);
  });

  test('with a kind that is none is refused', async () => {
    const form = new FormData();
    form.set('kind', 'poems');
    form.append('files', new File(['a,b\n'], 'a.csv'));
    expect((await send(form)).status).toBe(400);
  });
});

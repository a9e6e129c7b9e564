/** Tracking pages that people saved, as files of tracking. */
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recognise } from '../../src/ingest/recognise.ts';
import { uspsPageOf } from '../../src/ingest/saved-page.ts';
import { UsageError } from '../../src/platform/errors.ts';
import { useDatabase } from '../support/database.ts';
import { payload } from '../support/provider-payload.ts';
import { IMPORTED_AT, column, dump, importBytes, importService } from './importing.ts';

const DELIVERED = payload('usps-page', 'current-delivered.html');
const COUNTERFEIT = payload('usps-page', 'current-counterfeit-banner.html');
const SEVERAL = payload('usps-page', 'current-several-numbers.html');
const REFUSED = payload('usps-page', 'refused-by-the-site.html');
const OTHER_PAGE = '<!DOCTYPE html><html><body><h1>Tracking</h1><p>9200190164917320000015</p></body></html>';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'saved-page-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function save(name: string, content: string, at?: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  if (at !== undefined) await utimes(path, new Date(at), new Date(at));
  return path;
}

describe('a saved page', () => {
  test.each([
    ['a refusal of the site', REFUSED],
    ['another page', OTHER_PAGE],
    [
      'the page before a number was asked for',
      '<html><div class="track-bar-container"><input name="label"></div></html>',
    ],
    ['no page', 'tracking_number,event_time\n'],
  ])('is not seen in %s', (_story, html) => expect(uspsPageOf(html)).toBeNull());

  test('that shows a step twice, for wide and for narrow screens, has it once', () => {
    const [once, twice] = [DELIVERED, DELIVERED.replace('<body', `<body>${DELIVERED}<div`)].map(uspsPageOf);
    expect(twice?.parcels).toEqual(once?.parcels);
  });

  test('names its number in whichever of its fields', () => {
    const bar = (number: string) => `<div class="track-bar-container">${number}<p class="banner-content">x</p></div>`;
    const numbers = [
      '<span class="tracking-number">9200 1901 6491 7320 0000 15&nbsp;</span>',
      '<h3 class="tracking-number">Tracking Number: 9200190164917320000015</h3>',
      '<input type="hidden" name="label" value="9200190164917320000015">',
    ];
    for (const number of numbers) {
      expect(uspsPageOf(bar(number))?.parcels).toMatchObject([{ number: '9200190164917320000015' }]);
    }
  });
});

describe('recognised by what it holds', () => {
  test('a page is tracking, whatever its name', async () => {
    const path = await save('page', DELIVERED);
    expect((await recognise([{ path, kind: 'tracking' }])).files).toMatchObject([{ kind: 'tracking' }]);
    expect((await recognise([{ path: await save('My package.HTM', `\uFEFF\n${DELIVERED}`) }])).files).toMatchObject([
      { shownAs: 'My package.HTM', kind: 'tracking' },
    ]);
  });

  test('pages of a folder stand among its files; other pages are listed with why', async () => {
    await mkdir(join(folder, 'pages'));
    await save('pages/counterfeit.html', COUNTERFEIT);
    await save('pages/refused.html', REFUSED);
    await save('tracking.csv', 'tracking_number,event_time,event_code\n');
    const { files, notRead } = await recognise([{ path: folder }]);
    expect(files.map(({ shownAs, kind }) => [shownAs, kind])).toEqual([
      ['pages/counterfeit.html', 'tracking'],
      ['tracking.csv', 'tracking'],
    ]);
    expect(notRead).toEqual([{ file: 'pages/refused.html', why: expect.stringContaining('no tracking page') }]);
  });

  test('a page that is none, or said to hold something else, is refused', async () => {
    const other = await save('other.html', OTHER_PAGE);
    const page = await save('page.html', DELIVERED);
    await expect(recognise([{ path: other }])).rejects.toThrow(/other.html is a web page, but no tracking page/);
    await expect(recognise([{ path: other, kind: 'tracking' }])).rejects.toThrow(UsageError);
    await expect(recognise([{ path: page, kind: 'labels' }])).rejects.toThrow(/page.html is a web page, .* no labels/);
  });
});

describe('imported', () => {
  const database = useDatabase();
  const imported = (path: string) =>
    importService(database.dataSource()).importFile({
      path,
      shownAs: 'page.html',
      kind: 'tracking',
      importedAt: IMPORTED_AT,
    });

  test('a history is events of the carrier, and an answer of when the page says it was saved', async () => {
    const result = await importBytes(database.dataSource(), DELIVERED, { shownAs: 'page.html' });
    expect(result).toMatchObject({ kind: 'tracking', vendor: null, rows: 9, accepted: 9, rejected: 0 });
    const { event: events = [] } = await dump(database.dataSource());
    const told = events.map((event) => event as Record<string, unknown>);
    expect(told.every(({ source, source_rank }) => source === 'USPS tracking page' && source_rank === 0)).toBe(true);
    expect(told.find(({ text }) => text === 'USPS in possession of item')).toMatchObject({
      event_time: '2026-11-03T17:10:00+00:00',
      city: 'CHICAGO',
      zip: '60607',
      retrieved_at: null,
    });
    expect(told.find(({ kind }) => kind === 'ask')).toMatchObject({
      outcome: 'answered',
      event_time: '2026-11-07T01:30:00+00:00',
    });
  });

  test('the same page again changes nothing', async () => {
    const before = await dump(database.dataSource());
    const again = await importBytes(database.dataSource(), DELIVERED, { shownAs: 'copy.html' });
    expect(again).toMatchObject({ rows: 9, accepted: 0, repeated: 9 });
    expect(await dump(database.dataSource())).toEqual(before);
  });

  test('a refusal is dated by the file, and kept with its sentence', async () => {
    expect(await imported(await save('page.html', COUNTERFEIT, '2026-11-08T10:00:00Z'))).toMatchObject({ accepted: 1 });
    const sql = `SELECT event_time || '|' || outcome || '|' || left(text, 40) FROM event WHERE outcome = 'withheld'`;
    expect(await column(database.dataSource(), sql)).toEqual([
      '2026-11-08 10:00:00+00|withheld|Our processes indicate that counterfeit ',
    ]);
  });

  // One of its answers is the same as on the page before: of the same number and the same minute.
  test('what cannot be dated is rejected, and told with number, time and words; the rest is taken', async () => {
    const result = await importBytes(database.dataSource(), SEVERAL, { shownAs: 'several.html' });
    expect(result).toMatchObject({ rows: 8, accepted: 6, repeated: 1, rejected: 1 });
    const [problem] = await column<string>(database.dataSource(), 'SELECT problem FROM rejected_row');
    expect(problem).toMatch(
      /^a step of 9205590164917320000049 has a time without a zone, .*2026-11-02T22:16:00, Pre-Ship/,
    );
  });

  test.each([
    ['a file from the future was saved when it is imported at the latest', '2030-01-01T00:00:00Z', IMPORTED_AT],
    ['a file older than what it shows was copied without its time', '2001-01-01T00:00:00Z', IMPORTED_AT],
    ['any other was saved at its own time', '2026-11-20T08:00:00Z', new Date('2026-11-20T08:00:00Z')],
  ])('%s', async (story, modified, expected) => {
    const html = SEVERAL.replace('savepage-date', 'something').replace('<body', `<!-- ${story} --><body`);
    await imported(await save('page.html', html, modified));
    const asked = `SELECT event_time FROM event WHERE kind = 'ask' AND outcome = 'not_found' ORDER BY event_time = $1 DESC`;
    const [row] = await database.dataSource().query<{ event_time: Date }[]>(asked, [expected]);
    expect(row?.event_time).toEqual(expected);
  });

  test('a page is no file of labels', async () => {
    const path = await save('page.html', DELIVERED);
    const labels = importService(database.dataSource()).importFile({
      path,
      shownAs: 'page.html',
      kind: 'labels',
      importedAt: IMPORTED_AT,
    });
    await expect(labels).rejects.toThrow(/page.html is a web page, which may hold tracking, but no labels/);
  });
});

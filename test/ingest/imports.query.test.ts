/** What was imported, as a list, one by one, and the rows that were refused. */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { ImportsQuery } from '../../src/ingest/imports.query.ts';
import { UploadService } from '../../src/ingest/upload.service.ts';
import { useDatabase } from '../support/database.ts';
import { csv, importBytes, importService } from './importing.ts';

const database = useDatabase();
const HEADER = ['tracking_number', 'vendor', 'purchased_at', 'service', 'charged', 'label_id'];
const row = (id: string, charged = '5.10') => [
  `9400${id.padStart(18, '0')}`,
  'Alpha',
  '2026-11-05',
  'media_mail',
  charged,
  id,
];

let minute = 0;
const now = () => new Date(Date.UTC(2026, 11, 1, 6, minute));

function uploads(): UploadService {
  return new UploadService(database.dataSource(), importService(database.dataSource()), { now });
}

async function send(content: string, file: string): Promise<string> {
  minute += 1;
  return uploads().receive(Readable.from([content]), { file, kind: null, vendor: null, by: 'tests' });
}

const query = () => new ImportsQuery(database.dataSource());

test('waiting, done, refused and loaded by a command: all are listed, the newest first, page by page', async () => {
  const done = await send(csv(HEADER, row('1'), row('2', 'much')), 'done.csv');
  await uploads().importUpload(done);
  minute += 1;
  const loaded = await importBytes(database.dataSource(), csv(HEADER, row('3')), {
    shownAs: 'loaded.csv',
    importedAt: now(),
  });
  const refused = await send('a,b\n', 'refused.csv');
  await uploads().importUpload(refused);
  const waiting = await send(csv(HEADER, row('4')), 'waiting.csv');

  const { items, next } = await query().list({ limit: 10 });
  expect(next).toBeNull();
  expect(items.map(({ id }) => id)).toEqual([waiting, refused, loaded.id, done]);
  expect(items).toMatchObject([
    { file: 'waiting.csv', state: 'queued', progress: 0, kind: null, receivedBy: 'tests', importId: null },
    { file: 'refused.csv', state: 'failed', progress: 1, problem: expect.stringContaining('header') },
    { file: 'loaded.csv', state: 'done', progress: 1, kind: 'labels', accepted: 1, receivedBy: null },
    { file: 'done.csv', state: 'done', kind: 'labels', vendor: 'Alpha', rows: 2, accepted: 1, rejected: 1 },
  ]);

  const paged: string[] = [];
  for (
    let page = await query().list({ limit: 1 });
    ;
    page = await query().list({ limit: 1, after: page.next ?? undefined })
  ) {
    paged.push(...page.items.map(({ id }) => id));
    if (page.next === null) break;
  }
  expect(paged).toEqual(items.map(({ id }) => id));
});

test('an import whose rows are there before its upload says so is listed once', async () => {
  const content = csv(HEADER, row('31'), row('32'));
  const id = await send(content, 'between.csv');
  await importBytes(database.dataSource(), content, { shownAs: 'between.csv', importedAt: now() });
  const listed = async () => (await query().list({ limit: 100 })).items.filter(({ file }) => file === 'between.csv');
  expect(await listed()).toMatchObject([{ id, state: 'queued' }]);
  await uploads().importUpload(id);
  expect(await listed()).toMatchObject([{ id, state: 'done', rows: 2 }]);
});

test('a file loaded by a command and sent again later is listed twice: what brought its rows, and what repeats them', async () => {
  const content = csv(HEADER, row('41'), row('42'));
  minute += 1;
  const loaded = await importBytes(database.dataSource(), content, { shownAs: 'twice.csv', importedAt: now() });
  const sent = await send(content, 'twice.csv');
  await uploads().importUpload(sent);
  const { items } = await query().list({ limit: 100 });
  expect(items.filter(({ file }) => file === 'twice.csv')).toMatchObject([
    { id: sent, importId: loaded.id, receivedBy: 'tests', accepted: 0, repeated: 2 },
    { id: loaded.id, receivedBy: null, accepted: 2, repeated: 0 },
  ]);
});

test('one is found by the id of its upload and by that of its content', async () => {
  const id = await send(csv(HEADER, row('5'), row('6', 'x')), 'one.csv');
  await uploads().importUpload(id);
  const view = await query().find(id);
  expect(view).toMatchObject({ id, state: 'done', rows: 2, personalDropped: 0, finishedAt: now() });
  expect(await query().find(view?.importId ?? '')).toMatchObject({ id: view?.importId, file: 'one.csv', rows: 2 });
  expect(await query().find(randomUUID())).toBeNull();
});

test('the problems of refused rows come in pages, in their order', async () => {
  const bad = csv(HEADER, row('7', 'x'), ['', 'Alpha', 'soon', 'media_mail', '5', '8'], row('9', '-1'));
  const id = await send(bad, 'bad.csv');
  const result = await uploads().importUpload(id);
  const all = await query().rejected(result?.id ?? '', { limit: 10 });
  expect(all.items.map(({ row: at, field }) => `${at} ${field}`)).toEqual([
    '2 charged',
    '3 tracking_number',
    '3 purchased_at',
    '4 charged',
  ]);
  const first = await query().rejected(result?.id ?? '', { limit: 2 });
  const rest = await query().rejected(result?.id ?? '', { limit: 2, after: first.next ?? undefined });
  expect([...first.items, ...rest.items]).toEqual(all.items);
  expect(rest.next).toBeNull();
});

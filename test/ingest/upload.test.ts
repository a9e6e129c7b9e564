/** Files sent to the service wait in the database and are imported once, whatever happens to those who import them. */
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Clock } from '../../src/platform/clock.ts';
import { UsageError } from '../../src/platform/errors.ts';
import { ImportService } from '../../src/ingest/import.service.ts';
import type { UploadAbout } from '../../src/ingest/upload.service.ts';
import { UploadService } from '../../src/ingest/upload.service.ts';
import { sha256Hex } from '../../src/platform/hash.ts';
import { spool } from '../../src/ingest/spooled-file.ts';
import { useDatabase } from '../support/database.ts';
import { IMPORTED_AT, column, csv, importService, vocabulary } from './importing.ts';

const database = useDatabase();
const clock: Clock = { now: () => IMPORTED_AT };

const HEADER = ['tracking_number', 'vendor', 'purchased_at', 'service', 'charged', 'label_id'];
const about: UploadAbout = { file: 'alpha.csv', kind: null, vendor: null, by: 'tests' };

function labelRow(at: number): string[] {
  return [
    `94001118992231974${String(at).padStart(5, '0')}`,
    'Alpha',
    '2026-11-05',
    'ground_advantage',
    '5.10',
    `A${at}`,
  ];
}

function service(): UploadService {
  return new UploadService(database.dataSource(), importService(database.dataSource()), clock);
}

async function upload(id: string): Promise<Record<string, unknown>> {
  const rows: Record<string, unknown>[] = await database.dataSource().query('SELECT * FROM upload WHERE id = $1', [id]);
  return rows[0] ?? {};
}

const chunksOf = (id: string) =>
  column<number>(database.dataSource(), `SELECT count(*) FROM upload_chunk WHERE upload_id = '${id}'`);
const chunks = () => column<number>(database.dataSource(), 'SELECT count(*) FROM upload_chunk');

test('a file in many pieces is put together again, imported, and its content is gone', async () => {
  const text = csv(HEADER, ...Array.from({ length: 30_000 }, (_, at) => [...labelRow(at)]));
  const id = await service().receive(Readable.from([Buffer.from(text)]), about);
  expect(await upload(id)).toMatchObject({ state: 'queued', bytes: text.length, received_by: 'tests' });
  expect(await chunks()).toEqual([Math.ceil(text.length / 2 ** 20)]);

  const result = await service().importUpload(id);
  expect(result).toMatchObject({ kind: 'labels', rows: 30_000, accepted: 30_000 });
  expect(await upload(id)).toMatchObject({ state: 'done', import_id: result?.id, result, bytes_read: text.length });
  expect(await chunks()).toEqual([0]);
});

test('what is done is not done again, and the same file sent again says nothing new', async () => {
  const text = csv(HEADER, labelRow(50_001));
  const first = await service().receive(Readable.from([text]), about);
  expect(await service().importUpload(first)).toMatchObject({ accepted: 1 });
  expect(await service().importUpload(first)).toBeNull();
  const second = await service().receive(Readable.from([text]), about);
  expect(await service().importUpload(second)).toMatchObject({ accepted: 0, repeated: 1 });
});

test('an import that was committed by a process that died before it could say so is told as what it was', async () => {
  const text = csv(HEADER, labelRow(50_002), labelRow(50_003));
  const id = await service().receive(Readable.from([text]), about);
  await service().importUpload(id);
  await database.dataSource().query(
    `WITH back AS (UPDATE upload SET state = 'running', result = NULL, import_id = NULL, finished_at = NULL WHERE id = $1)
     INSERT INTO upload_chunk (upload_id, position, content) VALUES ($1, 0, $2)`,
    [id, Buffer.from(text)],
  );
  expect(await service().importUpload(id)).toMatchObject({ rows: 2, accepted: 2, repeated: 0 });
  expect(await upload(id)).toMatchObject({ state: 'done', attempts: 2 });
});

test('a file that is not recognised fails with a sentence, and keeps nothing', async () => {
  const id = await service().receive(Readable.from(['a,b\n1,2\n']), about);
  expect(await service().importUpload(id)).toBeNull();
  expect(await upload(id)).toMatchObject({
    state: 'failed',
    problem: expect.stringMatching(/^alpha\.csv has a header this program does not recognise/),
  });
  expect(await chunks()).toEqual([0]);
});

test('an empty body is refused at once', async () => {
  await expect(service().receive(Readable.from([]), about)).rejects.toThrow(UsageError);
});

describe('a body on its way', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spooled-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('is kept as it came, and gone when it is no longer needed', async () => {
    const spooled = await spool(Readable.from([Buffer.from('one,'), Buffer.from('two')]), folder);
    expect(await readFile(spooled.path, 'utf8')).toBe('one,two');
    expect(spooled).toMatchObject({ bytes: 7, contentSha256: sha256Hex('one,two') });
    await spooled.remove();
    expect(await readdir(folder)).toEqual([]);
  });

  test('leaves nothing behind when its sender breaks off', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.alloc(100_000);
      throw new Error('the sender hung up');
    }
    await expect(spool(Readable.from(broken()), folder)).rejects.toThrow('the sender hung up');
    expect(await readdir(folder)).toEqual([]);
  });

  test('is taken no faster than it can be written', async () => {
    let given = 0;
    let most = 0;
    const source = new Readable({
      read() {
        given += 1;
        most = Math.max(most, this.readableLength);
        this.push(given > 400 ? null : Buffer.alloc(65_536));
      },
    });
    const spooled = await spool(source, folder);
    expect(spooled.bytes).toBe(400 * 65_536);
    expect(most).toBeLessThanOrEqual(2 * 65_536);
    await spooled.remove();
  });
});

test('of two processes that take the same upload one imports it', async () => {
  const text = csv(HEADER, ...Array.from({ length: 2_000 }, (_, at) => labelRow(60_000 + at)));
  const id = await service().receive(Readable.from([text]), about);
  const results = await Promise.all([service().importUpload(id), service().importUpload(id)]);
  expect(results.filter((result) => result !== null)).toMatchObject([{ accepted: 2_000, repeated: 0 }]);
});

test('an upload whose process died is found again; one at which five died is given up', async () => {
  const id = await service().receive(Readable.from([csv(HEADER, labelRow(70_000))]), about);
  await database.dataSource().query(`UPDATE upload SET state = 'running', attempts = 1 WHERE id = $1`, [id]);
  expect(await service().unfinished(-1)).toEqual([id]);
  expect(await service().importUpload(id)).toMatchObject({ accepted: 1 });
  expect(await service().unfinished(-1)).toEqual([]);

  const poison = await service().receive(Readable.from([csv(HEADER, labelRow(70_001))]), about);
  await database.dataSource().query(`UPDATE upload SET state = 'running', attempts = 5 WHERE id = $1`, [poison]);
  expect(await service().importUpload(poison)).toBeNull();
  expect(await upload(poison)).toMatchObject({ state: 'failed', problem: expect.stringContaining('5 times') });
  expect(await chunksOf(poison)).toEqual([1]);
});

test('a file that meets a fault of ours is kept, and sent again it is imported once', async () => {
  class FaultyImports extends ImportService {
    override importFile(): Promise<never> {
      return Promise.reject(new TypeError('a fault'));
    }
  }
  const faulty = new UploadService(database.dataSource(), new FaultyImports(database.dataSource(), vocabulary), clock);
  const text = csv(HEADER, labelRow(80_000));
  const failed = await faulty.receive(Readable.from([text]), about);
  expect(await faulty.importUpload(failed)).toBeNull();
  const problem = expect.stringMatching(/fault of this program.*send the file again/);
  expect(await upload(failed)).toMatchObject({ state: 'failed', problem });
  expect(await chunksOf(failed)).toEqual([1]);

  const again = await service().receive(Readable.from([text]), about);
  expect(await service().importUpload(again)).toMatchObject({ accepted: 1 });
  expect(await chunksOf(failed)).toEqual([0]);
});

/** An import broken off in the middle, with its worker or its connection: nothing of it is left, and it is done again, once. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { Client } from 'pg';
import { type UploadAbout, UploadService } from '../../src/ingest/upload.service.ts';
import { builtCli } from '../support/built.ts';
import { useDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';
import { csv, importService } from './importing.ts';

const database = useDatabase();
const ROWS = 30_000;

const workers: ChildProcess[] = [];
afterEach(async () => {
  for (const worker of workers.splice(0)) await kill(worker);
});

function startWorker(): ChildProcess {
  const env = { ...process.env, DATABASE_URL: database.url(), LOG_LEVEL: 'error' };
  const worker = spawn(process.execPath, [builtCli(), 'worker'], { env, stdio: 'ignore' });
  workers.push(worker);
  return worker;
}

async function kill(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const gone = once(worker, 'exit');
  worker.kill('SIGKILL');
  await gone;
}

async function value<T>(sql: string): Promise<T> {
  const rows: { value: T }[] = await database.dataSource().query(`SELECT ${sql} AS value`);
  return rows[0]!.value;
}

const trackingNumber = (at: number) => `94001118${String(at).padStart(14, '0')}`;

function labelsFile(): string {
  const header = ['tracking_number', 'vendor', 'purchased_at', 'service', 'charged', 'label_id'];
  const rows = Array.from({ length: ROWS }, (_, at) => {
    return [trackingNumber(at), 'Alpha', '2026-11-05', 'media_mail', '5.10', `L${at}`];
  });
  return csv(header, ...rows);
}

/** Keeps an import of the file waiting at its row `at`, all rows before it copied. */
async function holdAt(at: number): Promise<{ release: () => Promise<void> }> {
  const client = new Client({ connectionString: database.url() });
  await client.connect();
  await client.query('BEGIN');
  await client.query(
    `INSERT INTO label (tracking_number, vendor, sale_key, tracking_raw, kind, purchased_day, service, currency,
       destination_country, charged_mills, extra_services, status, import_id)
     VALUES ($1, 'Alpha', $2, '', 'outbound', '2026-11-05', 'media_mail', 'USD', 'US', 0, '', 'purchased', '')`,
    [trackingNumber(at), `L${at}`],
  );
  return { release: () => client.end() };
}

const service = (now: string) =>
  new UploadService(database.dataSource(), importService(database.dataSource()), { now: () => new Date(now) });
const about: UploadAbout = { file: 'labels.csv', kind: null, vendor: null, by: 'tests' };

/** How many imports of the database wait for a row somebody else holds. */
const WAITING = `(SELECT count(*) FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'COPY label %')`;

afterEach(() => database.dataSource().query('TRUNCATE upload, upload_chunk, import, label, parcel, vendor_name'));

test('killed with half the rows copied, an import is done again by the next worker', async () => {
  const id = await service('2026-01-01T00:00:00Z').receive(Readable.from([labelsFile()]), about);
  const held = await holdAt(ROWS / 2);
  try {
    const worker = startWorker();
    await until(async () => (await value<number>(WAITING)) === 1, { withinMs: 40_000 });
    expect(await value(`(SELECT state FROM upload WHERE id = '${id}')`)).toBe('running');
    await kill(worker);
  } finally {
    await held.release();
  }
  const locks = `(SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database
    WHERE locktype = 'advisory' AND datname = current_database())`;
  await until(async () => (await value<number>(locks)) === 0);
  expect(await value('(SELECT count(*) FROM label)')).toBe(0);

  startWorker();
  await until(async () => (await value(`(SELECT state FROM upload WHERE id = '${id}')`)) === 'done', {
    withinMs: 40_000,
  });
  expect(await value('(SELECT count(*) FROM label)')).toBe(ROWS);
  expect(await value('(SELECT count(*) FROM import)')).toBe(1);
  expect(await value('(SELECT count(*) FROM parcel WHERE revision = 1)')).toBe(ROWS);
  expect(await value('(SELECT count(*) FROM upload_chunk)')).toBe(0);
  expect(await value(`(SELECT attempts FROM upload WHERE id = '${id}')`)).toBe(2);
}, 120_000);

const OTHERS = `FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;

test.each([
  ['cut off from the database', `SELECT pg_terminate_backend(pid) ${OTHERS} AND query LIKE 'COPY label %'`],
  [
    'cut off with every connection of its process',
    `SELECT pg_terminate_backend(pid) ${OTHERS} AND (state = 'idle' OR query LIKE 'COPY label %')`,
  ],
  ['stopped by a limit of the server', `SELECT pg_cancel_backend(pid) ${OTHERS} AND query LIKE 'COPY label %'`],
])(
  '%s, an import is not the fault of its file: it waits for another try',
  async (_story, stop) => {
    const uploads = service('2026-01-01T00:00:00Z');
    const id = await uploads.receive(Readable.from([labelsFile()]), about);
    const held = await holdAt(ROWS / 2);
    try {
      const importing = uploads.importUpload(id).catch((error: unknown) => error);
      await until(async () => (await value<number>(WAITING)) === 1);
      await database.dataSource().query(stop);
      expect(await importing).toBeInstanceOf(Error);
    } finally {
      await held.release();
    }
    const state = `(SELECT state || ' ' || attempts FROM upload WHERE id = '${id}')`;
    expect(await value(state)).toBe('queued 0');
    expect(await value('(SELECT count(*) FROM label)')).toBe(0);
    expect(await uploads.importUpload(id)).toMatchObject({ accepted: ROWS });
    expect(await value(state)).toBe('done 1');
  },
  60_000,
);

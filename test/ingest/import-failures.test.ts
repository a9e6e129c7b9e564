/** Files that go wrong: a clear message, the right error, and nothing half done. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DataSource } from 'typeorm';
import { DatabaseError, UsageError } from '../../src/platform/errors.ts';
import { useDatabase } from '../support/database.ts';
import { IMPORTED_AT, column, csv, dump, importBytes, importService } from './importing.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures');
const HEADER = ['tracking_number', 'vendor', 'purchased_at', 'service', 'charged', 'label_id'];
const label = (serial: number, charged = '7.85') => [
  `92001901649173${String(serial).padStart(8, '0')}`,
  'Alpha',
  '2026-11-05T10:00:00Z',
  'ground_advantage',
  charged,
  `L${serial}`,
];

describe('a file that cannot be read', () => {
  const database = useDatabase();

  test.each([
    ['alpha-empty.csv', /is empty/],
    ['alpha-workbook.csv', /is a workbook/],
    ['alpha-without-charged.csv', /the required column charged is missing/],
    ['alpha-column-twice.csv', /names the column charged twice/],
    ['alpha-latin1.csv', /not UTF-8 at row 2/],
  ])('%s is refused by name and leaves nothing behind', async (name, message) => {
    const before = await dump(database.dataSource());
    const content = await readFile(join(fixtures, 'not-ok', name));
    const importing = importBytes(database.dataSource(), content, { kind: 'labels', shownAs: name });
    await expect(importing).rejects.toThrow(UsageError);
    await expect(importBytes(database.dataSource(), content, { kind: 'labels', shownAs: name })).rejects.toThrow(
      message,
    );
    await expect(importing).rejects.toThrow(new RegExp(`^${name} `));
    expect(await dump(database.dataSource())).toEqual(before);
  });

  test.each([
    ['gzip', gzipSync(csv(HEADER, label(1))), /is compressed \(gzip\): unpack it/],
    ['bzip2', Buffer.from('BZh91AY&SY'), /is compressed \(bzip2\): unpack it/],
    ['a ZIP archive', Buffer.from([0x50, 0x4b, 3, 4, 20, 0]), /a workbook or a ZIP archive.*unpack/],
  ])('one that came as %s says so, whether its kind is named or not', async (_what, content, message) => {
    for (const kind of ['labels', undefined] as const) {
      const importing = importBytes(database.dataSource(), content, { kind, shownAs: 'labels.csv' });
      await expect(importing).rejects.toThrow(UsageError);
      await expect(importBytes(database.dataSource(), content, { kind, shownAs: 'labels.csv' })).rejects.toThrow(
        message,
      );
    }
  });

  test('one that turns binary behind thousands of good rows leaves none of them', async () => {
    const rows = csv(HEADER, ...Array.from({ length: 20_000 }, (_, at) => label(at)));
    const importing = importBytes(database.dataSource(), Buffer.concat([Buffer.from(rows), Buffer.from([0, 10])]));
    await expect(importing).rejects.toThrow(/no text/);
    expect(await column(database.dataSource(), 'SELECT count(*) FROM label')).toEqual([0]);
  });

  test('one that vanished since it was recognised', async () => {
    const request = {
      path: join(fixtures, 'ok', 'gone.csv'),
      shownAs: 'gone.csv',
      kind: 'labels',
      importedAt: IMPORTED_AT,
    } as const;
    const importing = importService(database.dataSource()).importFile(request);
    await expect(importing).rejects.toThrow(UsageError);
    await expect(importService(database.dataSource()).importFile(request)).rejects.toThrow(/^gone.csv cannot be found/);
  });
});

describe('a file that can be read', () => {
  const database = useDatabase();

  test('with a header only has no rows', async () => {
    expect(await importBytes(database.dataSource(), csv(HEADER))).toMatchObject({ rows: 0, accepted: 0, vendor: null });
  });

  test('saved by a spreadsheet, with a byte order mark and Windows line ends', async () => {
    const content = await readFile(join(fixtures, 'ok', 'alpha-saved-by-a-spreadsheet.csv'));
    expect(await importBytes(database.dataSource(), content)).toMatchObject({ accepted: 1, rejected: 0 });
  });

  test('keeps a number a spreadsheet damaged as it stands', async () => {
    const content = await readFile(join(fixtures, 'ok', 'alpha-damaged-number.csv'));
    expect(await importBytes(database.dataSource(), content)).toMatchObject({ accepted: 1 });
    const damaged = "SELECT tracking_raw FROM label WHERE tracking_raw LIKE '%E+%'";
    expect(await column(database.dataSource(), damaged)).toEqual(['9.20019E+21']);
  });

  test('loses only the rows that are wrong, and says which', async () => {
    const rows = csv(HEADER, label(1), label(2, 'free'), ['', '', '', '', '', ''], label(3).slice(1));
    const content = `${rows}${label(4).join(',')},"${'x'.repeat(1 << 20)}"\n"${csv(label(5))}`;
    expect(await importBytes(database.dataSource(), content)).toMatchObject({ rows: 5, accepted: 1, rejected: 4 });
    const said = await column<string>(
      database.dataSource(),
      "SELECT row || ' ' || field || ' ' || problem FROM rejected_row ORDER BY row",
    );
    expect(said).toEqual([
      expect.stringMatching(/^3 charged is not a plain decimal amount/),
      expect.stringMatching(/^5 row the row has 5 cells where the header has 6/),
      expect.stringMatching(/^6 row the row is longer than 1 MiB/),
      expect.stringMatching(/^7 row a quotation mark is opened/),
    ]);
  });

  test('with texts that COPY and JSON must escape comes back as it was', async () => {
    const texts = ['back\\slash', 'tab\there', 'two\nlines', '\\N', '\\.', '{"a":"\\u0000"}', "it's"];
    const rows = texts.map((text, at) => [
      ...label(100 + at),
      `"${text.replaceAll('"', '""')}"`,
      `"${text.replaceAll('"', '""')}"`,
    ]);
    await importBytes(database.dataSource(), csv([...HEADER, 'reference', 'note'], ...rows));
    const stored = await database
      .dataSource()
      .query<object[]>(
        "SELECT reference, extra ->> 'note' AS note FROM label WHERE label_id >= 'L10' ORDER BY label_id",
      );
    expect(stored).toEqual(texts.map((text) => ({ reference: text, note: text })));
  });
});

describe('a database that refuses', () => {
  const database = useDatabase();

  test('for want of disk is said in a sentence, and the import starts anew afterwards', async () => {
    const dataSource = database.dataSource();
    await importBytes(dataSource, csv(HEADER, label(1)));
    const before = await dump(dataSource);
    await dataSource.query(
      `CREATE FUNCTION no_disk() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`,
    );
    await dataSource.query('CREATE TRIGGER no_disk BEFORE INSERT ON parcel EXECUTE FUNCTION no_disk()');
    const file = csv(HEADER, label(1, '9.99'), label(2), label(3, 'bad'));
    const importing = importBytes(dataSource, file, { shownAs: 'labels.csv' });
    await expect(importing).rejects.toThrow(DatabaseError);
    await expect(importing).rejects.toThrow(/^cannot import labels.csv: the disk .* is full.*nothing is half done/);
    expect(await dump(dataSource)).toEqual(before);
    await dataSource.query('DROP TRIGGER no_disk ON parcel');
    expect(await importBytes(dataSource, file)).toMatchObject({ accepted: 2, rejected: 1 });
  });

  test('because its server was stopped in the middle leaves nothing', async () => {
    const dataSource = database.dataSource();
    const before = await dump(dataSource);
    const rows = csv(HEADER, ...Array.from({ length: 30_000 }, (_, at) => label(1000 + at)));
    const other = await new DataSource({ ...dataSource.options }).initialize();
    const importing = importBytes(other, rows);
    const ended = expect(importing).rejects.toThrow();
    await dataSource.query(
      `DO $$ BEGIN
        FOR i IN 1..2000 LOOP
          PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE 'COPY label%';
          EXIT WHEN FOUND;
          PERFORM pg_sleep(0.002); PERFORM pg_stat_clear_snapshot();
        END LOOP;
      END $$`,
    );
    await ended;
    await other.destroy();
    expect(await dump(dataSource)).toEqual(before);
  });
});

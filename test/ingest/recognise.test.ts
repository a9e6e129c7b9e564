/** What the named files and folders hold, before anything is read in earnest. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recognise } from '../../src/ingest/recognise.ts';
import { UsageError } from '../../src/platform/errors.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures');
const ok = (name: string) => join(fixtures, 'ok', name);
const notOk = (name: string) => join(fixtures, 'not-ok', name);

describe('a named file', () => {
  test.each([
    ['alpha-labels.csv', 'labels'],
    ['alpha-saved-by-a-spreadsheet.csv', 'labels'],
    ['alpha-header-only.csv', 'labels'],
    ['usps-events.csv', 'tracking'],
    ['alpha-invoice.csv', 'invoice'],
    ['alpha-adjustments.csv', 'adjustments'],
    ['own-mailers.csv', 'mailers'],
    ['own-warehouses.csv', 'warehouses'],
    ['vendors-on-file.csv', 'vendors'],
  ])('%s holds %s and is shown by its own name', async (name, kind) => {
    expect(await recognise([{ path: ok(name) }])).toEqual({
      files: [{ path: ok(name), shownAs: name, kind }],
      notRead: [],
    });
  });

  test('of a kind that is not read yet is listed, not refused', async () => {
    const { files, notRead } = await recognise([{ path: ok('alpha-balances.csv') }]);
    expect(files).toEqual([]);
    expect(notRead).toEqual([
      { file: 'alpha-balances.csv', why: 'holds balances, which this version does not read yet' },
    ]);
  });

  test.each([
    ['alpha-empty.csv', /is empty/],
    ['alpha-workbook.csv', /is a workbook .*CSV UTF-8/],
    ['alpha-without-charged.csv', /looks like labels, but lacks the required column charged/],
    ['alpha-semicolons.csv', /other than commas/],
    [
      'alpha-truth.csv',
      /does not recognise: .*a file of labels needs tracking_number, .*; a file of tracking needs .*event_time or outcome; .*mailers/,
    ],
    ['alpha-truth.csv', /a file of invoice needs invoice_number, .* vendor .* for the whole file$/],
    ['missing.csv', /cannot be found/],
  ])('%s is refused with what to do', async (name, message) => {
    const asked = recognise([{ path: ok('alpha-labels.csv') }, { path: notOk(name) }]);
    await expect(asked).rejects.toThrow(UsageError);
    await expect(recognise([{ path: notOk(name) }])).rejects.toThrow(message);
  });

  test('is what the person says it is, if it can be read at all', async () => {
    const path = notOk('alpha-truth.csv');
    expect((await recognise([{ path, kind: 'tracking' }])).files).toMatchObject([{ kind: 'tracking' }]);
    await expect(recognise([{ path: notOk('alpha-empty.csv'), kind: 'labels' }])).rejects.toThrow(/empty/);
    await expect(recognise([{ path: fixtures, kind: 'labels' }])).rejects.toThrow(/is a folder/);
  });

  test('said to hold adjustments is taken for them', async () => {
    const path = ok('alpha-adjustments.csv');
    expect((await recognise([{ path, kind: 'adjustments' }])).files).toMatchObject([{ kind: 'adjustments' }]);
  });
});

describe('a named folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recognise-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('is read with all below it in order of names, hidden files left out, the rest listed with why', async () => {
    await mkdir(join(folder, 'b', '.git'), { recursive: true });
    const labels = 'tracking_number,vendor,purchased_at,service,charged\n';
    await writeFile(join(folder, 'b', 'labels.csv'), labels);
    await writeFile(join(folder, 'b', '.git', 'labels.csv'), labels);
    await writeFile(join(folder, '.hidden.csv'), labels);
    await writeFile(join(folder, 'a.csv'), labels);
    await writeFile(join(folder, 'readme.md'), 'hello');
    await writeFile(join(folder, 'truth.csv'), 'rule,tracking_number\n');
    await writeFile(join(folder, 'nothing.csv'), '');
    await symlink(folder, join(folder, 'circle'));
    const { files, notRead } = await recognise([{ path: folder }]);
    expect(files.map(({ shownAs }) => shownAs)).toEqual(['a.csv', 'b/labels.csv']);
    expect(notRead).toEqual([
      { file: 'circle', why: 'is no CSV file' },
      { file: 'nothing.csv', why: 'is empty' },
      { file: 'readme.md', why: 'is no CSV file' },
      { file: 'truth.csv', why: expect.stringContaining('does not recognise') },
    ]);
  });

  test('may hold lists of people or orders, which are no warehouses', async () => {
    await writeFile(join(folder, 'warehouses.csv'), 'zip,name,city\n90058,LA,Los Angeles\n');
    await writeFile(join(folder, 'customers.csv'), 'name,email,zip\n');
    await writeFile(join(folder, 'orders.csv'), 'order_id,name,zip\n');
    const { files, notRead } = await recognise([{ path: folder }]);
    expect(files.map(({ shownAs }) => shownAs)).toEqual(['warehouses.csv']);
    expect(notRead.map(({ file }) => file)).toEqual(['customers.csv', 'orders.csv']);
  });

  test('that holds nothing to read is refused', async () => {
    await expect(recognise([{ path: folder }])).rejects.toThrow(/holds no file that can be read/);
    await writeFile(join(folder, 'notes.txt'), 'hello\n');
    await expect(recognise([{ path: folder }])).rejects.toThrow(/notes.txt has a header/);
    await expect(recognise([{ path: folder }])).rejects.toThrow(UsageError);
  });
});

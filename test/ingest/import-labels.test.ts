/** Labels files into the database: what is new, what is repeated, what is corrected. */
import { useDatabase } from '../support/database.ts';
import { column, csv, dump, importBytes } from './importing.ts';

const HEADER = ['tracking_number', 'vendor', 'purchased_at', 'service', 'charged', 'label_id', 'order_id'];
const A = '9200190164917312345670';
const B = '9200190164917312345687';
const C = '9200190164917312345694';
const label = (number: string, id: string, charged = '7.85', order = '') => [
  number,
  'Alpha',
  '2026-11-05T10:00:00Z',
  'ground_advantage',
  charged,
  id,
  order,
];

const revisions = 'SELECT revision FROM parcel ORDER BY tracking_number';

describe('a first file', () => {
  const database = useDatabase();

  test('is stored row by row, and the rows that cannot be taken are kept with their problems', async () => {
    const bad = [B, '', 'yesterday', 'ground_advantage', '7.85', 'L2', ''];
    const result = await importBytes(
      database.dataSource(),
      csv(HEADER, label(A, 'L1', '7.85', 'O1'), bad, label(C, 'L3')),
      { shownAs: 'month/labels.csv' },
    );
    expect(result).toMatchObject({ kind: 'labels', file: 'month/labels.csv', vendor: 'Alpha', rows: 3 });
    expect(result).toMatchObject({ accepted: 2, repeated: 0, rejected: 1, personalDropped: 0 });
    const stored = await dump(database.dataSource());
    expect(stored['label']).toMatchObject([
      { tracking_number: A, sale_key: 'L1', charged_mills: 7850, purchased_day: '2026-11-05', import_id: result.id },
      { tracking_number: C, sale_key: 'L3', extra_services: '', extra: null },
    ]);
    expect(stored['rejected_row']).toMatchObject([
      { row: 3, position: 0, field: 'vendor', problem: 'is required and empty', value: null, file: 'month/labels.csv' },
      { row: 3, position: 1, field: 'purchased_at', value: 'yesterday' },
    ]);
    expect(stored['parcel']).toMatchObject([
      { tracking_number: A, revision: 1, events_revision: 0 },
      { tracking_number: C, revision: 1, events_revision: 0 },
    ]);
  });
});

describe('the same again', () => {
  const database = useDatabase();
  const file = csv(HEADER, label(A, 'L1'), label(B, 'L2'), ['x', 'Alpha', 'bad', 'ground_advantage', '1', '', '']);

  test('the same file changes nothing and counts as repeated', async () => {
    const first = await importBytes(database.dataSource(), file);
    const before = await dump(database.dataSource());
    const second = await importBytes(database.dataSource(), file, { shownAs: 'copy.csv' });
    expect(second).toEqual({ ...first, file: 'copy.csv', accepted: 0, repeated: 2 });
    expect(await dump(database.dataSource())).toEqual(before);
  });

  test('the same rows in another file change nothing but the list of imports', async () => {
    const before = await dump(database.dataSource());
    const again = await importBytes(database.dataSource(), csv(HEADER, label(B, 'L2'), label(A, 'L1')));
    expect(again).toMatchObject({ rows: 2, accepted: 0, repeated: 2 });
    const after = await dump(database.dataSource());
    expect({ ...after, import: [] }).toEqual({ ...before, import: [] });
  });

  test('a row that stands twice in a file is taken once', async () => {
    const twice = csv(HEADER, label(C, 'L9'), label(A, 'L1'), label(C, 'L9'));
    expect(await importBytes(database.dataSource(), twice)).toMatchObject({ rows: 3, accepted: 1, repeated: 2 });
  });
});

describe('a known row behind tens of thousands of new ones', () => {
  const database = useDatabase();
  const serial = (at: number) => label(`92001901649173${String(at).padStart(8, '0')}`, `L${at}`);
  const many = Array.from({ length: 30_000 }, (_, at) => serial(at));
  const bad = [A, 'Alpha', 'yesterday', 'ground_advantage', '7.85', 'L', ''];

  test('is repeated, and everything else is taken once', async () => {
    await importBytes(database.dataSource(), csv(HEADER, serial(29_999)));
    const result = await importBytes(database.dataSource(), csv(HEADER, bad, ...many));
    expect(result).toMatchObject({ rows: 30_001, accepted: 29_999, repeated: 1, rejected: 1, vendor: 'Alpha' });
    const counts = `SELECT (SELECT count(*) FROM label) || ' ' || (SELECT count(*) FROM parcel) || ' ' ||
      (SELECT count(*) FROM rejected_row) || ' ' || (SELECT count(*) FROM parcel WHERE revision = 1)`;
    expect(await column(database.dataSource(), counts)).toEqual(['30000 30000 1 30000']);
  });
});

describe('a number sold again tens of thousands of rows later', () => {
  const database = useDatabase();

  test('is one parcel with one change', async () => {
    const serial = (at: number) => label(`92001901649173${String(at % 29_000).padStart(8, '0')}`, `L${at}`);
    const rows = Array.from({ length: 30_000 }, (_, at) => serial(at));
    expect(await importBytes(database.dataSource(), csv(HEADER, ...rows))).toMatchObject({ accepted: 30_000 });
    const parcels = "SELECT count(*) || ' ' || max(revision) FROM parcel";
    expect(await column(database.dataSource(), parcels)).toEqual(['29000 1']);
  });
});

describe('a later correction', () => {
  const database = useDatabase();

  test('takes the place of the row, which goes to the history', async () => {
    await importBytes(database.dataSource(), csv(HEADER, label(A, 'L1', '7.85'), label(B, 'L2')));
    const result = await importBytes(database.dataSource(), csv(HEADER, label(A, 'L1', '9.99'), label(B, 'L2')));
    expect(result).toMatchObject({ accepted: 1, repeated: 1 });
    expect(
      await column(database.dataSource(), `SELECT charged_mills FROM label WHERE tracking_number = '${A}'`),
    ).toEqual([9990]);
    const { label_history: history } = await dump(database.dataSource());
    expect(history).toMatchObject([{ tracking_number: A, replaced_by: result.id, label: { charged_mills: 7850 } }]);
    expect(await column(database.dataSource(), revisions)).toEqual([2, 1]);
  });

  test('within one file the last row counts, and rows that differ are all accepted', async () => {
    const result = await importBytes(
      database.dataSource(),
      csv(
        HEADER,
        label(C, 'L3', '1.00'),
        label(C, 'L3', '2.00'),
        label(C, 'L3', '3.00'),
        label(C, 'L3', '2.00'),
        label(C, 'L3', '3.00'),
      ),
    );
    expect(result).toMatchObject({ rows: 5, accepted: 3, repeated: 2 });
    expect(
      await column(database.dataSource(), `SELECT charged_mills FROM label WHERE tracking_number = '${C}'`),
    ).toEqual([3000]);
    const history = `SELECT label -> 'charged_mills' FROM label_history WHERE replaced_by = '${result.id}' ORDER BY sequence`;
    expect(await column(database.dataSource(), history)).toEqual([1000, 2000]);
  });

  test('of a label of another import keeps that label and all that was said before the last row', async () => {
    const rows = ['3.00', '4.00', '5.00'].map((charged) => label(C, 'L3', charged));
    const result = await importBytes(database.dataSource(), csv(HEADER, ...rows));
    expect(result).toMatchObject({ accepted: 2, repeated: 1 });
    const history = `SELECT label -> 'charged_mills' FROM label_history WHERE replaced_by = '${result.id}' ORDER BY sequence`;
    expect(await column(database.dataSource(), history)).toEqual([3000, 4000]);
    const writers = `SELECT (label ->> 'import_id') = replaced_by FROM label_history WHERE replaced_by = '${result.id}' ORDER BY sequence`;
    expect(await column(database.dataSource(), writers)).toEqual([false, true]);
  });

  test('that is taken back by the same file is kept all the same', async () => {
    const result = await importBytes(
      database.dataSource(),
      csv(HEADER, label(C, 'L3', '6.00'), label(C, 'L3', '5.00')),
    );
    expect(result).toMatchObject({ accepted: 1, repeated: 1 });
    const history = `SELECT label -> 'charged_mills' FROM label_history WHERE replaced_by = '${result.id}'`;
    expect(await column(database.dataSource(), history)).toEqual([6000]);
  });
});

describe('rows without label id and order', () => {
  const database = useDatabase();

  test('do not overwrite each other: what was charged for each stays', async () => {
    const rows = [label(A, '', '5.00'), label(A, '', '7.00'), label(A, '', '5.00')];
    expect(await importBytes(database.dataSource(), csv(HEADER, ...rows))).toMatchObject({ accepted: 2, repeated: 1 });
    const charged = 'SELECT charged_mills FROM label ORDER BY charged_mills';
    expect(await column(database.dataSource(), charged)).toEqual([5000, 7000]);
    const keys = await column<string>(database.dataSource(), 'SELECT sale_key FROM label');
    expect(keys.every((key) => key.startsWith('?'))).toBe(true);
  });
});

describe('two sales under one number', () => {
  const database = useDatabase();

  test('are both kept, whether in one file or in two', async () => {
    await importBytes(database.dataSource(), csv(HEADER, label(A, 'L1'), label(A, 'L2')));
    await importBytes(database.dataSource(), csv(HEADER, label(A, '', '5.00', 'O1'), label(A, '', '5.00', 'O2')));
    const keys = await column<string>(database.dataSource(), 'SELECT sale_key FROM label ORDER BY sale_key');
    expect(keys).toEqual(['L1', 'L2', '["O1","2026-11-05T10:00:00Z",5000]', '["O2","2026-11-05T10:00:00Z",5000]']);
    expect(await column(database.dataSource(), revisions)).toEqual([2]);
  });
});

describe('parcels of one order', () => {
  const database = useDatabase();

  test('are all judged again when one of them changes, and when one leaves', async () => {
    await importBytes(
      database.dataSource(),
      csv(HEADER, label(A, 'L1', '1', 'O1'), label(B, 'L2', '1', 'O1'), label(C, 'L3', '1', 'O2')),
    );
    await importBytes(database.dataSource(), csv(HEADER, label(A, 'L1', '2', 'O1')));
    expect(await column(database.dataSource(), revisions)).toEqual([2, 2, 1]);
    await importBytes(database.dataSource(), csv(HEADER, label(A, 'L1', '2', 'O2')));
    expect(await column(database.dataSource(), revisions)).toEqual([3, 3, 2]);
  });
});

describe('one vendor for the whole file', () => {
  const database = useDatabase();
  const [number, , ...rest] = HEADER;
  const without = (cells: string[]) => cells.filter((_, at) => at !== 1);

  test('fills the missing column, and says so when it is neither given nor there', async () => {
    const file = csv([number ?? '', ...rest], without(label(A, 'L1')));
    await expect(importBytes(database.dataSource(), file)).rejects.toThrow(/vendor is missing.*--vendor.*\?vendor=/);
    expect(await importBytes(database.dataSource(), file, { vendor: 'Bravo' })).toMatchObject({
      vendor: 'Bravo',
      accepted: 1,
    });
  });

  test('refuses rows that name another', async () => {
    const result = await importBytes(database.dataSource(), csv(HEADER, label(B, 'L1')), { vendor: 'Bravo' });
    expect(result).toMatchObject({ accepted: 0, rejected: 1 });
  });
});

describe('one vendor in two spellings', () => {
  const database = useDatabase();
  const spelt = (vendor: string, cells: string[]) => cells.map((cell, at) => (at === 1 ? vendor : cell));

  test('is one vendor under the first: the same purchases are repeats, in labels and invoices', async () => {
    const source = database.dataSource();
    const file = (vendor: string) => csv(HEADER, spelt(vendor, label(A, 'L1')), spelt(vendor, label(B, 'L2')));
    await importBytes(source, file('Acme Labels'));
    expect(await importBytes(source, file('ACME  labels '))).toMatchObject({
      vendor: 'Acme Labels',
      accepted: 0,
      repeated: 2,
    });
    const line = (vendor: string) =>
      csv(['invoice_number', 'vendor', 'charge_type', 'amount'], ['I1', vendor, 'fee', '1']);
    await importBytes(source, line('acme labels'));
    expect(await importBytes(source, line('Ａcme Labels'))).toMatchObject({ accepted: 0, repeated: 1 });
    const names = 'SELECT DISTINCT vendor FROM (SELECT vendor FROM label UNION ALL SELECT vendor FROM charge) told';
    expect(await column(source, names)).toEqual(['Acme Labels']);
  });

  test('is one vendor where the spelling is given for the whole file', async () => {
    const given = await importBytes(database.dataSource(), csv(HEADER, spelt('acme labels', label(C, 'L3'))), {
      vendor: 'ACME LABELS',
    });
    expect(given).toMatchObject({ vendor: 'Acme Labels', accepted: 1 });
  });

  test('is one vendor within one file', async () => {
    const rows = [spelt('Bravo', label(A, 'B1')), spelt('BRAVO', label(A, 'B1'))];
    expect(await importBytes(database.dataSource(), csv(HEADER, ...rows))).toMatchObject({
      vendor: 'Bravo',
      accepted: 1,
      repeated: 1,
    });
  });
});

describe('people', () => {
  const database = useDatabase();

  test('are dropped from what is kept, from refused rows too, and counted', async () => {
    const result = await importBytes(
      database.dataSource(),
      csv(
        [...HEADER, 'Recipient Name', 'email', 'bin'],
        [...label(A, 'L1'), 'Jane Doe', 'jane@example.com', 'B7'],
        [...label(B, 'L2', 'Jane'), 'Jane Doe', '', ''],
        [...label(C, 'L3'), 'Jane Doe', 'jane@example.com', '', 'one too many'],
      ),
    );
    expect(result).toMatchObject({ accepted: 1, rejected: 2, personalDropped: 5 });
    const stored = JSON.stringify(await dump(database.dataSource()));
    expect(stored).toContain('B7');
    expect(stored).not.toMatch(/Doe|example/);
  });
});

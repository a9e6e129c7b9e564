/** Arrays of records: what can be taken is stored, the rest is said row by row, and no array disturbs another. */
import { arrayRecords } from '../../src/ingest/array-records.ts';
import type { ArrayRequest, ArrayResult } from '../../src/ingest/array-import.ts';
import { ArrayService } from '../../src/ingest/array.service.ts';
import { UsageError } from '../../src/platform/errors.ts';
import { useDatabase } from '../support/database.ts';
import { IMPORTED_AT, column, csv, dump, importBytes, vocabulary } from './importing.ts';

const database = useDatabase();
let service: ArrayService;
beforeAll(() => {
  service = new ArrayService(database.dataSource(), vocabulary, { now: () => IMPORTED_AT });
});

const number = (at: number) => `94001118992231${String(at).padStart(8, '0')}`;

function label(at: number, over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    tracking_number: number(at),
    vendor: 'Alpha',
    purchased_at: '2026-11-05T10:00:00Z',
    service: 'ground_advantage',
    charged: '5.10',
    label_id: `A${at}`,
    ...over,
  };
}

function take(items: Record<string, unknown>[], over: Partial<ArrayRequest> = {}): Promise<ArrayResult> {
  return service.take({ kind: 'labels', vendor: null, items, ...over });
}

const stored = (sql: string) => column<unknown>(database.dataSource(), sql);

test('values may be text, numbers or booleans; what the contract does not name is kept, people are not', async () => {
  const result = await take([
    label(1, {
      charged: 5.1,
      weight_oz: 15.9,
      zone: 4,
      gift: true,
      note: null,
      'Recipient Name': 'Anna Bell',
      order_id: 77,
    }),
  ]);
  expect(result).toMatchObject({ rows: 1, accepted: 1, repeated: 0, rejected: 0, personalDropped: 1, problems: [] });
  const sql = `SELECT to_jsonb(l) FROM label l WHERE label_id = 'A1'`;
  expect(await stored(sql)).toMatchObject([
    {
      charged_mills: 5100,
      weight_milli_oz: 15_900,
      zone: 4,
      order_id: '77',
      extra: { gift: 'true' },
      import_id: result.id,
    },
  ]);
  expect(JSON.stringify(await dump(database.dataSource()))).not.toContain('Anna');
});

test('good rows are stored though others are rejected, each with its place, field and problem', async () => {
  const result = await take([
    label(10),
    label(11, { charged: 'much' }),
    label(12, { service: null, zone: 99 }),
    label(13, { dimensions: { length: 3 } }),
    label(14, { tracking_number: Number('9400111899223197428497') }),
    {},
    label(15),
  ]);
  expect(result).toMatchObject({ rows: 7, accepted: 2, repeated: 0, rejected: 5 });
  expect(result.problems.map(({ row, field }) => `${row} ${field}`)).toEqual([
    '1 charged',
    '2 service',
    '2 zone',
    '3 row',
    '4 row',
    '5 row',
  ]);
  expect(result.problems[3]?.problem).toContain('"dimensions" is an object');
  expect(result.problems[4]?.problem).toContain('send it as text');
  expect(await stored(`SELECT label_id FROM label WHERE import_id = '${result.id}' ORDER BY 1`)).toEqual([
    'A10',
    'A15',
  ]);
});

test('the same array again says nothing new, whatever the order of its keys, and repeats its problems', async () => {
  const items = [label(20), label(21, { charged: '-1' })];
  const first = await take(items);
  const turned = items.map((item) => Object.fromEntries(Object.entries(item).toReversed()));
  expect(await take(turned)).toEqual({ ...first, accepted: 0, repeated: 1 });
});

test('a vendor given for the array fills what names none, and refuses what names another', async () => {
  const { vendor: _, ...nobody } = label(30);
  const result = await take([nobody, label(31, { vendor: 'Beta' })], { vendor: 'Gamma' });
  expect(result).toMatchObject({ accepted: 1, rejected: 1 });
  expect(await stored(`SELECT vendor FROM label WHERE label_id = 'A30'`)).toEqual(['Gamma']);
});

test('arrays end in the same tables as files that say the same', async () => {
  const rows = [
    label(40, { order_id: 'O1' }),
    label(41, { charged: 'x' }),
    label(40, { order_id: 'O1', charged: '6' }),
  ];
  const header = Object.keys(rows[0] ?? {});
  const text = csv(header, ...rows.map((row) => header.map((name) => JSON.stringify(row[name] ?? ''))));
  const byFile = await importBytes(database.dataSource(), text, { kind: 'labels' });
  const sql = `SELECT to_jsonb(l) - 'import_id' FROM label l WHERE label_id = 'A40'`;
  const fromFile = await stored(sql);
  await database.dataSource().query(`DELETE FROM label WHERE label_id = 'A40'`);
  const result = await take(rows);
  expect(await stored(sql)).toEqual(fromFile);
  expect([result.rows, result.accepted, result.rejected]).toEqual([byFile.rows, byFile.accepted, byFile.rejected]);
});

test('many arrays at once, equal and overlapping ones among them, are counted as if one came after the other', async () => {
  const arrays = Array.from({ length: 60 }, (_, at) => [label(100 + (at % 40)), label(1000 + at)]);
  const results = await Promise.all(arrays.map((items) => take(items)));
  // Forty numbers come first with one array and again with another; every array has one row of its own.
  expect(results.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(40 + 60);
  expect(results.reduce((sum, { repeated }) => sum + repeated, 0)).toBe(20);
  expect(await stored(`SELECT count(*) FROM label WHERE label_id ~ '^A1\\d\\d$'`)).toEqual([40]);
  expect(await stored(`SELECT count(*) FROM label WHERE label_id ~ '^A10\\d\\d$'`)).toEqual([60]);
  const again = await Promise.all([arrays[0] ?? [], arrays[0] ?? []].map((items) => take(items)));
  expect(again.map(({ accepted, repeated }) => [accepted, repeated])).toEqual([
    [0, 2],
    [0, 2],
  ]);
});

test('an array the database refuses fails alone; those that came with it are stored', async () => {
  await database.dataSource().query(`ALTER TABLE label ADD CONSTRAINT unlucky CHECK (label_id <> 'A613') NOT VALID`);
  try {
    const arrays = Array.from({ length: 20 }, (_, at) => [label(600 + at), label(650 + at)]);
    const settled = await Promise.allSettled(arrays.map((items) => take(items)));
    expect(settled.flatMap(({ status }, at) => (status === 'rejected' ? [at] : []))).toEqual([13]);
    expect(await stored(`SELECT count(*) FROM label WHERE label_id ~ '^A6[0-6]\\d$'`)).toEqual([38]);
    expect(
      await stored(`SELECT count(*) FROM parcel WHERE tracking_number IN ('${number(613)}', '${number(663)}')`),
    ).toEqual([0]);
  } finally {
    await database.dataSource().query('ALTER TABLE label DROP CONSTRAINT unlucky');
  }
});

test('equal arrays in one transaction: the first is new, the others repeat it', async () => {
  const results = await Promise.all([1, 2, 3].map(() => take([label(200)])));
  expect(results.map(({ accepted }) => accepted).toSorted((a, b) => a - b)).toEqual([0, 0, 1]);
  expect(new Set(results.map(({ id }) => id)).size).toBe(1);
});

test('parcels of an order are judged again together when a label joins it', async () => {
  await take([label(300, { order_id: 'TOGETHER' })]);
  await take([label(301, { order_id: 'TOGETHER' })]);
  expect(await stored(`SELECT revision FROM parcel WHERE tracking_number = '${number(300)}'`)).toEqual([2]);
});

test('events and charges come the same way', async () => {
  const event = { tracking_number: number(400), event_time: '2026-11-06T09:00:00Z', event_code: '10', source: 'usps' };
  expect(await take([event, event], { kind: 'tracking' })).toMatchObject({ accepted: 1, repeated: 1 });
  expect(await take([{ ...event, mailpiece_id: 'M1' }], { kind: 'tracking' })).toMatchObject({ accepted: 1 });
  expect(await take([{ ...event, mailpiece_id: 'M1', city: null }], { kind: 'tracking' })).toMatchObject({
    accepted: 0,
  });
  const charge = {
    invoice_number: 'I1',
    vendor: 'Alpha',
    charge_type: 'postage',
    amount: -3.25,
    tracking_number: number(400),
  };
  const [one, two] = await Promise.all([
    take([charge, charge], { kind: 'invoice' }),
    take(
      [
        { ...charge, line_number: 1 },
        { ...charge, charge_type: 'gift' },
      ],
      { kind: 'invoice' },
    ),
  ]);
  expect([one, two]).toMatchObject([{ accepted: 2 }, { accepted: 1, rejected: 1 }]);
  const amounts = `SELECT line ->> 'amountMills' FROM charge_digest, jsonb_array_elements(digest -> 'lines') line`;
  expect(await stored(amounts)).toEqual(['-3250', '-3250', '-3250']);
});

test('an empty array is fine', async () => {
  expect(await take([])).toMatchObject({ rows: 0, accepted: 0, problems: [] });
});

test.each([
  ['a NUL', label(500, { reference: 'a\0b' }), 'characters that are no text'],
  ['half a character', label(501, { reference: '\uD83D' }), 'characters that are no text'],
  ['an array', label(502, { extra_services: ['tracking'] }), 'is an array'],
  ['one column twice', label(503, { 'Label ID': 'X' }), 'names a column that another key names too'],
])('%s is a problem of its row', async (_, item, problem) => {
  const result = await take([item]);
  expect(result).toMatchObject({ accepted: 0, rejected: 1, problems: [{ row: 0, field: 'row' }] });
  expect(result.problems[0]?.problem).toContain(problem);
});

test('what is said of people is dropped in any shape, and never repeated in a problem', async () => {
  const result = await take([
    label(510, { recipient: { name: 'Anna Bell' }, email: 'anna@example.org', charged: null }),
  ]);
  expect(result).toMatchObject({ rejected: 1, personalDropped: 2 });
  expect(JSON.stringify([result, await dump(database.dataSource())])).not.toMatch(/anna/i);
});

test('an array of more keys than a file may have columns is refused', () => {
  const wide = Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`key ${at}`, at]));
  expect(() => arrayRecords('labels', [wide], () => false)).toThrow(UsageError);
});

/** Tracking files into the database: an event is itself, whoever tells of it. */
import { useDatabase } from '../support/database.ts';
import { column, csv, dump, importBytes } from './importing.ts';

const HEADER = [
  'tracking_number',
  'event_time',
  'event_code',
  'event_text',
  'city',
  'source',
  'retrieved_at',
  'outcome',
  'mailpiece_id',
];
const A = '9200190164917312345670';
const B = '9200190164917312345687';
const event = (
  number: string,
  time: string,
  { source = 'usps', retrieved = '2026-11-10T00:00:00Z', piece = '' } = {},
) => [number, time, '03', 'Accepted', 'CHICAGO', source, retrieved, 'answered', piece];
const T1 = '2026-11-05T10:00:00Z';
const T2 = '2026-11-06T10:00:00Z';

const parcels = 'SELECT revision::text || events_revision::text FROM parcel ORDER BY tracking_number';

describe('events', () => {
  const database = useDatabase();

  test('are stored once each with the parcel’s revision of events', async () => {
    const result = await importBytes(
      database.dataSource(),
      csv(HEADER, event(A, T1), event(A, T2), event(B, T1), event(A, T1)),
    );
    expect(result).toMatchObject({ kind: 'tracking', vendor: null, rows: 4, accepted: 3, repeated: 1 });
    expect(await column(database.dataSource(), parcels)).toEqual(['11', '11']);
  });

  test('known to another source change nothing', async () => {
    const before = await dump(database.dataSource());
    const same = event(A, '2026-11-05T05:00:00-05:00', { source: 'vendor', retrieved: '2026-11-09T00:00:00Z' });
    expect(await importBytes(database.dataSource(), csv(HEADER, same))).toMatchObject({ accepted: 0, repeated: 1 });
    expect({ ...(await dump(database.dataSource())), import: [] }).toEqual({ ...before, import: [] });
  });

  test('seen again later learn that, and their mailpiece, and keep their source', async () => {
    const later = event(A, T1, { source: 'vendor', retrieved: '2026-11-20T00:00:00Z', piece: 'M1' });
    expect(await importBytes(database.dataSource(), csv(HEADER, later, event(B, T1)))).toMatchObject({
      accepted: 1,
      repeated: 1,
    });
    const [stored] = (await dump(database.dataSource()))['event'] ?? [];
    expect(stored).toMatchObject({ source: 'usps', retrieved_at: '2026-11-20T00:00:00+00:00', mailpiece_id: 'M1' });
    expect(await column(database.dataSource(), parcels)).toEqual(['22', '11']);
  });
});

describe('an event that several sources bring', () => {
  const database = useDatabase();
  const take = (...sources: string[]) =>
    importBytes(database.dataSource(), csv(HEADER, ...sources.map((source) => event(A, T1, { source }))));
  const source = () =>
    column<string | null>(database.dataSource(), "SELECT coalesce(source, '-') || source_rank FROM event");

  test('is told by the one that is trusted most, whenever it comes', async () => {
    expect(await take('vendor note')).toMatchObject({ accepted: 1 });
    expect(await source()).toEqual(['vendor note3']);
    expect(await take('somebody')).toMatchObject({ accepted: 1, repeated: 0 });
    expect(await source()).toEqual(['somebody2']);
    expect(await take('')).toMatchObject({ accepted: 1, repeated: 0 });
    expect(await source()).toEqual(['-1']);
    expect(await take('17track')).toMatchObject({ accepted: 0, repeated: 1 });
    expect(await source()).toEqual(['-1']);
    expect(await column(database.dataSource(), parcels)).toEqual(['33']);
    expect(await take('usps', 'easypost')).toMatchObject({ accepted: 1, repeated: 1 });
    expect(await source()).toEqual(['usps0']);
    expect(await column(database.dataSource(), parcels)).toEqual(['44']);
  });

  test('in one file, in any order', async () => {
    const rows = ['vendor note', 'usps', 'easypost'].map((from) => event(B, T1, { source: from }));
    await importBytes(database.dataSource(), csv(HEADER, ...rows));
    const told = `SELECT source FROM event WHERE tracking_number = '${B}'`;
    expect(await column(database.dataSource(), told)).toEqual(['usps']);
  });
});

describe('answers without events', () => {
  const database = useDatabase();

  test('are kept apart by source, time and outcome', async () => {
    const asked = (source: string, at: string, outcome: string) => [A, '', '', '', '', source, at, outcome, ''];
    const file = csv(
      HEADER,
      asked('usps', T1, 'not_found'),
      asked('usps', T2, 'not_found'),
      asked('relay', T1, 'no_access'),
      asked('usps', T1, 'not_found'),
    );
    expect(await importBytes(database.dataSource(), file)).toMatchObject({ accepted: 3, repeated: 1 });
    const kinds = await column(database.dataSource(), 'SELECT kind || outcome FROM event ORDER BY event_time, source');
    expect(kinds).toEqual(['askno_access', 'asknot_found', 'asknot_found']);
  });

  test('an event without its zone is refused', async () => {
    const result = await importBytes(database.dataSource(), csv(HEADER, event(B, '2026-11-05T10:00:00')));
    expect(result).toMatchObject({ accepted: 0, rejected: 1 });
    expect(await column(database.dataSource(), 'SELECT problem FROM rejected_row')).toEqual([
      expect.stringContaining('time zone'),
    ]);
  });
});

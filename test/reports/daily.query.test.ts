/** When a source is taken to have come, and which files are a report's own. */
import { takeTurnWithFindings } from '../../src/audit/finding.store.ts';
import { readDeliveries } from '../../src/reports/daily.query.ts';
import { Days, heldEvent, honestLabel, movedEvent } from '../support/daily.ts';
import { useDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';

const database = useDatabase();
const days = new Days(database);
beforeAll(() => days.open());
afterAll(() => days.close());

test('a file none of whose rows could be taken has not come', async () => {
  const came = '2026-11-10T04:00:00Z';
  days.at(came);
  await days.take('labels', [honestLabel(1, '2026-11-08')]);
  await days.take('tracking', [movedEvent(1, '2026-11-09T09:00:00Z')]);
  days.at('2026-11-10T05:00:00Z');
  await days.take('labels', [honestLabel(2, '2026-11-08', { charged: 'much' })], 'broken.csv');
  await days.take('tracking', [movedEvent(2, 'soon')], 'broken.csv');
  expect(await readDeliveries(database.dataSource(), Date.parse('2026-11-10T06:00:00Z'))).toEqual([
    { kind: 'labels', vendor: null, at: Date.parse(came) },
    { kind: 'labels', vendor: 'Story Labels', at: Date.parse(came) },
    { kind: 'tracking', vendor: null, at: Date.parse(came) },
  ]);
});

test('a file that comes while the audit judges is listed by the next report, which is the first to know its parcels', async () => {
  const audits = database.dataSource().createQueryRunner();
  await audits.connect();
  await audits.startTransaction();
  // The audit has read what it judges when it waits for its turn to write.
  await takeTurnWithFindings(audits);
  const first = days.at('2026-11-11T06:00:10Z').report('2026-11-11');
  try {
    await until(async () => (await waitingForTurns()) > 0);
    await days.at('2026-11-11T05:59:00Z').take('tracking', [heldEvent(1, '2026-11-11T03:00:00Z')], 'meanwhile.csv');
  } finally {
    await audits.rollbackTransaction();
    await audits.release();
  }
  await first;
  const listed = async (day: string) => (await days.document(day)).sources.map(({ file }) => file);
  expect(await listed('2026-11-11')).not.toContain('meanwhile.csv');
  await days.at('2026-11-12T06:00:10Z').report('2026-11-12');
  expect(await listed('2026-11-12')).toEqual(['meanwhile.csv']);
});

async function waitingForTurns(): Promise<number> {
  const [row] = await database.dataSource().query<{ waiting: number }[]>(
    `SELECT count(*)::int AS waiting FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
      WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()`,
  );
  return row?.waiting ?? 0;
}

describe('a file that was sent and not read', () => {
  const upload = async (id: string, state: string, finishedAt: string | null): Promise<void> => {
    await database.dataSource().query(
      `INSERT INTO upload (id, file, bytes, content_sha256, received_at, received_by, state, bytes_read, rows_read,
          attempts, problem, finished_at)
        VALUES (rpad($1, 32, '0'), $1 || '.csv', 1, rpad($1, 64, '0'), '2026-11-13T05:00:00Z', 'test', $2, 0, 0, 1, $3, $4)`,
      [id, state, finishedAt === null ? null : `${id}.csv is not recognised: it has no known header`, finishedAt],
    );
  };
  const notRead = async (day: string) =>
    (await days.document(day)).notChecked.filter(({ what }) => what === 'source_unread').map(({ why }) => why);

  test('is in the report of the day: why it failed, once, or that it waits, until it is read', async () => {
    await upload('bad', 'failed', '2026-11-13T05:00:01Z');
    await upload('big', 'running', null);
    await days.at('2026-11-13T06:00:10Z').report('2026-11-13');
    const waits = 'big.csv was not read: It was received and had not been imported yet when this report was made;';
    expect(await notRead('2026-11-13')).toEqual([
      'bad.csv was not read: is not recognised: it has no known header',
      expect.stringContaining(waits),
    ]);
    await days.at('2026-11-14T06:00:10Z').report('2026-11-14');
    expect(await notRead('2026-11-14')).toEqual([expect.stringContaining(waits)]);
    await database
      .dataSource()
      .query(`UPDATE import SET content_sha256 = rpad('big', 64, '0') WHERE file = 'labels.csv'`);
    await days.at('2026-11-15T06:00:10Z').report('2026-11-15');
    expect(await notRead('2026-11-15')).toEqual([]);
  });
});

/** What is to be done, day after day on a real database: claims until their last day, labels to stop, peers, yesterday's decision. */
import { ReportArchive } from '../../src/reports/report-archive.service.ts';
import { CsvSplitter } from '../../src/ingest/csv-splitter.ts';
import { Days, honestLabel, movedEvent, noticeEvent } from '../support/daily.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';

const number = (serial: number): string => impb('001', '900000044', serial);

const database = useDatabase();
const days = new Days(database);
// Before the database goes.
afterAll(() => days.close());

const harbor = (serial: number, day: string, over: Record<string, string> = {}) =>
  honestLabel(serial, day, {
    vendor: 'Harbor Postage',
    order_id: `SO-${serial}`,
    order_value: '50.00',
    order_currency: 'USD',
    account: 'A-7',
    ...over,
  });
/** USPS was asked and knows nothing of the parcel. */
const silent = (serial: number, at: string) => ({
  tracking_number: number(serial),
  outcome: 'answered',
  source: 'usps',
  retrieved_at: at,
});

async function table(day: string, name: string): Promise<Record<string, string>[]> {
  const file = await days.get(ReportArchive).file(day, name);
  const splitter = new CsvSplitter();
  const [header = [], ...rows] = [...splitter.push(file?.content ?? Buffer.of()), ...splitter.end()].map(
    ({ cells }) => cells,
  );
  return rows.map((cells) => Object.fromEntries(header.map((column, index) => [column, cells[index] ?? ''])));
}

describe('from day to day', () => {
  beforeAll(async () => {
    await days.open();
    days.at('2026-12-01T05:00:00Z');
    await days.take('labels', [
      // Bought on the 5th of November and never scanned: refunded until the 3rd of December.
      harbor(1, '2026-11-05'),
      ...[2, 3, 4].map((serial) => harbor(serial, '2026-11-25')),
      ...[20, 21, 22].map((serial) => honestLabel(serial, '2026-11-25')),
    ]);
    await days.take('tracking', [
      silent(1, '2026-12-01T04:00:00Z'),
      ...[2, 20, 21, 22].map((serial) => movedEvent(serial, '2026-11-27T10:00:00Z')),
    ]);
    await days.at('2026-12-01T06:05:00Z').report('2026-12-01');
  });

  test('a refund that ends within days is a row of claims.csv', async () => {
    const { claims, vendors } = await days.document('2026-12-01');
    expect(claims?.totals).toEqual([{ currency: 'USD', count: 1, value: '7.31' }]);
    expect(await table('2026-12-01', 'claims.csv')).toEqual([
      expect.objectContaining({
        deadline: '2026-12-03',
        claim: 'refund',
        vendor: 'Harbor Postage',
        account: 'A-7',
        tracking_number: number(1),
        label_id: 'S1',
        order_id: 'SO-1',
        purchased_on: '2026-11-05',
        ship_date: '2026-11-05',
        amount: '7.31',
        currency: 'USD',
        evidence: claims?.items[0]?.findings.join(';'),
      }),
    ]);
    expect(vendors.map(({ before }) => before)).toEqual([null, null]);
  });

  test('no label is stopped before something is stated, and the lists of the day are there all the same', async () => {
    expect((await days.document('2026-12-01')).stopList).toMatchObject({ vendors: [], labels: [], inTransit: [] });
    expect(await table('2026-12-01', 'stop-list.csv')).toEqual([]);
    const report = await days.get(ReportArchive).mustHave('2026-12-01');
    expect(await days.get(ReportArchive).fileNames(report)).toEqual([
      'report.html',
      'report.json',
      'report.xlsx',
      'findings.csv',
      'rejected-rows.csv',
      'claims.csv',
      'stop-list.csv',
      'in-transit.csv',
    ]);
  });

  describe('after a notice', () => {
    beforeAll(async () => {
      days.at('2026-12-01T12:00:00Z');
      await days.take('tracking', [noticeEvent(2, '2026-12-01T10:00:00Z'), silent(1, '2026-12-01T11:00:00Z')]);
      await days.at('2026-12-02T06:05:00Z').report('2026-12-02');
    });

    test('what was not handed over is to be stopped, and what moves is to be followed, with its worth', async () => {
      const { stopList } = await days.document('2026-12-02');
      expect(stopList?.vendors).toEqual([
        { vendor: 'Harbor Postage', labels: 3, inTransit: 1, orders: [{ value: '50.00', currency: 'USD' }] },
      ]);
      const rows = await table('2026-12-02', 'stop-list.csv');
      expect(rows.map((row) => row['tracking_number'])).toEqual([3, 4, 1].map(number));
      expect(await table('2026-12-02', 'in-transit.csv')).toMatchObject([
        { tracking_number: number(2), standing: 'stopped', order_value: '50.00' },
      ]);
    });

    test('the vendor stands beside the others of its week, and beside what was decided yesterday', async () => {
      const { vendors } = await days.document('2026-12-02');
      const found = vendors.find(({ vendor }) => vendor === 'Harbor Postage');
      expect(found?.before).toEqual({ day: '2026-12-01', decision: expect.stringMatching(/^(buy|watch)$/) });
      expect(found?.peers).toEqual([
        {
          rule: 'counterfeit-postage-notice',
          from: '2026-11-23',
          to: '2026-11-30',
          fires: 1,
          answered: 1,
          others: { vendors: 1, fires: 0, answered: 3 },
        },
      ]);
      expect(vendors.find(({ vendor }) => vendor === 'Story Labels')?.peers).toEqual([]);
    });

    test('what the database counts for itself agrees', async () => {
      const archive = days.get(ReportArchive);
      const report = await archive.mustHave('2026-12-02');
      const edition = await archive.edition('2026-12-02', report.edition);
      expect(edition?.checks).toMatchObject({
        outstanding: { stop: 3, transit: 1, orderMills: { USD: 50_000 } },
        claims: { count: 1, mills: { USD: 7_310 } },
      });
    });
  });

  test('the day after its last the money is missed, once', async () => {
    await days.at('2026-12-03T06:05:00Z').report('2026-12-03');
    expect((await days.document('2026-12-03')).claims).toMatchObject({
      items: [{ deadline: '2026-12-03' }],
      missed: [],
    });
    await days.at('2026-12-04T06:05:00Z').report('2026-12-04');
    const { claims } = await days.document('2026-12-04');
    expect(claims?.items).toEqual([]);
    expect(claims?.missed).toMatchObject([{ trackingNumber: number(1), amount: { value: '7.31', currency: 'USD' } }]);
    await days.at('2026-12-05T06:05:00Z').report('2026-12-05');
    expect((await days.document('2026-12-05')).claims?.missed).toEqual([]);
  });
});

describe('claims that were filed in time', () => {
  const database2 = useDatabase();
  const story = new Days(database2);
  beforeAll(() => story.open());
  afterAll(() => story.close());

  test('are not missed: asked for by our records, disputed, or recovered', async () => {
    story.at('2026-12-02T05:00:00Z');
    const bought = [1, 2, 3, 4].map((serial) => harbor(serial, '2026-11-05'));
    await story.take('labels', bought);
    const asked = [1, 2, 3, 4].map((serial) => silent(serial, '2026-12-02T04:00:00Z'));
    await story.take('tracking', asked);
    await story.at('2026-12-02T06:05:00Z').report('2026-12-02');
    expect((await story.document('2026-12-02')).claims?.items).toHaveLength(4);
    story.at('2026-12-02T12:00:00Z');
    await story.take('labels', [{ ...bought[0], refund_requested_at: '2026-12-02T10:00:00Z' }], 'asked.csv');
    for (const [serial, state] of [
      [2, 'disputed'],
      [3, 'recovered'],
    ] as const) {
      await database2
        .dataSource()
        .query('UPDATE finding SET state = $2 WHERE tracking_number = $1', [number(serial), state]);
    }
    await story.at('2026-12-03T06:05:00Z').report('2026-12-03');
    const third = (await story.document('2026-12-03')).claims;
    expect(third?.items.map(({ labelId }) => labelId)).toEqual(['S4']);
    await story.at('2026-12-04T06:05:00Z').report('2026-12-04');
    const { claims } = await story.document('2026-12-04');
    expect(claims?.missed.map(({ labelId }) => labelId)).toEqual(['S4']);
  });
});

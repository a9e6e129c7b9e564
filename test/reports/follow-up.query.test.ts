/** The SQL of what is to be done, on a real database: whose answers count beside an accusation, which claims end, which were missed. */
import type { EntitySchema } from 'typeorm';
import { FindingHistoryTable, type FindingRow, FindingTable } from '../../src/audit/finding.table.ts';
import { JudgedTable } from '../../src/audit/judged.table.ts';
import { orderKey } from '../../src/core/finding/order-key.ts';
import { type LabelRow, LabelTable } from '../../src/ingest/label.table.ts';
import { countClaims, readFollowUp } from '../../src/reports/follow-up.query.ts';
import type { FollowUpRows } from '../../src/reports/report-rows.ts';
import { useDatabase } from '../support/database.ts';
import { openFinding, reportRows } from '../support/report.ts';

const AS_OF = Date.UTC(2026, 11, 1, 6);
const BOOK = 'b'.repeat(32);
const IMPORT = 'a'.repeat(64);
const database = useDatabase();
const id = (digit: string): string => digit.repeat(32);

async function insert<Row extends object>(table: EntitySchema<Row>, rows: readonly Partial<Row>[]): Promise<void> {
  const repository = database.dataSource().getRepository(table);
  for (const row of rows) await repository.save(repository.create({ ...row } as never));
}

function label(trackingNumber: string, vendor: string, purchasedDay: string): Partial<LabelRow> {
  return {
    trackingNumber,
    vendor,
    saleKey: trackingNumber,
    trackingRaw: trackingNumber,
    kind: 'outbound',
    purchasedDay,
    service: 'ground_advantage',
    destinationCountry: 'US',
    currency: 'USD',
    chargedMills: 7700,
    extraServices: '',
    status: 'purchased',
    importId: IMPORT,
  };
}

/** An open finding that a refund is due for the label of the digit. */
function refund(digit: string, change: Partial<FindingRow> = {}): Partial<FindingRow> {
  const finding = openFinding({ id: id(digit), rule: 'refund-due', trackingNumber: digit, saleKey: digit });
  return {
    ...finding,
    vendor: 'Harbor',
    severity: 'low',
    amountKind: 'recoverable',
    amountMills: 7700,
    dataVersion: '1',
    digestVersion: 1,
    facts: null,
    state: 'open',
    firstSeenAt: new Date(AS_OF),
    changedAt: new Date(AS_OF),
    orderKey: orderKey(finding),
    ...change,
  };
}

const accused = openFinding({ id: id('f'), trackingNumber: 'bad', vendor: 'Bad', saleKey: 'bad' });
const rows = reportRows({
  sold: [],
  answers: [],
  rated: [],
  findings: [accused],
  charged: [
    {
      trackingNumber: 'bad',
      vendor: 'Bad',
      saleKey: 'bad',
      chargedMills: 7700,
      invoicedMills: 0,
      currency: 'USD',
      orderId: null,
      purchasedDay: '2026-11-10',
    },
  ],
});
const scope = {
  asOf: AS_OF,
  judgedBy: BOOK,
  stopping: { stated: [], naming: [], vendorsAtOnce: 3 },
  passed: '56789abcde'.split('').map(id),
};

describe('what is to be done', () => {
  let found: FollowUpRows;
  beforeAll(async () => {
    await insert(LabelTable, [
      label('bad', 'Bad', '2026-11-10'),
      label('good', 'Good', '2026-11-11'),
      label('late', 'Good', '2026-11-16'),
      // Sold by two vendors, one of them in another week.
      label('both', 'Good', '2026-11-12'),
      label('both', 'Bad', '2026-10-01'),
      ...'123456789abcde'.split('').map((digit) => label(digit, 'Harbor', '2026-10-20')),
    ]);
    const judged = {
      revision: 1,
      book: BOOK,
      asOf: new Date(AS_OF),
      chargeOutcomes: [],
      seenByCarrier: false,
      dueNextRun: false,
    };
    const sums = { rated: 0, chargedOfRatedMills: 0, expectedMills: 0 };
    const answers = { bad: ['!'], good: [''], late: [''], both: ['', '!'] };
    await insert(
      JudgedTable,
      Object.entries(answers).map(([trackingNumber, outcomes]) => ({ ...judged, ...sums, trackingNumber, outcomes })),
    );
    await insert(FindingTable, [
      refund('1', { deadline: '2026-12-03' }),
      refund('2', { deadline: '2026-12-20', ownDeadline: '2026-12-02' }),
      refund('3', { deadline: '2026-12-04', ownDeadline: '2026-11-20' }),
      refund('4', { deadline: '2026-12-05', ownDeadline: '2026-12-30' }),
      refund('5', { deadline: '2026-11-30' }),
      refund('6', { deadline: '2026-11-30', state: 'resolved' }),
      refund('7', { deadline: '2026-11-30', state: 'resolved' }),
      refund('8', { deadline: '2026-11-30', state: 'dismissed' }),
      refund('9', { deadline: '2026-11-30', state: 'resolved', ownDeadline: '2026-12-10' }),
      refund('a', { deadline: '2026-12-10', ownDeadline: '2026-11-30' }),
      refund('b', { deadline: '2026-11-30', disputeReference: 'D-1' }),
      refund('c', { deadline: null, state: 'acknowledged' }),
      refund('d', { deadline: '2026-11-30', state: 'resolved' }),
      refund('e', { deadline: '2026-11-30', state: 'reopened' }),
    ]);
    const change = { at: new Date(AS_OF), severity: 'low', amountMills: 7700 };
    await insert(FindingHistoryTable, [
      { ...change, trackingNumber: '7', id: id('7'), sequence: 1, state: 'open', reason: 'found' },
      { ...change, trackingNumber: '7', id: id('7'), sequence: 2, state: 'disputed', reason: 'set', by: 'Ann' },
      { ...change, trackingNumber: '7', id: id('7'), sequence: 3, state: 'resolved', reason: 'resolved' },
      { ...change, trackingNumber: 'd', id: id('d'), sequence: 1, state: 'disputed', reason: 'set', by: 'Ann' },
      { ...change, trackingNumber: 'd', id: id('d'), sequence: 2, state: 'open', reason: 'set', by: 'Ann' },
      { ...change, trackingNumber: 'd', id: id('d'), sequence: 3, state: 'resolved', reason: 'resolved' },
      { ...change, trackingNumber: 'e', id: id('e'), sequence: 1, state: 'disputed', reason: 'set', by: 'Ann' },
      { ...change, trackingNumber: 'e', id: id('e'), sequence: 2, state: 'resolved', reason: 'resolved' },
      { ...change, trackingNumber: 'e', id: id('e'), sequence: 3, state: 'reopened', reason: 'found' },
    ]);
    found = await database.dataSource().transaction((manager) => readFollowUp(manager, rows, scope));
  });

  test('a number that two vendors sold, in whatever weeks, is nobody’s among peers', () => {
    expect(found.peers.map(({ vendor, code, purchases }) => [vendor, code, purchases])).toEqual([
      ['Bad', '!', 1],
      ['Good', '', 1],
    ]);
  });

  test('a claim ends on the first day that has not passed, the rule’s or people’s own', () => {
    expect(found.claims.map(({ trackingNumber, deadline }) => [trackingNumber, deadline])).toEqual([
      ['1', '2026-12-03'],
      ['2', '2026-12-02'],
      ['3', '2026-12-04'],
      ['4', '2026-12-05'],
    ]);
  });

  test('what the database counts agrees', async () => {
    const count = await database.dataSource().transaction((manager) => countClaims(manager, AS_OF));
    expect(count).toEqual({ count: 4, mills: { USD: 30_800 } });
  });

  test.each([
    ['5', 'missed', 'nobody decided anything'],
    ['6', 'missed', 'it ended by itself'],
    ['7', 'filed', 'it was disputed before it ended by itself'],
    ['8', 'ended', 'somebody dismissed it'],
    ['9', 'ended', 'its day was moved'],
    ['a', 'ended', 'the rule’s day is still to come'],
    ['b', 'filed', 'the dispute has a reference'],
    ['c', 'missed', 'the rule has no day for it any more'],
    ['d', 'missed', 'the dispute was taken back'],
    ['e', 'filed', 'it was disputed, ended by itself and was found again'],
  ])('%s is %s: %s', (digit, standing) => {
    expect(found.passed.find((passed) => passed.id === id(digit))?.standing).toBe(standing);
  });
});

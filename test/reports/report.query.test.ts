/** The report's SQL on a real database: as-of, coverage of tracking, open findings, rejected rows. */
import type { EntitySchema } from 'typeorm';
import { FindingTable } from '../../src/audit/finding.table.ts';
import { JudgedTable } from '../../src/audit/judged.table.ts';
import { orderKey } from '../../src/core/finding/order-key.ts';
import { AdjustmentTable } from '../../src/ingest/adjustment.table.ts';
import { type ChargeRow, ChargeTable } from '../../src/ingest/charge.table.ts';
import { EventTable } from '../../src/ingest/event.table.ts';
import { ImportTable, RejectedRowTable } from '../../src/ingest/import.table.ts';
import { type LabelRow, LabelTable } from '../../src/ingest/label.table.ts';
import { ReportService } from '../../src/reports/report.service.ts';
import { readReportRows } from '../../src/reports/report.query.ts';
import type { AuditRows } from '../../src/reports/report-rows.ts';
import { JourneyTable } from '../../src/tracking/journey.table.ts';
import { useDatabase } from '../support/database.ts';
import { openFinding, reportInput } from '../support/report.ts';

const AS_OF = Date.UTC(2026, 11, 1, 6);
const IMPORT = 'a'.repeat(64);
const database = useDatabase();

async function insert<Row extends object>(table: EntitySchema<Row>, rows: readonly Partial<Row>[]): Promise<void> {
  const repository = database.dataSource().getRepository(table);
  for (const row of rows) await repository.save(repository.create({ ...row } as never));
}

function label(trackingNumber: string, change: Partial<LabelRow> = {}): Partial<LabelRow> {
  return {
    trackingNumber,
    vendor: 'Honest',
    saleKey: trackingNumber,
    trackingRaw: trackingNumber,
    kind: 'outbound',
    purchasedDay: '2026-11-03',
    purchasedAt: new Date('2026-11-03T12:00:00Z'),
    service: 'ground_advantage',
    destinationCountry: 'US',
    currency: 'USD',
    chargedMills: 7000,
    extraServices: '',
    status: 'purchased',
    importId: IMPORT,
    ...change,
  };
}

const digest = (change: object): never =>
  ({ version: 1, events: 0, latestAt: null, lastOutcome: null, ...change }) as never;

function event(trackingNumber: string, time: string, change: object = {}) {
  return {
    trackingNumber,
    eventTime: new Date(time),
    eventHash: '0'.repeat(32),
    kind: 'event',
    sourceRank: 0,
    importId: IMPORT,
    ...change,
  };
}

function charge(trackingNumber: string, chargeKey: string, change: Partial<ChargeRow> = {}) {
  const line = { vendor: 'Honest', invoiceNumber: 'I1', chargeType: 'postage', amountMills: 7000, currency: 'USD' };
  return { trackingNumber, chargeKey, importId: IMPORT, ...line, ...change };
}

const early = Date.UTC(2026, 10, 20);
const late = AS_OF + 1;

async function fill(): Promise<void> {
  await insert(ImportTable, [
    {
      id: IMPORT,
      kind: 'labels',
      vendor: null,
      file: 'old.csv',
      contentSha256: IMPORT,
      bytes: 1,
      rows: 9,
      accepted: 8,
      repeated: 0,
      rejected: 1,
      personalDropped: 0,
      importedAt: new Date(AS_OF),
    },
  ]);
  await insert(RejectedRowTable, [
    { importId: IMPORT, row: 4, position: 1, file: 'old.csv', field: 'b', problem: 'second', value: null },
    { importId: IMPORT, row: 4, position: 0, file: 'old.csv', field: 'a', problem: 'first', value: 'x' },
    { importId: 'b'.repeat(64), row: 1, position: 0, file: 'other.csv', field: 'a', problem: 'not ours', value: null },
  ]);
  await insert(LabelTable, [
    label('1', { orderId: 'O1' }),
    label('2', { purchasedAt: null, purchasedDay: '2026-12-01' }),
    label('3', { purchasedAt: new Date(late), purchasedDay: '2026-12-01' }),
    label('4', { purchasedAt: null, purchasedDay: '2026-12-02' }),
    label('5', { currency: 'CNY', chargedMills: 50_000 }),
    label('6', { vendor: 'Cheap' }),
    label('7', { vendor: 'Cheap' }),
    label('7', { vendor: 'Honest' }),
  ]);
  await insert(JourneyTable, [
    {
      trackingNumber: '1',
      eventsRevision: 1,
      foldedBy: '1',
      alarming: false,
      digest: digest({ events: 3, latestAt: early }),
    },
    {
      trackingNumber: '2',
      eventsRevision: 1,
      foldedBy: '1',
      alarming: false,
      digest: digest({ lastOutcome: 'no_access', latestAt: early - 1 }),
    },
    {
      trackingNumber: '5',
      eventsRevision: 1,
      foldedBy: '1',
      alarming: false,
      digest: digest({ events: 1, latestAt: late }),
    },
    {
      trackingNumber: '6',
      eventsRevision: 1,
      foldedBy: '1',
      alarming: false,
      digest: digest({ lastOutcome: 'withheld', latestAt: early }),
    },
    {
      trackingNumber: '8',
      eventsRevision: 1,
      foldedBy: '1',
      alarming: false,
      digest: digest({ events: 2, latestAt: early, notice: { at: early } }),
    },
    {
      trackingNumber: '9',
      eventsRevision: 1,
      foldedBy: '1',
      alarming: false,
      digest: digest({ events: 2, latestAt: late, seized: { at: late } }),
    },
    {
      trackingNumber: '10',
      eventsRevision: 1,
      foldedBy: '1',
      alarming: false,
      digest: digest({ events: 1, latestAt: late }),
    },
    {
      trackingNumber: '7',
      eventsRevision: 1,
      foldedBy: '1',
      alarming: false,
      digest: digest({ events: 1, latestAt: late }),
    },
  ]);
  await insert(EventTable, [
    event('5', '2026-12-02T00:00:00Z'),
    event('7', '2026-11-20T00:00:00Z', { kind: 'ask', outcome: 'not_found' }),
    event('7', '2026-12-02T00:00:00Z'),
    event('9', '2026-11-20T00:00:00Z'),
  ]);
  const adjusted = { chargeType: 'adjustment', amountMills: 1500 };
  await insert(ChargeTable, [
    charge('1', 'a'),
    charge('1', 'e', { ...adjusted, invoiceDate: '2026-11-30' }),
    charge('1', 'f', { invoiceDate: '2026-12-02' }),
    charge('1', 'g', { invoiceDate: '2026-11-30', chargedAt: new Date(late) }),
    charge('1', 'h', { ...adjusted, chargedDay: '2026-12-02' }),
    charge('8', 'b'),
    charge('8', 'c'),
    charge('8', 'i', { invoiceDate: '2026-12-02' }),
    charge('@Honest/I1', 'd'),
  ]);
  const adjustment = { trackingNumber: '1', vendor: 'Honest', reason: 'weight', currency: 'USD', importId: IMPORT };
  await insert(AdjustmentTable, [
    { ...adjustment, adjustmentId: 'A1', assessedDay: '2026-11-20', amountMills: 1500 },
    { ...adjustment, adjustmentId: 'A2', assessedDay: '2026-11-20', amountMills: 800, notifiedDay: '2026-12-02' },
  ]);
  const answers = (...codes: string[]): never => codes as never;
  const judged = {
    revision: 1,
    book: 'b'.repeat(32),
    asOf: new Date(AS_OF),
    nextReviewAt: null,
    dueNextRun: false,
    chargeOutcomes: answers('!;-', '-;'),
    seenByCarrier: false,
  };
  await insert(JudgedTable, [
    {
      ...judged,
      trackingNumber: '1',
      outcomes: answers(';;!;;'),
      rated: 1,
      chargedOfRatedMills: 7000,
      expectedMills: 7700,
    },
    { ...judged, trackingNumber: '2', outcomes: answers(';;;;'), rated: 0, chargedOfRatedMills: 0, expectedMills: 0 },
    {
      ...judged,
      trackingNumber: '7',
      outcomes: answers(';;;;', ';;;;'),
      rated: 2,
      chargedOfRatedMills: 14_000,
      expectedMills: 15_400,
    },
  ]);
  await insert(FindingTable, [
    { ...stored('1', '1', 'open'), deadline: '2026-12-01' },
    stored('2', '2', 'resolved'),
    stored('3', '@vendor/Cheap', 'reopened'),
    stored('4', '5', 'disputed'),
    stored('5', '6', 'dismissed'),
    stored('6', '7', 'written_off'),
  ]);
}

function stored(digit: string, trackingNumber: string, state: string) {
  const finding = openFinding({ id: digit.repeat(32), trackingNumber, vendor: 'Honest', saleKey: trackingNumber });
  const subject = trackingNumber.startsWith('@') ? 'vendor' : 'label';
  const at = { firstSeenAt: new Date(AS_OF), changedAt: new Date(AS_OF), dataVersion: 'd', digestVersion: 1 };
  return { ...finding, ...at, subject, state, goodsMills: null, goodsCurrency: null, orderKey: orderKey(finding) };
}

describe('what a report reads', () => {
  let rows: AuditRows;
  beforeAll(async () => {
    await fill();
    rows = await database
      .dataSource()
      .transaction((manager) =>
        readReportRows(manager, { asOf: AS_OF, importIds: [IMPORT], judgedBy: 'b'.repeat(32) }),
      );
  });

  test('purchases up to the clock of the audit, those without a time of day by their day', () => {
    expect(rows.received).toBe(8);
    expect(rows.sold).toEqual([
      {
        vendor: 'Cheap',
        currency: 'USD',
        labels: 2,
        chargedMills: 14_000,
        firstDay: '2026-11-03',
        lastDay: '2026-11-03',
      },
      {
        vendor: 'Honest',
        currency: 'CNY',
        labels: 1,
        chargedMills: 50_000,
        firstDay: '2026-11-03',
        lastDay: '2026-11-03',
      },
      {
        vendor: 'Honest',
        currency: 'USD',
        labels: 3,
        chargedMills: 21_000,
        firstDay: '2026-11-03',
        lastDay: '2026-12-01',
      },
    ]);
  });

  test('how tracking stands for them, from events where the digest has seen later ones', () => {
    expect(rows.answers).toEqual([
      { vendor: 'Cheap', answer: 'answered', labels: 1, recent: 0 },
      { vendor: 'Cheap', answer: 'not_found', labels: 1, recent: 0 },
      { vendor: 'Honest', answer: 'answered', labels: 1, recent: 0 },
      { vendor: 'Honest', answer: 'no_access', labels: 1, recent: 0 },
      { vendor: 'Honest', answer: 'none', labels: 1, recent: 0 },
      { vendor: 'Honest', answer: 'not_found', labels: 1, recent: 0 },
    ]);
    expect(rows.latestNewsMs).toBe(early);
  });

  test('prices of numbers that one vendor alone sold, and sums over all', () => {
    expect(rows.rated).toEqual([
      { vendor: 'Honest', rated: 1, recent: 0, chargedOfRatedMills: 7000, expectedMills: 7700 },
    ]);
    expect(rows.judged).toEqual({ audited: 4, rated: 3, chargedOfRatedMills: 21_000, expectedMills: 23_100 });
    expect(rows.chargeOutcomes).toEqual([
      { code: '!;-', purchases: 3 },
      { code: '-;', purchases: 3 },
    ]);
    expect(rows.outcomes).toEqual([
      { code: ';;!;;', purchases: 1 },
      { code: ';;;;', purchases: 3 },
    ]);
  });

  test('findings that are somebody’s work, with what was charged for their labels', () => {
    expect(rows.findings.map(({ id, deadline }) => [id[0], deadline])).toEqual([
      ['1', '2026-12-01'],
      ['3', null],
      ['4', null],
    ]);
    expect(rows.charged).toEqual([
      {
        trackingNumber: '1',
        vendor: 'Honest',
        saleKey: '1',
        chargedMills: 7000,
        // Its postage and its adjustment, which is on the invoice and in a file; what came later is not there yet.
        invoicedMills: 8500,
        currency: 'USD',
        orderId: 'O1',
        purchasedDay: '2026-11-03',
      },
      {
        trackingNumber: '5',
        vendor: 'Honest',
        saleKey: '5',
        chargedMills: 50_000,
        invoicedMills: 0,
        currency: 'CNY',
        orderId: null,
        purchasedDay: '2026-11-03',
      },
    ]);
  });

  test('what was told by then about numbers that are in no labels file', () => {
    expect(rows.withoutLabel).toEqual({ tracked: 2, stated: 1, charges: 2 });
  });

  test('problems of the rows of these imports, in the order of the file', () => {
    expect(rows.rejected.map(({ problem }) => problem)).toEqual(['first', 'second']);
  });

  test('the service makes the report of it, twice the same', async () => {
    const service = new ReportService(database.dataSource());
    const chargeRules = ['a-rule', 'b-rule'].map((id) => ({ id, title: { en: id, 'zh-CN': id } }));
    const input = reportInput({ book: { ...reportInput().book, chargeRules }, laterRows: { labels: 2, events: 2 } });
    const model = await service.build(input);
    expect(model.document.labels).toEqual({ received: 8, audited: 4, rated: 3, unrated: 1 });
    expect(model.document.window).toMatchObject({ from: '2026-11-03', to: '2026-12-02' });
    expect(await service.build(input)).toEqual(model);
  });
});

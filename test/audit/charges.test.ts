/** Invoices told over a whole audit: what is charged twice, for no label or in vain, and what only later files show. */
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';

const numbered = (serial: number): string => impb('001', '900000011', serial);

function label(serial: number, over: Record<string, string> = {}): Record<string, string> {
  return {
    tracking_number: numbered(serial),
    vendor: 'Story Labels',
    label_id: `L${serial}`,
    purchased_at: `2026-10-${String(serial).padStart(2, '0')}T09:00:00Z`,
    service: 'ground_advantage',
    rate_type: 'weight',
    packaging: 'package',
    weight_oz: '16',
    origin_zip: '90058',
    destination_zip: '85004',
    charged: '7.40',
    ...over,
  };
}

function line(serial: number | null, place: number, over: Record<string, string> = {}): Record<string, string> {
  return {
    invoice_number: 'ST-10',
    vendor: 'Story Labels',
    charge_type: 'postage',
    amount: '7.40',
    invoice_date: '2026-10-31',
    period_from: '2026-10-01',
    period_to: '2026-10-31',
    line_number: String(place),
    tracking_number: serial === null ? '' : numbered(serial),
    charged_at: serial === null ? '' : `2026-10-${String(serial).padStart(2, '0')}`,
    ...over,
  };
}

/** Labels of the 19th, 20th and 21st, by whose serials: the label files cover the 20th. */
const AROUND_THE_20TH = new Map([19, 20, 21].map((date) => [date + 40, { purchased_at: `2026-10-${date}T09:00:00Z` }]));

describe('an invoice of October', () => {
  const database = useDatabase();
  const story = new Auditing(database.dataSource);
  const money = [
    'charge-differs',
    'charge-without-label',
    'charged-after-void',
    'duplicate-charge',
    'duplicate-invoice',
  ];

  async function found(): Promise<[string, string, string, number | null][]> {
    const all = await story.findings();
    return all
      .filter(({ rule, state }) => (money.includes(rule) || rule === 'label-not-invoiced') && state !== 'resolved')
      .map(({ rule, tracking_number, severity, amount_mills }) => [rule, tracking_number, severity, amount_mills]);
  }

  test('is laid beside the labels: one line too many, one too dear, one for nobody, one label without a line', async () => {
    const around = [...AROUND_THE_20TH].map(([serial, over]) => label(serial, over));
    await story.take('labels', [label(1), label(5), label(10), label(15), label(30), ...around]);
    await story.take('invoice', [
      line(1, 1),
      line(5, 2),
      line(5, 3),
      line(10, 4, { amount: '8.40' }),
      line(20, 5),
      line(30, 6),
      line(null, 7, { charge_type: 'fee', amount: '29.00' }),
      ...[...AROUND_THE_20TH.keys()].map((serial) => line(serial, serial, { charged_at: '2026-10-20' })),
    ]);
    await story.audit('2026-11-20T06:00:00Z');
    expect(await found()).toEqual([
      ['charge-differs', numbered(10), 'medium', 1_000],
      ['charge-without-label', numbered(20), 'medium', 7_400],
      ['duplicate-charge', numbered(5), 'medium', 7_400],
      ['label-not-invoiced', numbered(15), 'low', 7_400],
    ]);
  });

  test('is settled by what later files bring: a credit, the label, the line', async () => {
    await story.take('labels', [label(20)]);
    await story.take('invoice', [
      line(5, 1, {
        invoice_number: 'ST-11',
        invoice_date: '2026-11-21',
        amount: '-7.40',
        reverses_line: '3',
        charged_at: '2026-11-21',
      }),
      line(10, 2, {
        invoice_number: 'ST-11',
        invoice_date: '2026-11-21',
        charge_type: 'refund',
        amount: '-1.00',
        charged_at: '2026-11-21',
      }),
      line(15, 3, { invoice_number: 'ST-11', invoice_date: '2026-11-21' }),
    ]);
    await story.audit('2026-11-25T06:00:00Z');
    expect(await found()).toEqual([]);
  });

  test('sent again under another number is told once, as an invoice', async () => {
    const again = { invoice_number: 'ST-10-B', invoice_date: '2026-11-22', charged_at: '2026-11-22' };
    await story.take('invoice', [
      line(1, 1, again),
      line(5, 2, again),
      line(5, 3, again),
      line(10, 4, { ...again, amount: '8.40' }),
      line(20, 5, again),
      line(30, 6, again),
      line(null, 7, { ...again, charge_type: 'fee', amount: '29.00' }),
      ...[...AROUND_THE_20TH.keys()].map((serial) => line(serial, serial, again)),
    ]);
    await story.audit('2026-11-26T06:00:00Z');
    const invoices = await story.findings({ rule: 'duplicate-invoice' });
    expect(invoices).toMatchObject([
      { tracking_number: '@invoice/Story Labels/ST-10-B', vendor: 'Story Labels', severity: 'high', state: 'open' },
    ]);
  });
});

describe('an invoice with lines in two currencies, sent twice', () => {
  const database = useDatabase();
  const story = new Auditing(database.dataSource);
  const dollars = { invoice_number: 'TC-10', invoice_date: '2026-10-31' };
  const yuan = { ...dollars, currency: 'CNY', amount: '52.00' };
  const again = { invoice_number: 'TC-10-B', invoice_date: '2026-11-05' };

  async function found(): Promise<unknown[]> {
    const all = await story.findings({ rule: 'duplicate-invoice' });
    return all.map(({ tracking_number, currency, amount_mills, state }) => [
      tracking_number,
      currency,
      amount_mills,
      state,
    ]);
  }

  test('is told once a currency, and audits go on', async () => {
    await story.take('invoice', [line(1, 1, dollars), line(2, 2, yuan)]);
    await story.take('invoice', [line(1, 1, { ...dollars, ...again }), line(2, 2, { ...yuan, ...again })]);
    for (const asOf of ['2026-11-20T06:00:00Z', '2026-11-21T06:00:00Z']) {
      await story.audit(asOf);
      const rows = await found();
      expect(rows).toHaveLength(2);
      expect(rows).toEqual(
        expect.arrayContaining([
          ['@invoice/Story Labels/TC-10-B', 'CNY', 52_000, 'open'],
          ['@invoice/Story Labels/TC-10-B', 'USD', 7_400, 'open'],
        ]),
      );
    }
  });
});

describe('invoices month by month', () => {
  const database = useDatabase();
  const story = new Auditing(database.dataSource);
  const severities = async (): Promise<[string, string][]> =>
    (await story.findings({ rule: 'label-not-invoiced' })).map(({ tracking_number, severity }) => [
      tracking_number,
      severity,
    ]);

  test('settle the labels of October once; one of its last day waits for November', async () => {
    await story.take('labels', [label(1), label(14), label(31)]);
    await story.take('invoice', [line(1, 1)]);
    await story.audit('2026-11-20T06:00:00Z');
    expect(await severities()).toEqual([
      [numbered(14), 'low'],
      [numbered(31), 'info'],
    ]);
  });

  test('and that of November, which follows on it, moves no other and has no other judged again', async () => {
    await story.take('labels', [label(40, { purchased_at: '2026-11-10T09:00:00Z' })]);
    const november = { period_from: '2026-11-01', period_to: '2026-11-30', invoice_date: '2026-12-01' };
    await story.take('invoice', [line(40, 1, { ...november, invoice_number: 'ST-11', charged_at: '2026-11-10' })]);
    expect(await story.audit('2026-12-02T06:00:00Z')).toBe(2);
    expect(await severities()).toEqual([
      [numbered(14), 'low'],
      [numbered(31), 'info'],
    ]);
    await story.audit('2026-12-07T06:00:00Z');
    expect(await severities()).toEqual([
      [numbered(14), 'low'],
      [numbered(31), 'low'],
    ]);
    expect(await story.history(numbered(14), 'label-not-invoiced')).toEqual(['found: open']);
  });
});

describe('an invoice sent twice, and given back line by line without a sign', () => {
  const database = useDatabase();
  const story = new Auditing(database.dataSource);
  const first = { invoice_number: 'RF-10' };
  const again = { invoice_number: 'RF-10-B', invoice_date: '2026-11-05' };
  const note = {
    invoice_number: 'RF-CN',
    invoice_date: '2026-11-12',
    charge_type: 'refund',
    charged_at: '2026-11-12',
    invoice_total: '14.80',
  };

  async function found(): Promise<unknown[]> {
    const all = await story.findings({ rule: 'duplicate-invoice' });
    return all.filter(({ state }) => state === 'open').map(({ amount_mills }) => amount_mills);
  }

  test('has nothing left to ask for', async () => {
    await story.take('labels', [label(1), label(2)]);
    await story.take('invoice', [line(1, 1, first), line(2, 2, first)]);
    await story.take('invoice', [line(1, 1, { ...first, ...again }), line(2, 2, { ...first, ...again })]);
    await story.audit('2026-11-20T06:00:00Z');
    expect(await found()).toEqual([14_800]);
    await story.take('invoice', [
      line(1, 1, { ...note, reverses_line: 'RF-10-B/1' }),
      line(2, 2, { ...note, reverses_line: 'RF-10-B/2' }),
    ]);
    await story.audit('2026-11-21T06:00:00Z');
    expect(await found()).toEqual([]);
    const open = (await story.findings()).filter(({ state }) => state === 'open');
    expect(open.filter(({ rule }) => rule === 'duplicate-charge')).toEqual([]);
  });
});

describe('label files of which one is missing', () => {
  const database = useDatabase();
  const story = new Auditing(database.dataSource);
  const RULE = 'charge-without-label';
  const days = (from: number, to: number): number[] =>
    Array.from({ length: to - from + 1 }, (_, place) => from + place);
  const accused = async (): Promise<string[]> =>
    (await story.findings({ rule: RULE })).map(({ tracking_number }) => tracking_number);

  test('leave its days open, and those beside them', async () => {
    await story.take(
      'labels',
      [...days(1, 10), ...days(21, 31)].map((date) => label(date)),
    );
    const strange = [5, 10, 15, 21, 25].map((date) =>
      line(100 + date, date, { charged_at: `2026-10-${String(date).padStart(2, '0')}` }),
    );
    await story.take('invoice', strange);
    await story.audit('2026-11-20T06:00:00Z');
    expect(await accused()).toEqual([numbered(105), numbered(125)]);
  });

  test('until it has come: what it does not hold is charged without a label', async () => {
    await story.take(
      'labels',
      days(11, 20).map((date) => label(date)),
    );
    await story.take('labels', [label(115, { purchased_at: '2026-10-15T09:00:00Z' })]);
    await story.audit('2026-11-21T06:00:00Z');
    expect(await accused()).toEqual([105, 110, 121, 125].map(numbered));
  });
});

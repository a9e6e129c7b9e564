/** One declared value on most labels of a vendor, from files to findings. */
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { type LabelRow, type Sales, sales } from '../support/vendor-sales.ts';

const AS_OF = '2025-12-01T06:00:00Z';
const RULE = 'declared-value-repeated';

const charged = (publishedMills: number): number => publishedMills * 0.88;
/** Orders worth from 12 to 92 dollars. */
const worth = (index: number): string => String(12 + ((index * 37) % 81));
const order = (index: number, declared: string, value: string): LabelRow => ({
  order_id: `O${index}`,
  order_value: value,
  order_currency: 'USD',
  declared_value: declared,
});

const VENDORS: Record<string, Partial<Sales>> = {
  'Always Ten': { over: (index) => order(index, '10.00', worth(index)) },
  'Mostly Ten': { over: (index) => order(index, index % 3 < 2 ? '10.00' : worth(index), worth(index)) },
  'As Ordered': { over: (index) => order(index, worth(index), worth(index)) },
  // Two of three orders are one product at one price; the others are worth all kinds of amounts.
  'One Product': {
    over: (index) => (index % 3 < 2 ? order(index, '19.90', '19.90') : order(index, worth(index), worth(index))),
  },
  Zero: { over: (index) => order(index, '0.00', worth(index)) },
  Blank: { over: (index) => order(index, '', worth(index)) },
  'No Orders': { over: () => ({ declared_value: '10.00' }) },
  'Other Currency': { over: (index) => ({ ...order(index, '10.00', worth(index)), order_currency: 'EUR' }) },
  Few: { count: 20, over: (index) => order(index, '10.00', worth(index)) },
  'In Yuan': { over: (index) => ({ ...order(index, '70.00', worth(index)), currency: 'CNY', order_currency: 'CNY' }) },
  'Once Ten': {
    count: 400,
    from: '2025-09-10',
    perDay: 5,
    over: (index) => order(index, index < 200 ? '10.00' : worth(index), worth(index)),
  },
};

describe('declared values', () => {
  const database = useDatabase();
  const story = new Auditing(database.dataSource);

  test('that are always the same are told of where the orders differ, and of nobody else', async () => {
    await story.take(
      'labels',
      Object.entries(VENDORS).flatMap(([vendor, sold]) => sales({ count: 90, charged, vendor, ...sold })),
    );
    await story.audit(AS_OF);
    const found = await story.findings({ rule: RULE });
    expect(found.map(({ vendor, severity, attribution }) => [vendor, severity, attribution])).toEqual([
      ['Always Ten', 'high', 'open'],
      ['In Yuan', 'high', 'open'],
      ['Mostly Ten', 'high', 'open'],
    ]);
  });

  test('say what they say: how many, of how many, in which currency', async () => {
    const rows: { vendor: string; evidence: unknown; text: string }[] = await database
      .dataSource()
      .query(`SELECT vendor, evidence, message->>'en' AS text FROM finding WHERE rule = $1 ORDER BY vendor`, [RULE]);
    expect(rows.find(({ vendor }) => vendor === 'Mostly Ten')?.evidence).toMatchObject({
      declared_labels: 90,
      repeated_labels: 60,
      repeated_mills: 10_000,
      'vendor.declared_days': 28,
    });
    expect(rows.find(({ vendor }) => vendor === 'In Yuan')?.text).toContain('declare 70.00 CNY');
  });

  test('are unknown where too few declare one, or no order says what it is worth', async () => {
    expect(await story.vendorAnswers(AS_OF, RULE)).toMatchObject({
      fires: 3,
      unknown: 3,
      missing: { 'vendor.declared_labels': 1, 'vendor.declared_commonest_order_variation': 2 },
    });
  });

  test('of a month ago do not count against a month of right ones, and did then', async () => {
    await story.audit('2025-10-20T06:00:00Z');
    const of = async (): Promise<string[]> =>
      (await story.findings({ rule: RULE })).filter(({ vendor }) => vendor === 'Once Ten').map(({ state }) => state);
    expect(await of()).toEqual(['open']);
    await story.audit(AS_OF);
    expect(await of()).toEqual(['resolved']);
  });
});

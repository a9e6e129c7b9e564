/** What is judged between the change of a vendor's two days to runs of them and the next audit is judged as before. */
import { AuditService } from '../../src/audit/audit.service.ts';
import { SoldDays1795540000000 } from '../../src/migrations/1795540000000-sold-days.ts';
import { FoldService } from '../../src/tracking/fold.service.ts';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';

const database = useDatabase();
const story = new Auditing(database.dataSource);
const RULE = 'charge-without-label';
const numbered = (serial: number): string => impb('001', '900000011', serial);
const CHARGED = numbered(99);

/** Has the migration change the table as audits before it left it. */
async function upgrade(): Promise<void> {
  const runner = database.dataSource().createQueryRunner();
  try {
    const migration = new SoldDays1795540000000();
    await migration.down(runner);
    await migration.up(runner);
  } finally {
    await runner.release();
  }
}

async function sold(): Promise<unknown> {
  return database.dataSource().query('SELECT vendor, sold FROM judged_coverage ORDER BY vendor');
}

test('a charge without a label is found before and after, and of who sold nothing no day is known', async () => {
  const label = (date: number): Record<string, string> => ({
    tracking_number: numbered(date),
    vendor: 'Alpha',
    label_id: `L${date}`,
    purchased_at: `2026-10-${String(date).padStart(2, '0')}T09:00:00Z`,
    service: 'ground_advantage',
    rate_type: 'weight',
    packaging: 'package',
    weight_oz: '16',
    origin_zip: '90058',
    destination_zip: '85004',
    charged: '7.40',
  });
  const line = {
    invoice_number: 'A-1',
    vendor: 'Alpha',
    charge_type: 'postage',
    amount: '7.40',
    invoice_date: '2026-10-31',
    period_from: '2026-10-01',
    period_to: '2026-10-31',
    tracking_number: CHARGED,
    charged_at: '2026-10-12',
  };
  await story.take('labels', [10, 11, 12, 13, 14].map(label));
  await story.take('invoice', [line, { ...line, vendor: 'Beta', tracking_number: numbered(98) }]);
  await story.audit('2026-11-20T06:00:00Z');
  const before = await sold();
  expect(before).toEqual([
    { vendor: 'Alpha', sold: [{ from: '2026-10-10', to: '2026-10-14' }] },
    { vendor: 'Beta', sold: [] },
  ]);

  await upgrade();
  expect(await sold()).toEqual(before);

  // What something was stated about is judged beside audits.
  await story.take('tracking', [
    {
      tracking_number: CHARGED,
      event_code: '150012',
      event_text: 'this package was shipped with fraudulent postage',
      source: 'USPS',
      event_time: '2026-11-20T12:00:00Z',
    },
  ]);
  const fold = new FoldService(database.dataSource(), story.catalog);
  await fold.foldTouched();
  const audit = new AuditService(database.dataSource(), story.catalog, fold);
  expect(await audit.judgeAlarming(Date.parse('2026-11-21T06:00:00Z'))).toBe(1);
  expect(await story.findings({ rule: RULE })).toMatchObject([{ tracking_number: CHARGED, state: 'open' }]);
});

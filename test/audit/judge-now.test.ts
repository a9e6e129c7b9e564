/** Parcels about which something was stated are judged at once, beside audits and without getting into their way. */
import { AuditService } from '../../src/audit/audit.service.ts';
import { FoldService } from '../../src/tracking/fold.service.ts';
import { Auditing, type StoredFinding } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';

const database = useDatabase();
const auditing = new Auditing(() => database.dataSource());

const LABEL = {
  tracking_number: '9400111899223197428497',
  vendor: 'Harbor Postage',
  label_id: 'H-1',
  purchased_at: '2026-11-05T15:00:00-08:00',
  service: 'ground_advantage',
  charged: '7.31',
  weight_oz: '8',
  origin_zip: '90058',
  destination_zip: '85004',
};
const QUIET = { ...LABEL, tracking_number: '9400111899223197428503', label_id: 'H-2', charged: '2.00' };
const NOTICE = {
  tracking_number: LABEL.tracking_number,
  event_code: '150012',
  event_text: 'this package was shipped with fraudulent postage',
  source: 'USPS',
  event_time: '2026-11-10T12:00:00Z',
};

function services() {
  const fold = new FoldService(database.dataSource(), auditing.catalog);
  return { fold, audit: new AuditService(database.dataSource(), auditing.catalog, fold) };
}

const now = Date.parse('2026-11-10T12:01:00Z');

beforeEach(() =>
  database.dataSource().query('TRUNCATE import, label, event, parcel, journey, judged, run, finding, finding_history'),
);

test('a notice becomes a finding without an audit, and a quiet parcel waits for one', async () => {
  await auditing.take('labels', [LABEL, QUIET]);
  await auditing.take('tracking', [NOTICE]);
  const { fold, audit } = services();
  expect(await fold.foldNow([LABEL.tracking_number, QUIET.tracking_number])).toBe(1);
  expect(await audit.anyAlarming(now)).toBe(true);
  expect(await audit.judgeAlarming(now)).toBe(1);
  expect(await auditing.findings({ rule: 'counterfeit-postage-notice' })).toMatchObject([
    { severity: 'critical', verdict: 'payment_unproven', attribution: 'vendor', state: 'open' },
  ]);
  expect(await auditing.findings({ number: QUIET.tracking_number })).toEqual([]);
  expect(await audit.anyAlarming(now)).toBe(false);
  expect(await audit.judgeAlarming(now)).toBe(0);
});

test('an event about a number nobody bought is no finding and keeps nobody busy', async () => {
  await auditing.take('tracking', [NOTICE]);
  const { fold, audit } = services();
  expect(await fold.foldNow([LABEL.tracking_number])).toBe(1);
  expect(await audit.anyAlarming(now)).toBe(false);
  expect(await audit.judgeAlarming(now)).toBe(0);
});

test('a journey that an earlier version folded waits until it is folded again', async () => {
  await auditing.take('labels', [LABEL]);
  await auditing.take('tracking', [NOTICE]);
  const { fold, audit } = services();
  await fold.foldNow([LABEL.tracking_number]);
  await database.dataSource().query(`UPDATE journey SET folded_by = 'earlier'`);
  expect([await audit.anyAlarming(now), await audit.judgeAlarming(now)]).toEqual([false, 0]);
  await fold.foldNow([LABEL.tracking_number]);
  expect([await audit.anyAlarming(now), await audit.judgeAlarming(now)]).toEqual([true, 1]);
});

test('a statement of a time still to come is judged when that time has come', async () => {
  await auditing.take('labels', [LABEL]);
  await auditing.take('tracking', [NOTICE]);
  const { fold, audit } = services();
  await fold.foldNow([LABEL.tracking_number]);
  const before = Date.parse('2026-11-10T11:59:00Z');
  expect(await audit.judgeAlarming(before)).toBe(1);
  expect(await auditing.findings({ rule: 'counterfeit-postage-notice' })).toEqual([]);
  expect(await audit.judgeAlarming(before)).toBe(0);
  expect(await audit.judgeAlarming(now)).toBe(1);
  expect(await auditing.findings({ rule: 'counterfeit-postage-notice' })).toHaveLength(1);
});

test('a hold is graver at the hour it is, whether a run comes or not', async () => {
  const held = { event_code: '', event_text: 'Package delayed for postage assessment and held awaiting payment' };
  await auditing.take('labels', [LABEL]);
  await auditing.take('tracking', [{ ...NOTICE, ...held }]);
  const { fold, audit } = services();
  await fold.foldNow([LABEL.tracking_number]);
  expect(await audit.judgeAlarming(now)).toBe(1);
  const standing = (): Promise<StoredFinding[]> => auditing.findings({ rule: 'held-for-postage' });
  expect(await standing()).toMatchObject([{ severity: 'medium', state: 'open' }]);
  const hours = (count: number): number => now + count * 3_600_000;
  expect(await audit.judgeAlarming(hours(1))).toBe(0);
  expect(await audit.anyAlarming(hours(72))).toBe(true);
  expect(await audit.judgeAlarming(hours(72))).toBe(1);
  expect(await standing()).toMatchObject([{ severity: 'high', state: 'open' }]);
  expect(await audit.judgeAlarming(hours(72))).toBe(0);
});

test('an audit that runs meanwhile never takes back what was found here', async () => {
  const numbers = Array.from({ length: 12 }, (_, index) => ({
    ...QUIET,
    tracking_number: impb('001', '990000001', 700_000 + index),
    label_id: `R-${index}`,
  }));
  await auditing.take('labels', numbers);
  const { fold, audit } = services();
  await fold.foldTouched();
  const at = (second: number) => now + second * 1000;
  for (const [index, { tracking_number: number }] of numbers.entries()) {
    await auditing.take('tracking', [{ ...NOTICE, tracking_number: number }]);
    const meanwhile = audit.run({ asOf: at(2 * index), now: () => new Date(0) });
    await fold.foldNow([number]);
    await Promise.all([meanwhile, audit.judgeAlarming(at(2 * index + 1))]);
    await audit.judgeAlarming(at(2 * index + 1));
    expect(await auditing.history(number, 'counterfeit-postage-notice')).toEqual(['found: open']);
  }
});

test('holds of one day at three vendors are one finding of the carrier, at once, and keep nobody busy', async () => {
  const held = ['Harbor Postage', 'Quickship Labels', 'Sound Labels'].flatMap((vendor, index) =>
    [0, 1, 2, 3].map((each) => ({ vendor, number: impb('001', '900000088', index * 10 + each) })),
  );
  await auditing.take(
    'labels',
    held.map(({ vendor, number }) => ({ ...LABEL, vendor, tracking_number: number, label_id: `L-${number}` })),
  );
  await auditing.take(
    'tracking',
    held.map(({ number }) => ({
      ...NOTICE,
      tracking_number: number,
      event_code: '',
      event_text: 'Package delayed for postage assessment and held awaiting payment',
    })),
  );
  const { fold, audit } = services();
  await fold.foldNow(held.map(({ number }) => number));
  expect(await audit.judgeAlarming(now)).toBe(12);
  expect(await auditing.findings({ rule: 'held-for-postage' })).toMatchObject([
    { tracking_number: '@carrier/2026-11-10', state: 'open' },
  ]);
  expect(await audit.anyAlarming(now + 60_000)).toBe(false);
  expect(await audit.judgeAlarming(now + 60_000)).toBe(0);
});

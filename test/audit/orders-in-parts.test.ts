/** Orders of several parcels whose labels are known one after the other: every parcel is judged as one audit over all of them would. */
import type { DataSource } from 'typeorm';
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';
import { honestLabel } from '../support/told-audit.ts';

const partly = useDatabase();
const atOnce = useDatabase();
const parts = new Auditing(partly.dataSource);
const whole = new Auditing(atOnce.dataSource);
const [FIRST, SECOND, EARLIER] = [1, 2, 3].map((serial) => impb('001', '900000097', serial)) as [
  string,
  string,
  string,
];

/** Half of the order's value is declared on each of its two parcels. */
const HALF = {
  order_id: 'SO-1',
  order_parcels: '2',
  order_value: '500.00',
  order_currency: 'USD',
  declared_value: '250.00',
};
const first = honestLabel({ ...HALF, tracking_number: FIRST, label_id: 'S1' });
const second = honestLabel({ ...HALF, tracking_number: SECOND, label_id: 'S2', purchased_at: '2026-11-12T17:00:00Z' });
/** The first label under its mailer id is looked at by every audit. */
const earlier = honestLabel({ tracking_number: EARLIER, label_id: 'S0', purchased_at: '2026-11-02T17:00:00Z' });
const RULE = 'declared-below-order';
/** One of the two parcels is not seen. */
const INCOMPLETE = 'unknown: order.declared_mills';

beforeEach(async () => {
  for (const { dataSource } of [partly, atOnce]) {
    await dataSource().query(
      'TRUNCATE import, label, label_history, event, parcel, journey, judged, judged_coverage, run, finding, finding_history',
    );
  }
});

async function standing(dataSource: DataSource): Promise<unknown[]> {
  return dataSource.query(
    `SELECT d.tracking_number, d.outcomes, d.charge_outcomes, f.rule, f.severity, f.message FROM judged d
       LEFT JOIN finding f ON f.tracking_number = d.tracking_number AND f.state IN ('open', 'reopened')
      ORDER BY d.tracking_number, f.rule`,
  );
}

test('the second label comes with a later file', async () => {
  await parts.take('labels', [earlier, first]);
  await parts.audit('2026-11-20T06:00:00Z');
  expect(await parts.answers(FIRST, RULE)).toEqual([INCOMPLETE]);
  await parts.take('labels', [second]);
  await parts.audit('2026-11-20T07:00:00Z');
  await expectAsAtOnce('2026-11-20T07:00:00Z');
});

test('the second label was there, and is bought later than the audit looks', async () => {
  await parts.take('labels', [earlier, first, second]);
  await parts.audit('2026-11-12T06:00:00Z');
  expect(await parts.answers(FIRST, RULE)).toEqual([INCOMPLETE]);
  await parts.audit('2026-11-12T18:00:00Z');
  await expectAsAtOnce('2026-11-12T18:00:00Z');
});

test('the second label is voided later than the audit looks', async () => {
  const voided = { ...second, status: 'voided', voided_by: 'us', voided_at: '2026-11-12T20:00:00Z' };
  await parts.take('labels', [earlier, first, voided]);
  await parts.audit('2026-11-12T18:00:00Z');
  expect(await parts.answers(FIRST, RULE)).toEqual(['clear']);
  await parts.audit('2026-11-12T22:00:00Z');
  expect(await parts.answers(FIRST, RULE)).toEqual([INCOMPLETE]);
  await expectAsAtOnce('2026-11-12T22:00:00Z', [first, voided]);
});

async function expectAsAtOnce(asOf: string, labels = [first, second]): Promise<void> {
  await whole.take('labels', [earlier, ...labels]);
  await whole.audit(asOf);
  const told = await standing(atOnce.dataSource());
  expect(told.length).toBeGreaterThan(0);
  expect(await standing(partly.dataSource())).toEqual(told);
}

/** A label one too many hangs on the other parcels of its order: it alone is looked at in every audit, and they take it back. */
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';
import { ANSWERED, AS_OF, coded, honestLabel } from '../support/told-audit.ts';

const database = useDatabase();
const RULE = 'order-labelled-twice';
const numberOf = (serial: number): string => impb('001', '900000095', serial);
const [FIRST, SECOND, OTHER] = [numberOf(1), numberOf(2), numberOf(3)];

test('told late that the first parcel came back, the second label is a replacement', async () => {
  const auditing = new Auditing(database.dataSource);
  const order = { order_id: 'SO-1', order_parcels: '1' };
  await auditing.take('labels', [
    honestLabel({ ...order, tracking_number: FIRST, label_id: 'S1' }),
    honestLabel({ ...order, tracking_number: SECOND, label_id: 'S2', purchased_at: '2026-11-14T17:00:00Z' }),
    honestLabel({ order_id: 'SO-2', tracking_number: OTHER, label_id: 'S3' }),
  ]);
  const accepted = [FIRST, SECOND, OTHER].flatMap((number) =>
    [coded('03', '15 18:00'), ANSWERED].map((row) => ({ tracking_number: number, source: 'USPS', ...row })),
  );
  await auditing.take('tracking', accepted);
  expect(await auditing.audit(AS_OF)).toBe(3);
  expect(await auditing.answers(FIRST, RULE)).toEqual(['clear']);
  expect(await auditing.answers(SECOND, RULE)).toEqual(['fires']);
  expect(await auditing.answers(OTHER, RULE)).toEqual(['clear']);

  expect(await auditing.audit(AS_OF)).toBe(1);

  await auditing.take('tracking', [{ tracking_number: FIRST, source: 'USPS', ...coded('09', '13 18:00') }]);
  expect(await auditing.audit(AS_OF)).toBe(2);
  expect(await auditing.answers(SECOND, RULE)).toEqual(['clear']);
  expect(await auditing.history(SECOND, RULE)).toHaveLength(2);
});

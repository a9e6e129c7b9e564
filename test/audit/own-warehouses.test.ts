/** An acceptance near a warehouse of ours is on the route, once the warehouses are on file. */
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';
import { AS_OF, NEWARK, coded, honestLabel } from '../support/told-audit.ts';

const database = useDatabase();
const RULE = 'off-route-acceptance';
const [first, second] = [1, 2].map((serial) => impb('001', '900000094', serial));

test('a file of warehouses clears what lies near one of them, and takes nothing else back', async () => {
  const auditing = new Auditing(database.dataSource);
  const [inNewark = '', inMiami = ''] = [first, second];
  const labels = [inNewark, inMiami].map((number) => honestLabel({ tracking_number: number, label_id: number }));
  await auditing.take('labels', labels);
  const miami = { city: 'MIAMI', state: 'FL', zip: '33101' };
  await auditing.take('tracking', [
    { tracking_number: inNewark, source: 'USPS', ...coded('03', '10 18:00', NEWARK) },
    { tracking_number: inMiami, source: 'USPS', ...coded('03', '10 18:00', miami) },
  ]);
  await auditing.audit(AS_OF);
  expect(await auditing.answers(inNewark, RULE)).toEqual(['fires']);
  expect(await auditing.answers(inMiami, RULE)).toEqual(['fires']);
  await auditing.take('warehouses', [
    { zip: '90058', name: 'West' },
    { zip: '07102', name: 'East' },
  ]);
  await auditing.audit(AS_OF);
  expect(await auditing.answers(inNewark, RULE)).toEqual(['clear']);
  expect(await auditing.answers(inMiami, RULE)).toEqual(['fires']);
});

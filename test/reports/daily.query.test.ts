/** When a source is taken to have come, and which files are a report's own. */
import { readDeliveries } from '../../src/reports/daily.query.ts';
import { Days, honestLabel, movedEvent } from '../support/daily.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const days = new Days(database);
beforeAll(() => days.open());
afterAll(() => days.close());

test('a file none of whose rows could be taken has not come', async () => {
  const came = '2026-11-10T04:00:00Z';
  days.at(came);
  await days.take('labels', [honestLabel(1, '2026-11-08')]);
  await days.take('tracking', [movedEvent(1, '2026-11-09T09:00:00Z')]);
  days.at('2026-11-10T05:00:00Z');
  await days.take('labels', [honestLabel(2, '2026-11-08', { charged: 'much' })], 'broken.csv');
  await days.take('tracking', [movedEvent(2, 'soon')], 'broken.csv');
  expect(await readDeliveries(database.dataSource(), Date.parse('2026-11-10T06:00:00Z'))).toEqual([
    { kind: 'labels', vendor: null, at: Date.parse(came) },
    { kind: 'labels', vendor: 'Story Labels', at: Date.parse(came) },
    { kind: 'tracking', vendor: null, at: Date.parse(came) },
  ]);
});

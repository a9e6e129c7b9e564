/** Carriers are asked as far as their quotas go: nothing that was answered is lost or doubled, and what is no answer is never silence. */
import { Polling } from '../../src/tracking/poll.service.ts';
import { AskingRooms, StoryClock, forgetAll, numberOf, openAsking } from '../support/asking.ts';
import { useDatabase } from '../support/database.ts';
import { Fake17Track } from '../support/fake-17track.ts';
import { FakeUsps } from '../support/fake-usps.ts';

const database = useDatabase();
const clock = new StoryClock('2026-11-10T00:00:00Z');
const usps = new FakeUsps(() => clock.now().getTime());
const track17 = new Fake17Track(() => clock.now().getTime());
let rooms: AskingRooms;

const ONE = numberOf(1);
const TWO = numberOf(2);
const ACCEPTED = { code: '03', text: 'Accepted at USPS Origin Facility', at: '2026-11-09T20:00:00Z', city: 'RENO', state: 'NV', zip: '89501' };

beforeAll(async () => {
  await Promise.all([usps.start(), track17.start()]);
});
afterAll(async () => {
  await Promise.all([usps.stop(), track17.stop()]);
});

beforeEach(async () => {
  await forgetAll(database);
  usps.clear();
  track17.clear();
  clock.to('2026-11-10T06:00:00Z').waits.length = 0;
  rooms = await open();
});
afterEach(async () => rooms.close());

async function open(variables: Record<string, string> = { ...usps.variables, ...track17.variables }) {
  return openAsking({ database, clock, variables });
}

async function pollOf(number: string): Promise<Record<string, unknown>[]> {
  return rooms.sql('SELECT * FROM poll WHERE tracking_number = $1 ORDER BY provider DESC', [number]);
}

test('a label is asked about once its evening has come, and what is told is stored once', async () => {
  await rooms.labels({ tracking_number: ONE, ship_date: '2026-11-10' });
  usps.shows(ONE, [ACCEPTED]);
  expect((await rooms.polling.askDue()).heard).toEqual([]);
  clock.to('2026-11-11T02:00:00Z');
  const { heard } = await rooms.polling.askDue();
  expect(heard).toMatchObject([{ trackingNumber: ONE, provider: 'usps', outcome: 'answered' }]);
  expect(await rooms.events(ONE)).toEqual(['11-09 20:00 03', '11-11 02:00 asked answered']);
  expect((await rooms.polling.askDue()).heard).toEqual([]);
  expect(usps.asked).toEqual([ONE]);
  expect(await rooms.sql('SELECT DISTINCT source FROM event')).toEqual([{ source: 'USPS Tracking API' }]);
  expect(await rooms.sql('SELECT DISTINCT file FROM import WHERE kind = $1', ['tracking'])).toEqual([{ file: 'asked USPS' }]);
});

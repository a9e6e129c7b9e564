/** `track` asks now, within the quota, and says for each number what came of it. */
import { launch } from '../support/program.ts';
import { forgetAll, numberOf } from '../support/asking.ts';
import { useDatabase } from '../support/database.ts';
import { Fake17Track } from '../support/fake-17track.ts';
import { FakeUsps } from '../support/fake-usps.ts';
import { until } from '../support/until.ts';

const database = useDatabase();
const usps = new FakeUsps(Date.now);
const track17 = new Fake17Track(Date.now);

const [ONE, TWO, THREE] = [numberOf(1), numberOf(2), numberOf(3)];
const scans = [
  { code: '01', text: 'Delivered, Front Door', at: '2026-11-05T15:00:00Z', city: 'RENO', state: 'NV', zip: '89501' },
  { code: '03', text: 'Accepted at USPS Origin Facility', at: '2026-11-03T20:00:00Z', zip: '85001' },
];

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
});

const both = () => ({ ...usps.variables, ...track17.variables });

async function track(words: string[], variables: Record<string, string> = both()) {
  const program = launch(['track', ...words], { DATABASE_URL: database.url(), ...variables });
  const code = await program.ended;
  return { code, ...program.said() };
}

test('a line a number: who was asked, what came of it, when and in which words', async () => {
  usps.shows(ONE, scans);
  usps.withholds(TWO);
  usps.givesNoAccess(THREE);
  track17.registered.add(THREE);
  track17.shows(THREE, scans.slice(1));
  const { code, stdout } = await track([`420 89501 ${ONE}`, TWO, THREE, '1Z999AA10123456784']);
  expect(code).toBe(0);
  expect(stdout.trim().split('\n')).toEqual([
    `${ONE}  USPS  answered  2026-11-05T15:00:00Z  Delivered, Front Door`,
    `${TWO}  USPS  withheld  Tracking information will not be displayed because this package was shipped with fraudulent postage. Please contact the merchant or seller with any questions.`,
    `${THREE}  USPS  no_access  shown only to owners of its mailer id and those they authorised`,
    `${THREE}  17TRACK  answered  2026-11-03T20:00:00Z  Accepted at USPS Origin Facility`,
    '1Z999AA10123456784  is no number of USPS (other_carrier), so nobody is asked about it',
  ]);
  // The journeys are up to date when the command ends.
  expect(await database.dataSource().query('SELECT count(*) AS n FROM journey')).toEqual([{ n: 3 }]);
});

test('as JSON', async () => {
  usps.shows(ONE, scans);
  const { code, stdout } = await track([ONE, '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    asked: [
      {
        trackingNumber: ONE,
        source: 'USPS',
        askedAt: expect.stringMatching(/^20\d\d-.*Z$/),
        outcome: 'answered',
        events: 2,
        latest: { at: '2026-11-05T15:00:00Z', code: '01', text: 'Delivered, Front Door' },
        problem: null,
      },
    ],
    left: [],
    refused: [],
  });
});

test('what the quota leaves is said, and when it is asked', async () => {
  const numbers = Array.from({ length: 6 }, (_, index) => numberOf(10 + index));
  const { code, stdout } = await track(numbers, usps.variables);
  expect(code).toBe(0);
  expect(stdout.match(/USPS {2}not_found/g)).toHaveLength(4);
  expect(stdout.match(/left for later: the quota is used up; the service asks it after 20\d\d-/g)).toHaveLength(2);
  expect(usps.calls).toHaveLength(5);
});

test('without numbers it asks what is due, and says so when nothing is', async () => {
  expect(await track([])).toMatchObject({ code: 0, stdout: 'nothing is due\n' });
});

test('what failed is said', async () => {
  usps.broken = 'elsewhere';
  const { code, stdout } = await track([ONE], usps.variables);
  expect(code).toBe(0);
  expect(stdout).toBe(`${ONE}  USPS  error  HTTP 302: it sends us elsewhere, which is not followed\n`);
});

test.each([
  { story: 'nobody is configured', words: [ONE], variables: {}, says: /nobody can be asked: set USPS_CLIENT_ID and/ },
  { story: 'half of USPS is', words: [ONE], variables: { USPS_CLIENT_ID: 'ours' }, says: /nobody can be asked/ },
  {
    story: 'no number is one',
    words: ['12345'],
    variables: { TRACK17_KEY: 'key' },
    says: /12345 {2}is no number of USPS/,
  },
  { story: 'an option is not known', words: ['--fast'], variables: { TRACK17_KEY: 'key' }, says: /unknown option/ },
])('exit 2 with advice where $story', async ({ words, variables, says }) => {
  const { code, stderr } = await track(words, variables as Record<string, string>);
  expect(code).toBe(2);
  expect(stderr).toMatch(says);
});

test('killed in the middle of a call: the call counts, the next run asks again and stores once', async () => {
  usps.shows(ONE, scans);
  let arrived = false;
  usps.onCall = async (call) => {
    if (!call.path.startsWith('/tracking/')) return;
    arrived = true;
    await new Promise(() => undefined);
  };
  const program = launch(['track', ONE], { DATABASE_URL: database.url(), ...usps.variables });
  await until(() => arrived, { withinMs: 60_000 });
  await program.end('SIGKILL');
  const rows: { n: number }[] = await database.dataSource().query('SELECT count(*) AS n FROM provider_call');
  expect(rows).toEqual([{ n: 2 }]);
  usps.onCall = () => undefined;
  // It was asked for and not answered: that is still due, for the service as for the next run.
  const { stdout } = await track([], usps.variables);
  expect(stdout).toContain(`${ONE}  USPS  answered`);
  expect(await database.dataSource().query(`SELECT count(*) AS n FROM event WHERE kind = 'event'`)).toEqual([{ n: 2 }]);
});

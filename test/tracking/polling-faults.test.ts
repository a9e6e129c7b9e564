/** Whatever fails out there or on our side: no event is lost, none is doubled, no failure is silence, and no quota is passed. */
import { type AskingRooms, StoryClock, forgetAll, numberOf, openAsking } from '../support/asking.ts';
import { useDatabase } from '../support/database.ts';
import { Fake17Track } from '../support/fake-17track.ts';
import type { Fault } from '../support/fake-carrier.ts';
import { FakeUsps, type Scan } from '../support/fake-usps.ts';

const database = useDatabase();
const clock = new StoryClock('2026-11-11T02:00:00Z');
const now = () => clock.now().getTime();
const usps = new FakeUsps(now);
const track17 = new Fake17Track(now);
const opened: AskingRooms[] = [];

const ONE = numberOf(1);
const ACCEPTED: Scan = {
  code: '03',
  text: 'Accepted at USPS Origin Facility',
  at: '2026-11-10T20:00:00Z',
  zip: '89501',
};
const ANSWERED = ['11-10 20:00 03', '11-11 02:00 asked answered'];

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
  clock.to('2026-11-11T02:00:00Z').waits.length = 0;
});
afterEach(async () => {
  await Promise.all(opened.map((rooms) => rooms.close()));
  opened.length = 0;
});

/** A process that asks. */
async function process(variables: Record<string, string> = usps.variables): Promise<AskingRooms> {
  const rooms = await openAsking({ database, clock, variables });
  opened.push(rooms);
  return rooms;
}

async function labelled(rooms: AskingRooms, numbers: readonly string[]): Promise<void> {
  await rooms.labels(...numbers.map((number) => ({ tracking_number: number, ship_date: '2026-11-10' })));
}

/** Asks again and again as the schedule does, though not as often, until the time. */
async function askUntil(rooms: AskingRooms, end: string, everySeconds = 60): Promise<void> {
  while (now() < Date.parse(end)) {
    await rooms.polling.askDue();
    clock.to(everySeconds * 1000);
  }
}

describe('a call that fails once is made again, and stored once', () => {
  const passing: Fault[] = [
    { status: 429, retryAfter: '7' },
    { status: 429, retryAfter: 'Wed, 11 Nov 2026 02:00:09 GMT' },
    { status: 429 },
    { status: 500, body: 'Internal Server Error' },
    { status: 503, retryAfter: '3' },
    'half a body',
    'half a JSON',
    'reset',
  ];

  test.each(passing)('%j while asking', async (fault) => {
    const rooms = await process();
    await labelled(rooms, [ONE]);
    usps.shows(ONE, [ACCEPTED]);
    usps.faults.push(null, fault);
    await rooms.polling.askDue();
    expect(usps.asked).toEqual([ONE, ONE]);
    expect(await rooms.events(ONE)).toMatchObject([ANSWERED[0], expect.stringMatching(/asked answered$/)]);
    expect(await rooms.sql('SELECT count(*) AS n FROM carrier_answer')).toEqual([{ n: 1 }]);
  });

  test.each(passing)('%j while signing in', async (fault) => {
    const rooms = await process();
    await labelled(rooms, [ONE]);
    usps.shows(ONE, [ACCEPTED]);
    usps.faults.push(fault);
    await rooms.polling.askDue();
    expect(usps.tokenCalls).toHaveLength(2);
    expect((await rooms.events(ONE))[0]).toBe(ANSWERED[0]);
  });

  test.each(passing)('%j while forty are asked of 17TRACK', async (fault) => {
    const rooms = await process(track17.variables);
    const numbers = Array.from({ length: 40 }, (_, index) => numberOf(index));
    await labelled(rooms, numbers);
    for (const number of numbers) track17.shows(number, [ACCEPTED]);
    track17.faults.push(fault, null, fault);
    await rooms.polling.askDue();
    expect(track17.named('gettrackinfo')).toHaveLength(2);
    expect(await rooms.sql(`SELECT kind, count(*) AS n FROM event GROUP BY kind ORDER BY kind`)).toEqual([
      { kind: 'ask', n: 40 },
      { kind: 'event', n: 40 },
    ]);
  });

  test('as late as the carrier asks for', async () => {
    const rooms = await process();
    await labelled(rooms, [ONE]);
    usps.faults.push(null, { status: 429, retryAfter: '7' });
    await rooms.polling.askDue();
    expect(clock.waits).toEqual([7000]);
    const [first = 0, second = 0] = usps.calls.slice(1).map(({ at }) => at);
    expect(second - first).toBeGreaterThanOrEqual(7000);
  });

  test('with growing pauses where it asks for none', async () => {
    const rooms = await process();
    await labelled(rooms, [ONE]);
    usps.faults.push(null, 'reset', 'reset');
    await rooms.polling.askDue();
    expect(clock.waits).toEqual([750, 1500]);
  });
});

describe('a carrier that asks for more patience than a call may take', () => {
  test.each(['3600', 'Wed, 11 Nov 2026 03:00:00 GMT'])(
    'is let be by all until then: Retry-After: %s',
    async (retryAfter) => {
      const [rooms, other] = [await process(), await process()];
      await labelled(rooms, [ONE, numberOf(2)]);
      usps.shows(ONE, [ACCEPTED]);
      usps.faults.push(null, { status: 429, retryAfter });
      const { heard, left } = await rooms.polling.askDue();
      expect(heard).toEqual([]);
      expect(left).toMatchObject([{ until: Date.parse('2026-11-11T03:00:00Z'), why: 'too many calls (HTTP 429)' }]);
      clock.to('2026-11-11T02:59:50Z');
      expect((await other.polling.askDue()).left).toMatchObject([{ until: Date.parse('2026-11-11T03:00:00Z') }]);
      expect(usps.asked).toHaveLength(1);
      expect(await rooms.events(ONE)).toEqual([]);
      clock.to('2026-11-11T03:00:01Z');
      expect((await other.polling.askDue()).heard).toHaveLength(2);
      expect(await rooms.events(ONE)).toEqual([ANSWERED[0], '11-11 03:00 asked answered']);
    },
  );

  test('is looked at after a day, however long it asks for', async () => {
    const rooms = await process();
    await labelled(rooms, [ONE]);
    usps.faults.push(null, { status: 503, retryAfter: '999999999' });
    expect((await rooms.polling.askDue()).left).toMatchObject([{ until: Date.parse('2026-11-12T02:00:00Z') }]);
  });
});

describe('a failure that stays is told as an error, never as silence', () => {
  const lasting: Fault[] = [
    'reset',
    'half a body',
    'half a JSON',
    'a page',
    'elsewhere',
    { status: 500 },
    { status: 404, body: '' },
  ];

  test.each(lasting)('%j', async (fault) => {
    const rooms = await process();
    await labelled(rooms, [ONE]);
    usps.faults.push(null, fault, fault, fault);
    const { heard } = await rooms.polling.askDue();
    expect(heard).toMatchObject([{ outcome: 'error', why: expect.stringMatching(/\w/) }]);
    expect(await rooms.events(ONE)).toEqual([expect.stringMatching(/^11-11 02:00 asked error$/)]);
    expect(await rooms.sql('SELECT outcome FROM carrier_answer')).toEqual([{ outcome: 'error' }]);
    usps.shows(ONE, [ACCEPTED]);
    usps.faults.length = 0;
    clock.to('2026-11-11T03:30:00Z');
    await rooms.polling.askDue();
    expect(await rooms.events(ONE)).toEqual([ANSWERED[0], '11-11 02:00 asked error', '11-11 03:30 asked answered']);
  });

  test('a page in the place of an answer is asked for once', async () => {
    const rooms = await process();
    await labelled(rooms, [ONE]);
    usps.faults.push(null, 'a page');
    await rooms.polling.askDue();
    expect(usps.asked).toEqual([ONE]);
  });

  test('of one number it backs off, doubling; of all numbers the carrier itself is let rest', async () => {
    const rooms = await process({ ...usps.variables, USPS_CALLS_PER_HOUR: '100000' });
    await labelled(
      rooms,
      Array.from({ length: 50 }, (_, index) => numberOf(index)),
    );
    usps.broken = { status: 500 };
    await askUntil(rooms, '2026-11-11T05:00:00Z');
    const errors = await rooms.sql<{ n: number }>(`SELECT count(*) AS n FROM event WHERE outcome = 'error'`);
    // Three questions, then one after each rest of 1, 2, 4, 8, 16, 32, 60 and 60 minutes.
    expect(errors[0]?.n).toBe(10);
    expect(usps.calls.length).toBeLessThan(40);
    usps.broken = null;
    await askUntil(rooms, '2026-11-11T07:00:00Z');
    expect(await rooms.sql(`SELECT count(*) AS n FROM poll WHERE last_outcome = 'not_found'`)).toEqual([{ n: 50 }]);
  });

  test('a number that makes the carrier fail is left for 17TRACK after some tries', async () => {
    const rooms = await process({ ...usps.variables, ...track17.variables });
    await labelled(rooms, [ONE]);
    track17.shows(ONE, [ACCEPTED]);
    usps.says(ONE, { status: 400, body: '{"error":{"code":"150013","message":"other order"}}' });
    await askUntil(rooms, '2026-11-11T08:00:00Z', 1200);
    expect(usps.asked).toHaveLength(3);
    expect(track17.named('gettrackinfo')).toEqual([[ONE]]);
    expect((await rooms.events(ONE)).at(-1)).toMatch(/answered$/);
  });
});

describe('the token', () => {
  test('serves all numbers, and is renewed before it ends', async () => {
    const rooms = await process();
    await labelled(rooms, [ONE, numberOf(2), numberOf(3)]);
    usps.tokenSeconds = 3600;
    await rooms.polling.askDue();
    expect(usps.tokenCalls).toHaveLength(1);
    clock.to('2026-11-11T02:53:59Z');
    await rooms.polling.askThese([ONE]);
    expect(usps.tokenCalls).toHaveLength(1);
    clock.to('2026-11-11T02:54:00Z');
    await rooms.polling.askThese([ONE]);
    expect(usps.tokenCalls).toHaveLength(2);
    expect(usps.asked).toHaveLength(5);
    expect(await rooms.sql(`SELECT count(*) AS n FROM carrier_answer WHERE http_status = 401`)).toEqual([{ n: 0 }]);
  });

  test('that is refused is renewed once, and the refusal is not one of the number', async () => {
    const rooms = await process();
    await labelled(rooms, [ONE]);
    usps.shows(ONE, [ACCEPTED]);
    await rooms.polling.askDue();
    usps.revokeTokens();
    clock.to('2026-11-12T14:00:00Z');
    await rooms.polling.askDue();
    expect(usps.tokenCalls).toHaveLength(2);
    expect((await rooms.events(ONE)).at(-1)).toBe('11-12 14:00 asked answered');
  });

  test('that is refused though fresh does not eat the quota', async () => {
    const rooms = await process();
    const numbers = [ONE, numberOf(2), numberOf(3), numberOf(4)];
    await labelled(rooms, numbers);
    for (const number of numbers) usps.says(number, { status: 401, body: '{"error":{"code":"401","message":"no"}}' });
    await askUntil(rooms, '2026-11-11T02:05:00Z');
    expect(usps.tokenCalls).toHaveLength(2);
    expect(usps.asked).toHaveLength(5);
  });

  test.each([
    {
      story: 'a wrong secret',
      change: () => ({ USPS_CLIENT_SECRET: 'wrong' }),
      why: 'USPS refuses id or secret (HTTP 401)',
    },
    {
      story: 'no right to track',
      change: () => {
        usps.scope = 'addresses prices';
        return {};
      },
      why: 'the application has no access to the Tracking API (scope "tracking")',
    },
  ])('$story is told once and tried again after an hour', async ({ change, why }) => {
    const rooms = await process({ ...usps.variables, ...change() });
    await labelled(rooms, [ONE, numberOf(2)]);
    const { heard, left } = await rooms.polling.askDue();
    expect(heard).toMatchObject([{ outcome: 'error', why }]);
    expect(left).toMatchObject([{ why, until: Date.parse('2026-11-11T03:00:00Z') }]);
    await askUntil(rooms, '2026-11-11T02:59:00Z');
    expect(usps.calls).toHaveLength(1);
    usps.scope = 'tracking';
    // Whoever sets it right starts the process anew.
    await (await process()).polling.askDue();
    expect(usps.asked).toHaveLength(1);
  });

  test('a wrong key of 17TRACK likewise', async () => {
    const rooms = await process({ ...track17.variables, TRACK17_KEY: 'wrong' });
    await labelled(rooms, [ONE]);
    const { heard } = await rooms.polling.askDue();
    expect(heard).toMatchObject([{ outcome: 'error', why: expect.stringContaining('17TRACK refuses the key') }]);
    await askUntil(rooms, '2026-11-11T02:30:00Z');
    expect(track17.calls).toHaveLength(1);
  });
});

describe('the quota', () => {
  const HOUR = 3_600_000;
  const many = Array.from({ length: 200 }, (_, index) => numberOf(index));

  test('of USPS is never passed in hours of asking, tokens and tries included, and is used up', async () => {
    let rooms = await process();
    await labelled(rooms, many);
    usps.tokenSeconds = 900;
    for (let at = 7; at < 300; at += 11) usps.faults[at] = { status: 500 };
    for (let at = 0; at < usps.faults.length; at += 1) usps.faults[at] ??= null;
    for (const end of ['02:40', '03:20', '04:10']) {
      await askUntil(rooms, `2026-11-11T${end}:00Z`, 20);
      // A restart forgets nothing that was spent.
      rooms = await process();
    }
    expect(usps.mostWithin(60_000)).toBeLessThanOrEqual(5);
    expect(usps.mostWithin(HOUR)).toBe(60);
    expect(usps.calls.length).toBeGreaterThanOrEqual(120);
  });

  test('is shared by processes that ask at the same time', async () => {
    const processes = await Promise.all([process(), process(), process()]);
    await labelled(processes[0] as AskingRooms, many.slice(0, 40));
    for (let minute = 0; minute < 5; minute += 1) {
      const [one, two, three] = processes;
      await Promise.all([
        one?.polling.askDue(),
        two?.polling.askThese(many.slice(40 + minute, 43 + minute)),
        three?.polling.askDue(),
      ]);
      clock.to(20_000);
    }
    expect(usps.mostWithin(60_000)).toBeLessThanOrEqual(5);
    expect(usps.calls.length).toBeGreaterThanOrEqual(5);
  });

  test('of 17TRACK holds to the second, whatever calls take on their way', async () => {
    const rooms = await process(track17.variables);
    await labelled(
      rooms,
      Array.from({ length: 400 }, (_, index) => numberOf(1000 + index)),
    );
    track17.onCall = () => void clock.to(130);
    await askUntil(rooms, '2026-11-11T02:02:00Z');
    expect(track17.calls).toHaveLength(20);
    expect(track17.mostWithin(1000)).toBeLessThanOrEqual(3);
  });

  test('a call is written down before it is made, and counts though its process died', async () => {
    const rooms = await process();
    await labelled(rooms, many.slice(0, 10));
    const seen: number[] = [];
    usps.onCall = async () => {
      const [row] = await rooms.sql<{ n: number }>('SELECT count(*) AS n FROM provider_call');
      seen.push(row?.n ?? 0);
    };
    await rooms.polling.askDue();
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  test('raised by the settings is raised by the minute as well', async () => {
    const rooms = await process({ ...usps.variables, USPS_CALLS_PER_HOUR: '240' });
    await labelled(rooms, many.slice(0, 60));
    await rooms.polling.askDue();
    expect(usps.calls).toHaveLength(20);
  });

  test('calls that count no more are forgotten', async () => {
    const rooms = await process();
    await labelled(rooms, [ONE]);
    await rooms.polling.askDue();
    clock.to('2026-11-12T02:00:00Z');
    await rooms.polling.askDue();
    expect(await rooms.sql('SELECT count(*) AS n FROM provider_call')).toEqual([{ n: 2 }]);
  });

  test('a credit that is used up is a reason to rest, not an error of the number', async () => {
    const rooms = await process(track17.variables);
    await labelled(rooms, [ONE]);
    track17.broken = { status: 200, body: '{"code":0,"data":{"errors":[{"code":-18019908,"message":"no quota"}]}}' };
    const { heard, left } = await rooms.polling.askDue();
    expect(heard).toEqual([]);
    expect(left).toMatchObject([{ why: expect.stringContaining('no credit left') }]);
    expect(await rooms.events(ONE)).toEqual([]);
  });
});

describe('a process that dies', () => {
  const numbers = [ONE, numberOf(2), numberOf(3)];

  /** Lets the next write of the table fail, as it would for a process that dies before it. */
  async function dieAt(rooms: AskingRooms, table: string, condition: string): Promise<void> {
    await rooms.sql(`CREATE OR REPLACE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
      $die$ BEGIN IF ${condition} THEN RAISE EXCEPTION 'died here'; END IF; RETURN NEW; END $die$`);
    await rooms.sql(`CREATE TRIGGER die BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION die()`);
  }

  const places = [
    { table: 'carrier_answer', condition: 'true', asksAgain: true },
    { table: 'answer_body', condition: 'true', asksAgain: true },
    { table: 'event', condition: 'true', asksAgain: false },
    { table: 'import', condition: 'true', asksAgain: false },
    { table: 'poll', condition: 'NEW.last_asked_at IS NOT NULL', asksAgain: false },
  ];

  for (const provider of ['usps', '17track'] as const) {
    test.each(places)(`before it writes $table tells all and nothing twice (${provider})`, async (place) => {
      const variables = provider === 'usps' ? usps.variables : track17.variables;
      const rooms = await process(variables);
      await labelled(rooms, numbers);
      usps.withholds(ONE);
      for (const number of numbers.slice(1)) usps.shows(number, [ACCEPTED]);
      for (const number of numbers) track17.shows(number, [ACCEPTED]);
      await dieAt(rooms, place.table, place.condition);
      await expect(rooms.polling.askDue()).rejects.toThrow('died here');
      await rooms.sql(`DROP TRIGGER die ON ${place.table}`);
      const before = usps.asked.length + track17.named('gettrackinfo').length;
      clock.to(120_000);
      const next = await process(variables);
      await next.polling.askDue();
      clock.to(120_000);
      await next.polling.askDue();
      const asked = usps.asked.filter((number) => number === ONE).length + track17.named('gettrackinfo').length;
      expect(before).toBe(1);
      expect(asked).toBe(place.asksAgain ? 2 : 1);
      const [one, two, three] = await Promise.all(numbers.map((number) => rooms.events(number)));
      const whole = [expect.stringMatching(/^11-10 20:00/), expect.stringMatching(/asked answered$/)];
      expect(one).toEqual(provider === 'usps' ? [expect.stringMatching(/^11-11 02:0\d 150012 withheld$/)] : whole);
      expect([two, three]).toEqual([whole, whole]);
    });
  }
});

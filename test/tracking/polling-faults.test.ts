/** Whatever fails out there: no event is lost, none is doubled, and no failure is silence. */
import { numberOf, useCarriers } from '../support/asking.ts';
import { useDatabase } from '../support/database.ts';
import type { Fault } from '../support/fake-carrier.ts';
import type { Scan } from '../support/fake-usps.ts';

const { clock, usps, track17, process, askUntil } = useCarriers(useDatabase());

const ONE = numberOf(1);
const ACCEPTED: Scan = {
  code: '03',
  text: 'Accepted at USPS Origin Facility',
  at: '2026-11-10T20:00:00Z',
  zip: '89501',
};
const ANSWERED = ['11-10 20:00 03', '11-11 02:00 asked answered'];

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
    await rooms.labelled([ONE]);
    usps.shows(ONE, [ACCEPTED]);
    usps.faults.push(null, fault);
    await rooms.polling.askDue();
    expect(usps.asked).toEqual([ONE, ONE]);
    expect(await rooms.events(ONE)).toMatchObject([ANSWERED[0], expect.stringMatching(/asked answered$/)]);
    expect(await rooms.sql('SELECT count(*) AS n FROM carrier_answer')).toEqual([{ n: 1 }]);
  });

  test.each(passing)('%j while signing in', async (fault) => {
    const rooms = await process();
    await rooms.labelled([ONE]);
    usps.shows(ONE, [ACCEPTED]);
    usps.faults.push(fault);
    await rooms.polling.askDue();
    expect(usps.tokenCalls).toHaveLength(2);
    expect((await rooms.events(ONE))[0]).toBe(ANSWERED[0]);
  });

  test.each(passing)('%j while forty are asked of 17TRACK', async (fault) => {
    const rooms = await process(track17.variables);
    const numbers = Array.from({ length: 40 }, (_, index) => numberOf(index));
    await rooms.labelled(numbers);
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
    await rooms.labelled([ONE]);
    usps.faults.push(null, { status: 429, retryAfter: '7' });
    await rooms.polling.askDue();
    expect(clock.waits).toEqual([7000]);
    const [first = 0, second = 0] = usps.calls.slice(1).map(({ at }) => at);
    expect(second - first).toBeGreaterThanOrEqual(7000);
  });

  test('with growing pauses where it asks for none', async () => {
    const rooms = await process();
    await rooms.labelled([ONE]);
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
      await rooms.labelled([ONE, numberOf(2)]);
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
    await rooms.labelled([ONE]);
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
    await rooms.labelled([ONE]);
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
    await rooms.labelled([ONE]);
    usps.faults.push(null, 'a page');
    await rooms.polling.askDue();
    expect(usps.asked).toEqual([ONE]);
  });

  test('of one number it backs off, doubling; of all numbers the carrier itself is let rest', async () => {
    const rooms = await process({ ...usps.variables, USPS_CALLS_PER_HOUR: '100000' });
    await rooms.labelled(Array.from({ length: 50 }, (_, index) => numberOf(index)));
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
    await rooms.labelled([ONE]);
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
    await rooms.labelled([ONE, numberOf(2), numberOf(3)]);
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
    await rooms.labelled([ONE]);
    usps.shows(ONE, [ACCEPTED]);
    await rooms.polling.askDue();
    usps.revokeTokens();
    clock.to('2026-11-12T14:00:00Z');
    await rooms.polling.askDue();
    expect(usps.tokenCalls).toHaveLength(2);
    expect((await rooms.events(ONE)).at(-1)).toBe('11-12 14:00 asked answered');
  });

  test('that is refused asks nobody any more, also where the sign-in after it has to wait', async () => {
    const rooms = await process();
    await rooms.labelled([ONE, numberOf(2)]);
    usps.shows(ONE, [ACCEPTED]);
    await rooms.polling.askDue();
    const before = usps.asked.length;
    usps.revokeTokens();
    clock.to('2026-11-12T14:00:00Z');
    // The question that is refused, then the sign-in that is put off.
    usps.faults.push(null, { status: 429, retryAfter: '120' });
    await rooms.polling.askDue();
    expect(usps.asked.slice(before)).toHaveLength(1);
    clock.to('2026-11-12T14:03:00Z');
    await rooms.polling.askDue();
    expect((await rooms.events(ONE)).join()).not.toContain('no_access');
    expect((await rooms.events(ONE)).at(-1)).toMatch(/asked answered$/);
  });

  test('that is refused though fresh does not eat the quota', async () => {
    const rooms = await process();
    const numbers = [ONE, numberOf(2), numberOf(3), numberOf(4)];
    await rooms.labelled(numbers);
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
    await rooms.labelled([ONE, numberOf(2)]);
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
    await rooms.labelled([ONE]);
    const { heard } = await rooms.polling.askDue();
    expect(heard).toMatchObject([{ outcome: 'error', why: expect.stringContaining('17TRACK refuses the key') }]);
    await askUntil(rooms, '2026-11-11T02:30:00Z');
    expect(track17.calls).toHaveLength(1);
  });
});

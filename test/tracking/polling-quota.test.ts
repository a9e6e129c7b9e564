/** No quota is ever passed, whoever asks, whatever fails, and whether or not they live to see the answer. */
import { numberOf, useCarriers } from '../support/asking.ts';
import { useDatabase } from '../support/database.ts';

const { clock, usps, track17, process, askUntil } = useCarriers(useDatabase());

const ONE = numberOf(1);

describe('the quota', () => {
  const HOUR = 3_600_000;
  const many = Array.from({ length: 200 }, (_, index) => numberOf(index));

  test('of USPS is never passed in hours of asking, tokens and tries included, and is used up', async () => {
    let rooms = await process();
    await rooms.labelled(many);
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
    await processes[0].labelled(many.slice(0, 40));
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
    await rooms.labelled(Array.from({ length: 400 }, (_, index) => numberOf(1000 + index)));
    track17.onCall = () => void clock.to(130);
    await askUntil(rooms, '2026-11-11T02:02:00Z');
    expect(track17.calls).toHaveLength(20);
    expect(track17.mostWithin(1000)).toBeLessThanOrEqual(3);
  });

  test('a call is written down before it is made, and counts though its process died', async () => {
    const rooms = await process();
    await rooms.labelled(many.slice(0, 10));
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
    await rooms.labelled(many.slice(0, 60));
    await rooms.polling.askDue();
    expect(usps.calls).toHaveLength(20);
  });

  test('calls that count no more are forgotten', async () => {
    const rooms = await process();
    await rooms.labelled([ONE]);
    await rooms.polling.askDue();
    clock.to('2026-11-12T02:00:00Z');
    await rooms.polling.askDue();
    expect(await rooms.sql('SELECT count(*) AS n FROM provider_call')).toEqual([{ n: 2 }]);
  });

  test('a credit that is used up is a reason to rest, not an error of the number', async () => {
    const rooms = await process(track17.variables);
    await rooms.labelled([ONE]);
    track17.broken = { status: 200, body: '{"code":0,"data":{"errors":[{"code":-18019908,"message":"no quota"}]}}' };
    const { heard, left } = await rooms.polling.askDue();
    expect(heard).toEqual([]);
    expect(left).toMatchObject([{ why: expect.stringContaining('no credit left') }]);
    expect(await rooms.events(ONE)).toEqual([]);
  });
});

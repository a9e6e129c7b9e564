/** Carriers are asked what is worth asking, of whom it is worth, the most pressing first; what they tell is stored once. */
import { type AskingRooms, numberOf, useCarriers } from '../support/asking.ts';
import { useDatabase } from '../support/database.ts';
import type { Scan } from '../support/fake-usps.ts';

const { clock, now, usps, track17, process } = useCarriers(useDatabase());
let rooms: AskingRooms;

const [ONE, TWO, THREE, FOUR] = [numberOf(1), numberOf(2), numberOf(3), numberOf(4)];
const PLACE = { city: 'RENO', state: 'NV', zip: '89501' };
const ACCEPTED: Scan = { code: '03', text: 'Accepted at USPS Origin Facility', at: '2026-11-10T20:00:00Z', ...PLACE };
const ANNOUNCED: Scan = { code: 'GX', text: 'Shipping Label Created, USPS Awaiting Item', at: '2026-11-10T12:00:00Z' };
const DELIVERED: Scan = { code: '01', text: 'Delivered, Front Door', at: '2026-11-10T22:00:00Z', ...PLACE };

/** Opens the service; labels given by their numbers were mailed on 10 November. */
async function story(variables: Record<string, string>, ...numbers: string[]): Promise<void> {
  rooms = await process(variables);
  if (numbers.length > 0) await rooms.labelled(numbers);
}

const both = () => ({ ...usps.variables, ...track17.variables });
const label = (number: string, over: Record<string, string> = {}) => ({
  tracking_number: number,
  ship_date: '2026-11-10',
  ...over,
});
const ask = async () => (await rooms.polling.askDue()).heard.map(({ trackingNumber }) => trackingNumber);
const nextOf = async (number: string, provider = 'usps') => {
  const [row] = await rooms.sql<{ next_at: Date | null }>(
    'SELECT next_at FROM poll WHERE tracking_number = $1 AND provider = $2',
    [number, provider],
  );
  return row === undefined ? 'no row' : (row.next_at?.toISOString() ?? 'never');
};

describe('what is asked', () => {
  test('a label is asked about once its evening has come, and what is told is stored once', async () => {
    await story(both(), ONE);
    usps.shows(ONE, [ACCEPTED]);
    clock.to('2026-11-11T01:59:59Z');
    expect(await ask()).toEqual([]);
    clock.to('2026-11-11T02:00:00Z');
    expect(await ask()).toEqual([ONE]);
    expect(await rooms.events(ONE)).toEqual(['11-10 20:00 03', '11-11 02:00 asked answered']);
    expect(await ask()).toEqual([]);
    expect(usps.asked).toEqual([ONE]);
    expect(await rooms.sql('SELECT DISTINCT source FROM event')).toEqual([{ source: 'USPS Tracking API' }]);
    const imports = await rooms.sql(`SELECT DISTINCT file FROM import WHERE kind = 'tracking'`);
    expect(imports).toEqual([{ file: 'asked USPS' }]);
  });

  test('what is told again changes nothing but when it was told; what is new is added', async () => {
    await story(usps.variables, ONE);
    usps.shows(ONE, [ANNOUNCED]);
    await ask();
    clock.to('2026-11-12T02:00:00Z');
    await ask();
    clock.to('2026-11-13T02:00:00Z');
    usps.shows(ONE, [ACCEPTED, ANNOUNCED]);
    await ask();
    expect(await rooms.events(ONE)).toEqual([
      '11-10 12:00 GX',
      '11-10 20:00 03',
      '11-11 02:00 asked answered',
      '11-12 02:00 asked answered',
      '11-13 02:00 asked answered',
    ]);
  });

  test('what 17TRACK does not show is silence until it last asked USPS, not until it was asked', async () => {
    await story(track17.variables, ONE);
    track17.registered.add(ONE);
    track17.shows(ONE, [ACCEPTED]);
    track17.syncedAt = '2026-11-10T21:30:00Z';
    expect(await ask()).toEqual([ONE]);
    expect(await rooms.events(ONE)).toEqual([
      '11-10 20:00 Accepted at USPS Origin Facility',
      '11-10 21:30 asked answered',
    ]);
  });

  test('a refusal that is repeated is one notice, and each asking is kept', async () => {
    await story(usps.variables, ONE);
    usps.withholds(ONE);
    await ask();
    clock.to('2026-11-12T02:00:00Z');
    expect(await ask()).toEqual([ONE]);
    expect(await rooms.events(ONE)).toEqual(['11-11 02:00 150012 withheld', '11-12 02:00 asked withheld']);
    expect(await rooms.sql('SELECT outcome FROM carrier_answer ORDER BY asked_at')).toEqual([
      { outcome: 'withheld' },
      { outcome: 'withheld' },
    ]);
    expect(await rooms.sql('SELECT count(*) AS n FROM answer_body')).toEqual([{ n: 1 }]);
  });

  test('a refusal after the parcel was shown again is another notice', async () => {
    await story(usps.variables, ONE);
    usps.withholds(ONE);
    await ask();
    clock.to('2026-11-12T02:00:00Z');
    usps.shows(ONE, [ACCEPTED]);
    await ask();
    clock.to('2026-11-13T02:00:00Z');
    usps.withholds(ONE);
    await ask();
    const notices = (await rooms.events(ONE)).filter((said) => said.includes('150012'));
    expect(notices).toEqual(['11-11 02:00 150012 withheld', '11-13 02:00 150012 withheld']);
  });

  test('every raw answer is kept byte for byte', async () => {
    await story(usps.variables, ONE);
    const body = '{"apiVersion":"/tracking/v3",  "error":{"code":"150001","message":"é"}}';
    usps.says(ONE, { status: 404, body });
    await ask();
    const [kept] = await rooms.sql<{ bytes: Buffer; http_status: number; outcome: string }>(
      'SELECT * FROM carrier_answer JOIN answer_body ON sha256 = body_sha256',
    );
    expect(kept?.bytes.toString('utf8')).toBe(body);
    expect(kept).toMatchObject({ http_status: 404, outcome: 'not_found' });
  });

  test('what has arrived, or went back, or lies dead is left alone', async () => {
    await story(usps.variables, ONE);
    await rooms.labels(label(TWO, { ship_date: '2026-09-20' }), label(THREE, { ship_date: '2026-07-01' }));
    usps.shows(ONE, [DELIVERED, ACCEPTED]);
    expect(await ask()).toEqual([ONE]);
    expect(await nextOf(ONE)).toBe('never');
    expect(await nextOf(TWO)).toBe('never');
    expect(await nextOf(THREE)).toBe('no row');
    for (const day of ['2026-11-12', '2026-12-20', '2027-03-01']) {
      clock.to(`${day}T02:00:00Z`);
      expect(await ask()).toEqual([]);
    }
  });

  test('numbers that are damaged, of other carriers or none at all are never asked about', async () => {
    const damaged = `${ONE.slice(0, -1)}${(Number(ONE.at(-1)) + 5) % 10}`;
    await story(usps.variables, damaged, '1Z999AA10123456784', '9.4001E+21', TWO);
    expect(await ask()).toEqual([TWO]);
    expect(usps.asked).toEqual([TWO]);
  });

  test('what another source has told since is not asked again before its time', async () => {
    await story(usps.variables, ONE);
    clock.to('2026-11-10T22:00:00Z');
    await rooms.tell(ONE, [{ event_code: '03', event_time: ACCEPTED.at }, { outcome: 'answered' }]);
    clock.to('2026-11-11T02:00:00Z');
    expect(await ask()).toEqual([]);
    expect(await nextOf(ONE)).toBe('2026-11-12T10:00:00.000Z');
  });

  test('events that came from elsewhere decide at once, folded or not', async () => {
    await story(usps.variables, ONE);
    await rooms.tell(ONE, [{ event_code: '01', event_time: DELIVERED.at }]);
    expect(await ask()).toEqual([]);
    expect(await nextOf(ONE)).toBe('never');
  });
});

describe('the order', () => {
  test('what is held goes before what is new, that before what is silent, and what moves comes last', async () => {
    await story(usps.variables, ONE);
    await rooms.labels(
      label(TWO, { ship_date: '2026-11-02' }),
      label(THREE, { ship_date: '2026-11-05' }),
      label(FOUR, { ship_date: '2026-11-05' }),
    );
    const asked = { outcome: 'answered', retrieved_at: '2026-11-05T20:00:00Z' };
    await rooms.tell(TWO, [{ event_code: 'GX', event_time: '2026-11-02T20:00:00Z' }, asked]);
    await rooms.tell(THREE, [{ event_code: '03', event_time: '2026-11-05T20:00:00Z' }, asked]);
    const held = 'Package delayed for postage assessment and held awaiting payment';
    await rooms.tell(FOUR, [{ event_text: held, event_time: '2026-11-09T20:00:00Z' }, asked]);
    expect(await ask()).toEqual([FOUR, ONE, TWO, THREE]);
  });

  test('parcels of a suspected vendor are looked at at once, more often, and before those of others', async () => {
    await story({ ...usps.variables, USPS_CALLS_PER_HOUR: '1000' }, ONE, TWO);
    await rooms.labels(label(THREE, { vendor: 'Cheap Labels' }));
    for (const number of [ONE, TWO, THREE]) usps.shows(number, [ANNOUNCED]);
    expect(await ask()).toHaveLength(3);
    clock.to('2026-11-11T14:00:00Z');
    expect(await ask()).toEqual([]);
    await rooms.polling.suspect(['Cheap Labels']);
    expect(await ask()).toEqual([THREE]);
    await rooms.labels(label(FOUR, { vendor: 'Cheap Labels', ship_date: '2026-11-11' }));
    clock.to('2026-11-12T02:00:00Z');
    expect((await ask()).slice(0, 2)).toEqual([FOUR, THREE]);
    await rooms.polling.suspect([]);
    clock.to('2026-11-12T14:30:00Z');
    expect(await ask()).toEqual([]);
  });

  test('labels that may lie unused are looked at rarely', async () => {
    await story(usps.variables);
    await rooms.labels(label(ONE, { kind: 'return' }));
    expect(await ask()).toEqual([ONE]);
    expect(await nextOf(ONE)).toBe('2026-11-18T02:00:00.000Z');
  });
});

describe('of whom', () => {
  test('of USPS first; a number it gives no access to is asked of 17TRACK from then on, and is never "not found"', async () => {
    await story(both(), ONE, TWO);
    usps.givesNoAccess(ONE);
    usps.shows(TWO, [ACCEPTED]);
    track17.shows(ONE, [ACCEPTED]);
    const { heard } = await rooms.polling.askDue();
    expect(heard.map(({ trackingNumber, provider, outcome }) => [trackingNumber, provider, outcome])).toEqual([
      [ONE, 'usps', 'no_access'],
      [TWO, 'usps', 'answered'],
      [ONE, '17track', 'answered'],
    ]);
    expect(await nextOf(ONE, 'usps')).toBe('2026-12-11T02:00:00.000Z');
    expect(await nextOf(TWO, '17track')).toBe('no row');
    expect((await rooms.events(ONE)).at(-1)).toBe('11-11 02:00 asked answered');
    const asked = await rooms.sql(
      `SELECT outcome, source FROM event WHERE kind = 'ask' AND tracking_number = $1 ORDER BY 1`,
      [ONE],
    );
    expect(asked).toEqual([
      { outcome: 'answered', source: '17TRACK' },
      { outcome: 'no_access', source: 'USPS Tracking API' },
    ]);
    expect(usps.asked).toEqual([ONE, TWO]);
  });

  test('an account with 17TRACK that comes later takes over what USPS refuses', async () => {
    await story(usps.variables, ONE);
    usps.givesNoAccess(ONE);
    await ask();
    clock.to('2026-11-12T02:00:00Z');
    track17.shows(ONE, [ACCEPTED]);
    await story(both());
    expect(await ask()).toEqual([ONE]);
    expect(track17.named('gettrackinfo')).toEqual([[ONE]]);
  });

  test('a number that both refuse is left alone for weeks', async () => {
    await story(both(), ONE);
    usps.givesNoAccess(ONE);
    track17.unwanted.set(ONE, -18019903);
    for (let day = 11; day <= 30; day += 1) {
      clock.to(`2026-11-${day}T02:00:00Z`);
      await ask();
    }
    expect(usps.asked).toEqual([ONE]);
    expect(track17.named('register').length).toBeLessThanOrEqual(22);
    expect(track17.named('gettrackinfo')).toEqual([]);
  });

  test('forty numbers a call, each registered once; registered before is as good', async () => {
    const many = Array.from({ length: 95 }, (_, index) => numberOf(100 + index));
    await story(track17.variables, ...many);
    for (const number of many) track17.shows(number, [ACCEPTED]);
    track17.registered.add(many[7] ?? '');
    expect((await ask()).toSorted()).toEqual(many.toSorted());
    expect(track17.named('register').map((numbers) => numbers.length)).toEqual([40, 40, 15]);
    expect(track17.named('gettrackinfo').map((numbers) => numbers.length)).toEqual([40, 40, 15]);
    expect(track17.mostWithin(1000)).toBeLessThanOrEqual(3);
    clock.to('2026-11-13T02:00:00Z');
    expect(await ask()).toHaveLength(95);
    expect(track17.named('register')).toHaveLength(3);
    expect(await rooms.sql(`SELECT count(*) AS n FROM event WHERE kind = 'event'`)).toEqual([{ n: 95 }]);
    expect(await rooms.sql('SELECT count(DISTINCT body_sha256) AS n FROM carrier_answer')).toEqual([{ n: 3 }]);
  });

  test('that 17TRACK has nothing yet of a number it has just begun to follow is no answer; a day later it is', async () => {
    await story(track17.variables, ONE);
    const { heard } = await rooms.polling.askDue();
    expect(heard).toMatchObject([{ outcome: null, why: expect.stringContaining('begun to follow') }]);
    expect(await rooms.events(ONE)).toEqual([]);
    expect(await nextOf(ONE, '17track')).toBe('2026-11-11T03:00:00.000Z');
    clock.to('2026-11-11T09:00:00Z');
    await ask();
    expect(await rooms.events(ONE)).toEqual(['11-11 09:00 asked not_found']);
  });

  test('a number that 17TRACK dropped is registered again', async () => {
    await story(track17.variables, ONE);
    track17.shows(ONE, [ACCEPTED]);
    await ask();
    track17.registered.clear();
    clock.to('2026-11-13T02:00:00Z');
    await ask();
    clock.to('2026-11-13T04:00:00Z');
    await ask();
    expect(await rooms.events(ONE)).toEqual([
      '11-10 20:00 Accepted at USPS Origin Facility',
      '11-11 02:00 asked answered',
      '11-13 02:00 asked error',
      '11-13 04:00 asked answered',
    ]);
  });
});

describe('by hand', () => {
  test('any number of USPS is asked about, once, whatever is due and whether it is known', async () => {
    await story(both());
    usps.shows(ONE, [ACCEPTED]);
    usps.givesNoAccess(TWO);
    track17.shows(TWO, [ACCEPTED]);
    const { heard, left } = await rooms.polling.askThese([ONE, TWO, ONE]);
    expect(heard.map(({ trackingNumber, provider }) => [trackingNumber, provider])).toEqual([
      [ONE, 'usps'],
      [TWO, 'usps'],
      [TWO, '17track'],
    ]);
    expect(left).toEqual([]);
    clock.to('2026-11-13T02:00:00Z');
    expect(await ask()).toEqual([]);
    expect(await rooms.sql('SELECT count(*) AS n FROM journey')).toEqual([{ n: 0 }]);
    await rooms.fold();
    expect(await rooms.sql('SELECT count(*) AS n FROM journey')).toEqual([{ n: 2 }]);
  });

  test('a number asked about before its label came is watched once the label is there', async () => {
    await story(usps.variables);
    await rooms.polling.askThese([ONE]);
    expect(await nextOf(ONE)).toBe('never');
    await rooms.labelled([ONE]);
    clock.to('2026-11-12T14:00:00Z');
    expect(await ask()).toEqual([ONE]);
    expect(await nextOf(ONE)).not.toBe('never');
  });

  test('what the quota leaves goes before all else as soon as it may', async () => {
    await story(usps.variables, numberOf(20), numberOf(21));
    const wanted = Array.from({ length: 6 }, (_, index) => numberOf(30 + index));
    const { heard, left } = await rooms.polling.askThese(wanted);
    expect(heard).toHaveLength(4);
    expect(left).toMatchObject([{ provider: 'usps', trackingNumbers: wanted.slice(4), why: 'the quota is used up' }]);
    expect(left[0]?.until).toBeGreaterThan(now());
    clock.to(61_000);
    expect(await ask()).toEqual([...wanted.slice(4), numberOf(20), numberOf(21)]);
  });
});

/** A notice becomes one mail with what is still to be stopped; the same again becomes none, whatever is repeated. */
import { load } from 'cheerio';
import type { ParsedMail } from 'mailparser';
import { Alerting, attached, soldBy } from '../support/alerting.ts';
import { heldEvent, movedEvent, noticeEvent } from '../support/daily.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';

const VENDOR = 'Harbor Postage';
const number = (serial: number): string => impb('001', '900000044', serial);
const html = (mail: ParsedMail | undefined): string => load(mail?.html || '').text();

describe('the first notice', () => {
  const story = new Alerting(useDatabase());
  let mails: ParsedMail[];
  beforeAll(async () => {
    await story.open();
    story.days.at('2026-11-10T06:05:00Z');
    await story.take('labels', [
      soldBy(VENDOR, 1, { charged: '7.35' }),
      ...[2, 3].map((serial) => soldBy(VENDOR, serial)),
      soldBy(VENDOR, 4, { handed_over_at: '2026-11-09T18:00:00Z', order_value: '40.00' }),
      soldBy(VENDOR, 5, { handed_over_at: '2026-11-12T18:00:00Z' }),
      soldBy(VENDOR, 6, { status: 'voided', voided_by: 'us', voided_at: '2026-11-08T12:00:00Z' }),
      soldBy(VENDOR, 7, { kind: 'return' }),
      soldBy(VENDOR, 8, { purchased_at: '2026-10-01T09:00:00Z', ship_date: '2026-10-01' }),
      soldBy(VENDOR, 9),
      soldBy(VENDOR, 10, { order_id: 'SO-9' }),
      soldBy(VENDOR, 11, { order_value: '25.00', order_currency: 'EUR' }),
      soldBy(VENDOR, 12, { order_value: '', order_currency: '' }),
      soldBy(VENDOR, 13),
      soldBy('Sound Labels', 20),
    ]);
    await story.take('tracking', [
      noticeEvent(1, '2026-11-09T09:00:00Z'),
      ...[9, 10, 11, 12].map((serial) => movedEvent(serial, '2026-11-09T10:00:00Z')),
      { ...movedEvent(13, '2026-11-09T10:00:00Z'), event_code: '01', event_text: 'Delivered' },
      { ...movedEvent(2, '2026-11-08T10:00:00Z'), event_code: 'MA', event_text: 'Shipping Label Created' },
    ]);
    mails = await story.tell();
  });
  afterAll(() => story.close());

  test('is one mail, to those who are to be told at once, under a subject that says what and how many', () => {
    expect(mails).toHaveLength(1);
    expect(story.server.taken[0]?.to).toEqual(['counsel@example.com']);
    expect(mails[0]?.subject).toBe('Counterfeit notice: 1 label of Harbor Postage');
    expect(mails[0]?.headers.get('x-severity')).toBe('critical');
    expect(mails[0]?.messageId).toMatch(/^<alert\.20261110T060500Z-[0-9a-f]{8}@postage\.example\.com>$/);
  });

  test.each(['text', 'html'] as const)('says in its %s part first what was stated, by whom and when', (part) => {
    const shown = part === 'text' ? (mails[0]?.text ?? '') : html(mails[0]);
    const stated = 'On 2026-11-09 09:00 UTC the tracking source (usps) stated about 1 label: "Tracking information';
    expect(shown).toContain(stated);
    expect(shown.indexOf(stated)).toBeLessThan(shown.indexOf('Do not hand over'));
  });

  test.each(['text', 'html'] as const)('is complete in its %s part', (part) => {
    const shown = part === 'text' ? (mails[0]?.text ?? '') : html(mails[0]);
    for (const words of [
      number(1),
      'order SO-1',
      'charged USD 7.35',
      'payment not shown · attributed to the vendor · proven',
      'Stop using labels of Harbor Postage that have not been mailed yet',
      'Do not hand over 3 labels of Harbor Postage until it is proven that their postage was paid.',
      'Of 2 of them no source of tracking has told anything',
      '6 parcels of Harbor Postage are in transit.',
      'The goods of their orders are worth EUR 25.00, USD 240.00.',
      'Of 1 the value of the order is not stated.',
      'it accuses nobody',
    ]) {
      expect(shown).toContain(words);
    }
    expect(mails[0]?.[part]).toContain('https://postage.example.com/findings/');
  });

  test('lists what was not handed over: in use, lately bought, not seen with the carrier', () => {
    const rows = attached(mails[0], 'stop-list.csv') ?? [];
    expect(rows.map((row) => row['tracking_number'])).toEqual([2, 3, 5].map(number));
    expect(rows[0]).toEqual({
      tracking_number: number(2),
      vendor: VENDOR,
      label_id: 'S2',
      order_id: 'SO-2',
      purchased_at: '2026-11-08T09:00:00Z',
      ship_date: '2026-11-08',
      charged: '7.31',
      currency: 'USD',
      reason: 'not handed over by our records; tracking on file does not show it with the carrier',
    });
    expect(rows[1]?.['reason']).toBe('not handed over by our records; no tracking on file');
    for (const serial of [2, 3, 5]) expect(mails[0]?.text).toContain(`${number(serial)} · order SO-${serial}`);
  });

  test('lists what is in transit, an order that goes in two parcels counted once in their worth', () => {
    const rows = attached(mails[0], 'in-transit.csv') ?? [];
    expect(rows.map((row) => [row['tracking_number'], row['standing']])).toEqual([
      [number(1), 'stopped'],
      [number(4), 'handed over by our records, not scanned yet'],
      ...[9, 10, 11, 12].map((serial) => [number(serial), 'scanned']),
    ]);
    expect(rows[2]).toMatchObject({
      order_value: '100.00',
      order_currency: 'USD',
      last_scan_at: '2026-11-09T10:00:00Z',
    });
  });

  test('lists the label told of, with the statement and the finding', () => {
    expect(attached(mails[0], 'labels.csv')).toMatchObject([
      {
        tracking_number: number(1),
        rule: 'counterfeit-postage-notice',
        stated_by: 'usps',
        stated_at: '2026-11-09T09:00:00Z',
        code: '150012',
        attribution: 'vendor',
        charged: '7.35',
      },
    ]);
  });

  test('is told once, however often it is judged, told and sent', async () => {
    expect(await story.tell()).toEqual([]);
    await story.take('tracking', [{ ...noticeEvent(1, '2026-11-10T09:00:00Z'), city: 'Phoenix' }]);
    expect(await story.days.at('2026-11-11T06:05:00Z').report('2026-11-11')).toMatchObject({ fresh: true });
    expect(await story.tell()).toEqual([]);
  });
});

describe('what is found together, and after one another', () => {
  const database = useDatabase();
  const story = new Alerting(database);
  beforeAll(() => story.open());
  afterAll(() => story.close());

  test('forty at once are one mail', async () => {
    const serials = Array.from({ length: 40 }, (_, index) => index + 1);
    story.days.at('2026-11-10T06:05:00Z');
    await story.take(
      'labels',
      serials.map((serial) => soldBy(VENDOR, serial)),
    );
    await story.take(
      'tracking',
      serials.map((serial) => noticeEvent(serial, '2026-11-09T09:00:00Z')),
    );
    const [mail, ...others] = await story.tell();
    expect(others).toEqual([]);
    expect(mail?.subject).toBe('Counterfeit notice: 40 labels of Harbor Postage');
    expect(mail?.text).toContain('No label of Harbor Postage waits to be handed over.');
    expect(mail?.text).toContain(number(40));
    expect(attached(mail, 'labels.csv')).toHaveLength(40);
    expect(attached(mail, 'stop-list.csv')).toBeNull();
  });

  test('a hold, then a notice about the same label are two alerts, one each rule', async () => {
    story.days.at('2026-11-11T06:05:00Z');
    await story.take('labels', [soldBy('Sound Labels', 50), soldBy('Sound Labels', 51)]);
    await story.take('tracking', [heldEvent(50, '2026-11-10T09:00:00Z')]);
    const [held] = await story.tell();
    expect(held?.subject).toBe('Held for postage: 1 label of Sound Labels');
    expect(held?.text).toContain('what was stated does not say whose doing it is');
    expect(held?.text).not.toContain('Do not hand over');
    expect(attached(held, 'stop-list.csv')).toBeNull();

    story.days.at('2026-11-11T07:05:00Z');
    await story.take('tracking', [noticeEvent(50, '2026-11-11T06:30:00Z')]);
    const [notice, ...others] = await story.tell();
    expect(others).toEqual([]);
    expect(notice?.subject).toBe('Counterfeit notice: 1 label of Sound Labels');
    expect(attached(notice, 'labels.csv')?.map(({ rule }) => rule)).toEqual(['counterfeit-postage-notice']);
    expect(attached(notice, 'stop-list.csv')?.map((row) => row['tracking_number'])).toEqual([number(51)]);
  });

  test('a hold that was lifted and stands again is the same finding, and not told again', async () => {
    story.days.at('2026-11-12T06:05:00Z');
    await story.take('labels', [soldBy('Sound Labels', 60)]);
    await story.take('tracking', [heldEvent(60, '2026-11-11T09:00:00Z')]);
    expect(await story.tell()).toHaveLength(1);
    story.days.at('2026-11-13T06:05:00Z');
    await story.take('tracking', [movedEvent(60, '2026-11-12T09:00:00Z')]);
    await story.days.audit();
    story.days.at('2026-11-14T06:05:00Z');
    await story.take('tracking', [heldEvent(60, '2026-11-13T09:00:00Z')]);
    expect(await story.tell()).toEqual([]);
    const states = await database
      .dataSource()
      .query(`SELECT state FROM finding WHERE tracking_number = $1 AND rule = 'held-for-postage'`, [number(60)]);
    expect(states).toEqual([{ state: 'reopened' }]);
  });

  test('what was closed before its mail was written is left out, and told when it is open again', async () => {
    story.days.at('2026-11-15T06:05:00Z');
    await story.take('labels', [soldBy('Coast Labels', 70), soldBy('Coast Labels', 71)]);
    await story.take(
      'tracking',
      [70, 71].map((serial) => heldEvent(serial, '2026-11-14T09:00:00Z')),
    );
    await story.days.audit();
    const sql = (text: string): Promise<unknown> => database.dataSource().query(text);
    // Batched, and then the process died; meanwhile both are closed.
    await sql(`INSERT INTO alert (tracking_number, finding_id, rule, vendor, found_at, noted_at, batch)
      SELECT tracking_number, id, rule, vendor, first_seen_at, first_seen_at, 'died' FROM finding WHERE vendor = 'Coast Labels'`);
    await sql(`UPDATE finding SET state = 'dismissed' WHERE vendor = 'Coast Labels'`);
    expect(await story.tellFound()).toEqual([]);
    expect(await story.outcomes()).toMatchObject({ [number(70)]: 'gone', [number(71)]: 'gone' });
    await sql(`UPDATE finding SET state = 'reopened' WHERE tracking_number = '${number(70)}'`);
    const [mail] = await story.tellFound();
    expect(mail?.subject).toBe('Held for postage: 1 label of Coast Labels');
    expect(await story.outcomes()).toMatchObject({ [number(70)]: 'told', [number(71)]: 'gone' });
  });
});

describe('numbers that were used before their purchase', () => {
  const story = new Alerting(useDatabase());
  const delivered = (serial: number, at: string) => ({
    ...movedEvent(serial, at),
    event_code: '01',
    event_text: 'Delivered',
  });
  const numbers = (mail: ParsedMail | undefined, file: string) =>
    attached(mail, file)
      ?.map((row) => row['tracking_number'])
      .toSorted();
  let mails: ParsedMail[];
  beforeAll(async () => {
    await story.open();
    story.days.at('2026-11-10T06:05:00Z');
    await story.take('labels', [
      ...[1, 2, 3, 4, 6].map((serial) => soldBy(VENDOR, serial)),
      soldBy(VENDOR, 5, { handed_over_at: '2026-11-09T18:00:00Z' }),
      soldBy(VENDOR, 7, { purchased_at: '2026-11-08' }),
    ]);
    await story.take('tracking', [
      noticeEvent(1, '2026-11-09T09:00:00Z'),
      movedEvent(2, '2026-09-01T10:00:00Z'),
      ...[3, 4, 5].map((serial) => delivered(serial, '2026-09-02T10:00:00Z')),
      movedEvent(4, '2026-11-09T10:00:00Z'),
      movedEvent(6, '2026-11-07T20:00:00Z'),
      movedEvent(7, '2026-11-06T20:00:00Z'),
    ]);
    mails = await story.tell();
  });
  afterAll(() => story.close());

  test('are to be stopped like any other, for the scans are of an earlier parcel', () => {
    expect(numbers(mails[0], 'stop-list.csv')).toEqual([2, 3, 7].map(number));
  });

  test('are in transit once seen or handed over, whatever was delivered before; a day of doubt about a zone is allowed', () => {
    expect(numbers(mails[0], 'in-transit.csv')).toEqual([1, 4, 5, 6].map(number));
  });
});

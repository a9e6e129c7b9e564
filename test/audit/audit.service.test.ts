import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';

const HELD = 'Package delayed for postage assessment and held awaiting payment';

/** An honest label: Los Angeles to Phoenix, zone 4, a price 7 % under commercial. */
function label(over: Record<string, string> = {}): Record<string, string> {
  return {
    tracking_number: impb('001', '900000044', 1),
    vendor: 'Story Labels',
    label_id: 'S1',
    purchased_at: '2026-11-10T09:00:00Z',
    ship_date: '2026-11-10',
    service: 'ground_advantage',
    rate_type: 'weight',
    packaging: 'package',
    weight_oz: '8',
    origin_zip: '90058',
    destination_zip: '85004',
    charged: '7.31',
    ...over,
  };
}

function event(over: Record<string, string> = {}): Record<string, string> {
  return {
    tracking_number: impb('001', '900000044', 1),
    event_time: '2026-11-11T09:00:00Z',
    event_text: HELD,
    source: 'usps',
    ...over,
  };
}

describe('an audit run', () => {
  const database = useDatabase();
  const story = new Auditing(database.dataSource);
  const number = (serial: number): string => impb('001', '900000044', serial);

  test('judges what is new, then nothing, then only the parcels that changed', async () => {
    await story.take(
      'labels',
      [1, 2, 3].map((n) => label({ tracking_number: number(n), label_id: `A${n}` })),
    );
    expect(await story.audit('2026-11-12T06:00:00Z')).toBe(3);
    expect(await story.audit('2026-11-12T06:00:00Z')).toBe(0);
    await story.take('tracking', [
      event({ tracking_number: number(2), event_code: '03', event_text: 'USPS in possession of item' }),
    ]);
    expect(await story.audit('2026-11-12T06:00:00Z')).toBe(1);
  });

  test('opens a finding, resolves it when the hold is lifted, reopens it when the parcel is held again', async () => {
    const held = number(10);
    await story.take('labels', [label({ tracking_number: held, label_id: 'B1' })]);
    await story.take('tracking', [event({ tracking_number: held })]);
    await story.audit('2026-11-11T12:00:00Z');
    await story.take('tracking', [
      event({ tracking_number: held, event_time: '2026-11-12T09:00:00Z', event_code: 'T1', event_text: 'Departed' }),
    ]);
    await story.audit('2026-11-12T12:00:00Z');
    await story.take('tracking', [event({ tracking_number: held, event_time: '2026-11-13T09:00:00Z' })]);
    await story.audit('2026-11-13T12:00:00Z');
    expect(await story.history(held, 'held-for-postage')).toEqual([
      'found: open',
      'resolved: resolved',
      'reopened: reopened',
    ]);
  });

  test('looks again by itself when time alone makes a hold a long one', async () => {
    const held = number(11);
    await story.take('labels', [label({ tracking_number: held, label_id: 'B2' })]);
    await story.take('tracking', [event({ tracking_number: held })]);
    await story.audit('2026-11-12T06:00:00Z');
    expect(await story.findings({ number: held })).toMatchObject([{ severity: 'medium' }]);
    await story.audit('2026-11-15T06:00:00Z');
    expect(await story.findings({ number: held })).toMatchObject([{ severity: 'high', state: 'open' }]);
  });

  test('as of an earlier day knows nothing of later rows, and learns them again afterwards', async () => {
    const held = number(12);
    await story.take('labels', [label({ tracking_number: held, label_id: 'B3' })]);
    await story.take('tracking', [event({ tracking_number: held, event_time: '2026-11-20T09:00:00Z' })]);
    await story.audit('2026-11-21T06:00:00Z');
    expect(await story.findings({ number: held })).toMatchObject([{ state: 'open' }]);
    await story.audit('2026-11-19T06:00:00Z');
    expect(await story.findings({ number: held })).toMatchObject([{ state: 'resolved' }]);
    await story.audit('2026-11-21T06:00:00Z');
    expect(await story.findings({ number: held })).toMatchObject([{ state: 'reopened' }]);
  });

  test('as of a day between void and refund the label is voided, not live', async () => {
    const unused = number(15);
    await story.take('labels', [
      label({
        tracking_number: unused,
        label_id: 'B5',
        status: 'refunded',
        voided_by: 'us',
        voided_at: '2026-11-12T09:00:00Z',
        refunded_at: '2026-11-28T09:00:00Z',
      }),
    ]);
    const ask = { tracking_number: unused, source: 'usps', outcome: 'answered' };
    await story.take('tracking', [{ ...ask, retrieved_at: '2026-11-22T05:00:00Z' }]);
    await story.audit('2026-11-22T06:00:00Z');
    expect(await story.findings({ number: unused })).toEqual([]);
  });

  test('a repeat of the same audit leaves its record as it was', async () => {
    const record = (): Promise<unknown> =>
      database.dataSource().query('SELECT id, state, parcels FROM run ORDER BY id');
    await story.audit('2026-11-29T06:00:00Z');
    const before = await record();
    await story.audit('2026-11-29T06:00:00Z');
    expect(await record()).toEqual(before);
  });

  test('a label bought after the clock of the audit waits for its day', async () => {
    const later = { tracking_number: number(13), label_id: 'B4', charged: '1.00' };
    await story.take('labels', [label({ ...later, purchased_at: '2026-11-25T09:00:00Z', ship_date: '2026-11-25' })]);
    await story.audit('2026-11-24T06:00:00Z');
    expect(await story.findings({ number: number(13) })).toEqual([]);
    await story.audit('2026-11-25T10:00:00Z');
    expect(await story.findings({ number: number(13) })).toMatchObject([{ rule: 'below-floor-price' }]);
  });

  test('a number sold by two vendors is judged on the later sale', async () => {
    const twice = number(14);
    await story.take('labels', [
      label({ tracking_number: twice, label_id: 'C1', order_id: 'O1' }),
      label({
        tracking_number: twice,
        label_id: 'C2',
        order_id: 'O2',
        vendor: 'Other Labels',
        purchased_at: '2026-11-18T09:00:00Z',
      }),
    ]);
    await story.audit('2026-11-20T06:00:00Z');
    expect(await story.findings({ number: twice })).toMatchObject([
      { rule: 'tracking-number-reused', vendor: 'Other Labels', severity: 'critical', attribution: 'vendor' },
    ]);
  });

  test('the second parcel of an order completes what is declared for the first', async () => {
    const order = {
      order_id: 'O9',
      order_value: '100.00',
      order_currency: 'USD',
      declared_value: '50.00',
      order_parcels: '2',
    };
    await story.take('labels', [label({ tracking_number: number(20), label_id: 'D1', ...order })]);
    await story.audit('2026-11-20T06:00:00Z');
    expect(await story.findings({ number: number(20) })).toEqual([]);
    await story.take('labels', [
      label({ tracking_number: number(21), label_id: 'D2', ...order, declared_value: '20.00' }),
    ]);
    await story.audit('2026-11-20T06:00:00Z');
    expect(await story.findings({ rule: 'declared-below-order' })).toMatchObject([
      { tracking_number: number(20), verdict: 'value_suspect' },
      { tracking_number: number(21), verdict: 'value_suspect' },
    ]);
  });

  test('twenty impossible prices of one vendor make every one of them critical, the first ones too', async () => {
    const flat = (n: number): Record<string, string> =>
      label({ tracking_number: number(100 + n), label_id: `E${n}`, vendor: 'Two Dollar Labels', charged: '2.00' });
    const severities = async (): Promise<Set<string>> => {
      const found = await story.findings({ rule: 'below-floor-price' });
      return new Set(found.filter(({ vendor }) => vendor === 'Two Dollar Labels').map(({ severity }) => severity));
    };
    await story.take(
      'labels',
      Array.from({ length: 19 }, (_, n) => flat(n)),
    );
    await story.audit('2026-11-20T06:00:00Z');
    expect(await severities()).toEqual(new Set(['high']));
    await story.take('labels', [flat(19)]);
    await story.audit('2026-11-20T06:00:00Z');
    expect(await severities()).toEqual(new Set(['critical']));
  });

  test('holds at three vendors on one day are one finding about the carrier, not many about labels', async () => {
    const rows = ['North', 'East', 'South'].flatMap((vendor, v) =>
      Array.from({ length: 4 }, (_, n) => ({
        vendor,
        tracking_number: number(200 + v * 10 + n),
        label_id: `F${v}${n}`,
      })),
    );
    await story.take(
      'labels',
      rows.map((row) => label(row)),
    );
    await story.take(
      'tracking',
      rows.map(({ tracking_number }) => event({ tracking_number, event_time: '2026-11-26T09:00:00Z' })),
    );
    await story.audit('2026-11-27T06:00:00Z');
    const found = await story.findings({ rule: 'held-for-postage' });
    const ofThatDay = found.filter(
      ({ tracking_number }) =>
        tracking_number.startsWith('@') || rows.some((row) => row.tracking_number === tracking_number),
    );
    expect(ofThatDay).toMatchObject([{ tracking_number: '@carrier/2026-11-26', vendor: null, attribution: 'carrier' }]);
  });
});

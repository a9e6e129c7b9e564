/** Labels scanned before they were bought, and labels for another place than their order, told over a whole audit. */
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';

const AS_OF = '2026-12-01T06:00:00Z';

type Row = Record<string, string>;

const number = (serial: number): string => impb('001', '900000091', serial);

function label(serial: number, over: Row = {}): Row {
  return {
    tracking_number: number(serial),
    vendor: 'Story Labels',
    label_id: `S${serial}`,
    purchased_at: '2026-11-20T09:00:00Z',
    ship_date: '2026-11-20',
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

/** An event, of a source that states it has answered. */
function event(serial: number, at: string, over: Row): Row {
  return {
    tracking_number: number(serial),
    event_time: at,
    source: 'usps',
    outcome: 'answered',
    retrieved_at: '2026-11-30T05:00:00Z',
    ...over,
  };
}

const accepted = (serial: number, at: string): Row =>
  event(serial, at, { event_code: '03', event_text: 'USPS in possession of item', zip: '90058' });
const delivered = (serial: number, at: string, zip = ''): Row =>
  event(serial, at, { event_code: '01', event_text: 'Delivered, Front Door/Porch', zip });
const announced = (serial: number, at: string): Row =>
  event(serial, at, { event_code: 'MA', event_text: 'Shipping Label Created, USPS Awaiting Item' });

describe('a parcel scanned before its label was bought', () => {
  const rule = 'scanned-before-purchase';
  let nextSerial = 100;
  const database = useDatabase();
  const story = new Auditing(database.dataSource);

  test('is high, and critical where it had been delivered five days before', async () => {
    await story.take('labels', [label(1), label(2)]);
    await story.take('tracking', [
      accepted(1, '2026-11-17T20:00:00Z'),
      accepted(2, '2026-11-10T20:00:00Z'),
      delivered(2, '2026-11-14T18:00:00Z'),
    ]);
    await story.audit(AS_OF);
    expect(await story.findings({ rule })).toMatchObject([
      { tracking_number: number(1), severity: 'high', verdict: 'payment_unproven', attribution: 'vendor' },
      { tracking_number: number(2), severity: 'critical', verdict: 'payment_unproven', attribution: 'vendor' },
    ]);
  });

  test.each<[string, Row, (serial: number) => Row[], string]>([
    ['scanned a day before, in the evening of America', {}, (n) => [accepted(n, '2026-11-19T02:00:00Z')], 'clear'],
    ['scanned after it', {}, (n) => [accepted(n, '2026-11-21T20:00:00Z')], 'clear'],
    ['announced a week before, which no parcel causes', {}, (n) => [announced(n, '2026-11-12T20:00:00Z')], 'clear'],
    [
      'bought on a day that is written without a time',
      { purchased_at: '2026-11-20' },
      (n) => [accepted(n, '2026-11-12T20:00:00Z')],
      'unknown: label.purchased_at',
    ],
    ['charged on use', { kind: 'pay_on_use' }, (n) => [accepted(n, '2026-11-12T20:00:00Z')], 'clear'],
    ['of a return label', { kind: 'return' }, (n) => [accepted(n, '2026-11-12T20:00:00Z')], 'clear'],
    ['and no source was asked', {}, () => [], 'unknown: journey.scanned'],
  ])('is nothing where it was %s', async (_story, over, events, expected) => {
    nextSerial += 1;
    const serial = nextSerial;
    await story.take('labels', [label(serial, over)]);
    if (events(serial).length > 0) await story.take('tracking', events(serial));
    await story.audit(AS_OF);
    expect(await story.answers(number(serial), rule)).toEqual([expected]);
  });

  test('is told about the later of two purchases under one number alone', async () => {
    const first = label(3, { label_id: 'A', purchased_at: '2026-11-09T09:00:00Z', order_id: 'O1' });
    await story.take('labels', [first, label(3, { label_id: 'B', order_id: 'O2' })]);
    await story.take('tracking', [accepted(3, '2026-11-10T20:00:00Z')]);
    await story.audit(AS_OF);
    expect(await story.answers(number(3), rule)).toEqual(['clear', 'fires']);
  });
});

describe('a label for another place than its order', () => {
  const rule = 'label-destination-not-order';
  let nextSerial = 100;
  const database = useDatabase();
  const story = new Auditing(database.dataSource);
  const order = { order_id: 'O1', order_value: '499.00', order_currency: 'USD', order_destination_zip: '10001' };

  test('is high on its way, critical once delivered, and high where it arrived at the order’s place all the same', async () => {
    await story.take(
      'labels',
      [1, 2, 3, 4].map((serial) => label(serial, { ...order, order_id: `O${serial}` })),
    );
    await story.take('tracking', [
      accepted(1, '2026-11-21T20:00:00Z'),
      delivered(2, '2026-11-25T18:00:00Z', '85004'),
      delivered(3, '2026-11-25T18:00:00Z'),
      delivered(4, '2026-11-25T18:00:00Z', '10011'),
    ]);
    await story.audit(AS_OF);
    const found = await story.findings({ rule });
    expect(found.map(({ severity }) => severity)).toEqual(['high', 'critical', 'critical', 'high']);
    expect(new Set(found.map(({ attribution }) => attribution))).toEqual(new Set(['open']));
  });

  test('is found by the number, where the column agrees with the order', async () => {
    await story.take('labels', [
      label(5, { ...order, order_id: 'O5', tracking_number: `42085004${number(5)}`, destination_zip: '10001' }),
    ]);
    await story.audit(AS_OF);
    expect(await story.findings({ number: number(5), rule })).toMatchObject([{ severity: 'high' }]);
  });

  test.each<[string, Row, string]>([
    ['another ZIP of the same area', { ...order, order_destination_zip: '85018-1234' }, 'clear'],
    ['the same ZIP in the number', { ...order, order_destination_zip: '85004', routing: '42085004' }, 'clear'],
    ['no ZIP of the order', { order_id: 'O2' }, 'unknown: order.destination_zip3'],
    ['several orders in one parcel', { ...order, order_id: 'O1;O2' }, 'unknown: order.destination_zip3'],
    ['no ZIP of the label', { ...order, destination_zip: '' }, 'unknown: zone.destination_zip3'],
    ['a parcel abroad', { ...order, destination_country: 'CA', destination_zip: 'K1A 0B1' }, 'clear'],
    ['a return label', { ...order, kind: 'return' }, 'clear'],
    ['a voided label', { ...order, status: 'voided', voided_by: 'us', voided_at: '2026-11-20T12:00:00Z' }, 'clear'],
  ])('is nothing with %s', async (_story, over, expected) => {
    nextSerial += 1;
    const serial = nextSerial;
    const routed = { tracking_number: `${over['routing'] ?? ''}${number(serial)}` };
    await story.take('labels', [label(serial, { ...over, ...routed })]);
    await story.audit(AS_OF);
    expect(await story.answers(number(serial), rule)).toEqual([expected]);
  });
});

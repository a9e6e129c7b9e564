/** Labels that were voided or refunded and then seen by the carrier, told over a whole audit: by us, by the vendor, by nobody known. */
import { Auditing } from '../support/auditing.ts';
import { useDatabase } from '../support/database.ts';
import { impb } from '../support/month/parcel.ts';

const AS_OF = '2026-12-01T06:00:00Z';
const BY_US = 'void-label-used';
const BY_VENDOR = 'vendor-voided-label';

type Row = Record<string, string>;

function label(serial: number, over: Row = {}): Row {
  return {
    tracking_number: impb('001', '900000081', serial),
    vendor: 'Story Labels',
    label_id: `S${serial}`,
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

const SCANNED = { event_code: '03', event_text: 'USPS in possession of item' };
const DELIVERED = { event_code: '01', event_text: 'Delivered, Front Door/Porch' };
const LABEL_MADE = { event_code: 'MA', event_text: 'Shipping Label Created, USPS Awaiting Item' };

/** An event, of a source that states it has answered. */
function event(serial: number, at: string, happening: Row): Row {
  return {
    tracking_number: impb('001', '900000081', serial),
    event_time: at,
    source: 'usps',
    outcome: 'answered',
    retrieved_at: '2026-11-30T05:00:00Z',
    ...happening,
  };
}

const voided = { status: 'voided', voided_by: 'us', voided_at: '2026-11-11T09:00:00Z' };
const undone = { status: 'voided', voided_by: 'vendor', voided_at: '2026-11-13T09:00:00Z' };
const scannedOn12th = { at: '2026-11-12T20:00:00Z', happening: SCANNED };
const deliveredOn15th = { at: '2026-11-15T18:00:00Z', happening: DELIVERED };

interface Told {
  story: string;
  over: Row;
  events: readonly { at: string; happening: Row }[];
  byUs: string;
  byVendor: string;
}

const TOLD: readonly Told[] = [
  {
    story: 'our void, and a scan the day after',
    over: voided,
    events: [scannedOn12th],
    byUs: 'fires',
    byVendor: 'clear',
  },
  {
    story: 'a refund asked for, granted, and a scan in between',
    over: { status: 'refunded', refund_requested_at: '2026-11-11T09:00:00Z', refunded_at: '2026-11-25T09:00:00Z' },
    events: [scannedOn12th],
    byUs: 'fires',
    byVendor: 'clear',
  },
  {
    story: 'the vendor voids it because we had asked',
    over: { ...undone, refund_requested_at: '2026-11-11T09:00:00Z' },
    events: [scannedOn12th],
    byUs: 'fires',
    byVendor: 'clear',
  },
  {
    story: 'a scan within the hour of our void',
    over: { ...voided, voided_at: '2026-11-12T19:10:00Z' },
    events: [scannedOn12th],
    byUs: 'clear',
    byVendor: 'clear',
  },
  {
    story: 'a scan before we asked for the money of a lost parcel',
    over: { status: 'refunded', refund_requested_at: '2026-11-25T09:00:00Z', refunded_at: '2026-11-28T09:00:00Z' },
    events: [scannedOn12th],
    byUs: 'clear',
    byVendor: 'clear',
  },
  {
    story: 'a refund of a delivered parcel that nobody asked for, as goodwill',
    over: { status: 'refunded', refunded_at: '2026-11-20T09:00:00Z' },
    events: [scannedOn12th, deliveredOn15th],
    byUs: 'clear',
    byVendor: 'clear',
  },
  {
    story: 'our void and no scan',
    over: voided,
    events: [{ at: '2026-11-10T20:00:00Z', happening: LABEL_MADE }],
    byUs: 'clear',
    byVendor: 'clear',
  },
  {
    story: 'our void, and no source was asked',
    over: voided,
    events: [],
    byUs: 'unknown: journey.scanned',
    byVendor: 'clear',
  },
  {
    story: 'our void of a return label that the customer used',
    over: { ...voided, kind: 'return' },
    events: [scannedOn12th],
    byUs: 'clear',
    byVendor: 'clear',
  },
  { story: 'the vendor voids it under way', over: undone, events: [scannedOn12th], byUs: 'clear', byVendor: 'fires' },
  {
    story: 'the vendor voids it, and we ask for the money only then',
    over: {
      ...undone,
      status: 'refunded',
      refund_requested_at: '2026-11-14T09:00:00Z',
      refunded_at: '2026-11-16T09:00:00Z',
    },
    events: [scannedOn12th],
    byUs: 'clear',
    byVendor: 'fires',
  },
  {
    story: 'a refund by the vendor before the parcel was mailed',
    over: { status: 'refunded', voided_by: 'vendor', refunded_at: '2026-11-11T09:00:00Z' },
    events: [scannedOn12th],
    byUs: 'clear',
    byVendor: 'fires',
  },
  {
    story: 'a refund by the vendor after delivery, as goodwill',
    over: { status: 'refunded', voided_by: 'vendor', refunded_at: '2026-11-20T09:00:00Z' },
    events: [scannedOn12th, deliveredOn15th],
    byUs: 'clear',
    byVendor: 'clear',
  },
  {
    story: 'a refund by the vendor for a parcel lost on its way',
    over: { status: 'refunded', voided_by: 'vendor', refunded_at: '2026-11-25T09:00:00Z' },
    events: [scannedOn12th],
    byUs: 'clear',
    byVendor: 'clear',
  },
  {
    story: 'a void nobody is named for',
    over: { status: 'voided', voided_at: '2026-11-11T09:00:00Z' },
    events: [scannedOn12th],
    byUs: 'unknown: label.undone_at_our_request',
    byVendor: 'unknown: label.undone_at_our_request',
  },
  {
    story: "the vendor's void of what was never scanned",
    over: undone,
    events: [{ at: '2026-11-10T20:00:00Z', happening: LABEL_MADE }],
    byUs: 'clear',
    byVendor: 'clear',
  },
  {
    story: "the vendor's void, and no source was asked",
    over: undone,
    events: [],
    byUs: 'clear',
    byVendor: 'unknown: journey.scanned',
  },
  {
    story: "the vendor's void of a label that is charged on use",
    over: { ...undone, kind: 'pay_on_use' },
    events: [scannedOn12th],
    byUs: 'clear',
    byVendor: 'clear',
  },
];

describe('a label that was undone and used', () => {
  const database = useDatabase();
  const story = new Auditing(database.dataSource);
  const serialOf = (index: number): number => 100 + index;
  const number = (serial: number): string => impb('001', '900000081', serial);

  beforeAll(async () => {
    await story.take(
      'labels',
      TOLD.map(({ over }, index) => label(serialOf(index), over)),
    );
    await story.take(
      'tracking',
      TOLD.flatMap(({ events }, index) => events.map(({ at, happening }) => event(serialOf(index), at, happening))),
    );
    await story.audit(AS_OF);
  });

  test.each(TOLD.map((told, index) => ({ ...told, index })))('$story', async ({ index, byUs, byVendor }) => {
    const told = number(serialOf(index));
    expect(await story.answers(told, BY_US)).toEqual([byUs]);
    expect(await story.answers(told, BY_VENDOR)).toEqual([byVendor]);
  });

  test('is ours to find where we undid it, and the vendor is asked where he did', async () => {
    const [ours] = await story.findings({ rule: BY_US });
    expect(ours).toMatchObject({ severity: 'high', verdict: 'own_error', attribution: 'us', amount_mills: 7310 });
    const [his] = await story.findings({ rule: BY_VENDOR });
    expect(his).toMatchObject({ severity: 'critical', verdict: 'payment_unproven', attribution: 'vendor' });
  });

  test('is a question to both sides where the vendor gave it back as unused after four weeks', async () => {
    const old = { purchased_at: '2026-10-10T09:00:00Z', ship_date: '2026-10-10', voided_at: '2026-11-10T09:00:00Z' };
    await story.take('labels', [label(1, { ...undone, ...old })]);
    await story.take('tracking', [event(1, '2026-11-12T20:00:00Z', SCANNED)]);
    await story.audit(AS_OF);
    expect(await story.findings({ number: number(1), rule: BY_VENDOR })).toMatchObject([
      { severity: 'high', verdict: 'process_gap', attribution: 'open' },
    ]);
  });

  test('is nobody’s error where the number was sold again and the parcel travels on that purchase', async () => {
    const again = { label_id: 'S2b', purchased_at: '2026-11-11T12:00:00Z' };
    await story.take('labels', [
      label(2, voided),
      label(2, again),
      label(3, undone),
      label(3, { ...again, label_id: 'S3b' }),
    ]);
    await story.take(
      'tracking',
      [2, 3].map((serial) => event(serial, '2026-11-12T20:00:00Z', SCANNED)),
    );
    await story.audit(AS_OF);
    expect(await story.answers(number(2), BY_US)).toEqual(['clear', 'clear']);
    expect(await story.answers(number(3), BY_VENDOR)).toEqual(['clear', 'clear']);
  });

  test('is known from the day of the void on, and not before', async () => {
    await story.take('labels', [label(4, undone)]);
    await story.take('tracking', [event(4, '2026-11-12T20:00:00Z', SCANNED)]);
    await story.audit('2026-11-13T06:00:00Z');
    expect(await story.answers(number(4), BY_VENDOR)).toEqual(['clear']);
    await story.audit('2026-11-13T10:00:00Z');
    expect(await story.findings({ number: number(4), rule: BY_VENDOR })).toMatchObject([{ severity: 'critical' }]);
  });
});

/** Parcels an inspector would ask about, one a verdict, and what sources pushed and answered about the first of them. */
import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Auditing } from './auditing.ts';
import { heldEvent, honestLabel, movedEvent } from './daily.ts';
import { impb } from './month/parcel.ts';
import { COUNTERFEIT } from './timeline.ts';

/** Serial numbers of the parcels, by what is to be found about each. */
export const PARCELS = { sold: 1, held: 2, cloned: 3, released: 4, voided: 5, cheap: 6, quiet: 7, relayed: 8 } as const;

export const numberOf = (parcel: keyof typeof PARCELS): string => impb('001', '900000044', PARCELS[parcel]);

/** The carrier refuses to show the parcel. */
function notice(parcel: keyof typeof PARCELS, at: string, over: Record<string, string> = {}): Record<string, string> {
  return {
    tracking_number: numberOf(parcel),
    event_time: at,
    event_code: '150012',
    event_text: COUNTERFEIT,
    source: 'usps',
    retrieved_at: at,
    ...over,
  };
}

function scan(parcel: keyof typeof PARCELS, at: string, over: Record<string, string>): Record<string, string> {
  return { tracking_number: numberOf(parcel), event_time: at, source: 'usps', retrieved_at: at, ...over };
}

const ACCEPTED = { event_code: '03', event_text: 'Accepted at USPS Origin Facility', city: 'LOS ANGELES', state: 'CA' };
const DELIVERED = { event_code: '01', event_text: 'Delivered, Front Door', city: 'PHOENIX', state: 'AZ', zip: '85004' };

/** Labels, events and a correction of the first label, audited as of 20 November 2026. */
export async function tellEvidence(story: Auditing): Promise<void> {
  const day = '2026-11-10';
  const order = { order_id: 'SO-1', order_value: '499.00', order_currency: 'USD', payment_ref: 'PAY-1' };
  await story.take('labels', [
    honestLabel(1, day, { ...order, charged: '9.99', vendor: 'Lucky Labels' }),
    honestLabel(2, day),
    honestLabel(3, day),
    honestLabel(4, day),
    honestLabel(5, day, { status: 'voided', voided_by: 'us', voided_at: '2026-11-10T12:00:00Z' }),
    honestLabel(6, day, { charged: '1.00' }),
    honestLabel(7, day),
    honestLabel(8, day),
  ]);
  await story.take('labels', [honestLabel(1, day, { ...order, charged: '7.31', vendor: 'Lucky Labels' })]);
  await story.take('tracking', [
    scan('sold', '2026-11-11T09:00:00Z', ACCEPTED),
    notice('sold', '2026-11-12T15:04:00Z'),
    scan('sold', '2026-11-13T08:00:00Z', { event_text: 'Customer says: fraudulent postage', source: 'customer note' }),
    heldEvent(PARCELS.held, '2026-11-12T09:00:00Z'),
    scan('cloned', '2026-11-11T09:00:00Z', ACCEPTED),
    notice('cloned', '2026-11-12T15:04:00Z'),
    scan('cloned', '2026-11-14T15:04:00Z', DELIVERED),
    scan('released', '2026-11-11T09:00:00Z', ACCEPTED),
    notice('released', '2026-11-12T15:04:00Z'),
    movedEvent(PARCELS.released, '2026-11-14T07:00:00Z'),
    scan('voided', '2026-11-11T09:00:00Z', ACCEPTED),
    notice('voided', '2026-11-12T15:04:00Z'),
    notice('relayed', '2026-11-12T15:04:00Z', { source: 'Nobody knows', event_code: '' }),
    { tracking_number: numberOf('sold'), outcome: 'withheld', source: 'usps', retrieved_at: '2026-11-19T05:00:00Z' },
  ]);
  await story.take('invoice', [
    {
      invoice_number: 'INV-7',
      vendor: 'Lucky Labels',
      charge_type: 'postage',
      amount: '7.31',
      invoice_date: '2026-11-15',
      tracking_number: numberOf('sold'),
    },
  ]);
  await story.audit('2026-11-20T06:00:00Z');
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

export const PUSHED = Buffer.from('{"recipient":"Erika Mustermann","events":[{"status":"Alert"}]}\n');
export const ANSWERED = Buffer.from('{"error":{"code":"150012","message":"fraudulent postage – näher nicht bekannt"}}');
/** No text: a picture, or an answer that was cut. */
export const NO_TEXT = Buffer.from([0xff, 0xd8, 0x00, 0x80]);

/** Puts raw documents about the first parcel where receivers keep them: one pushed, four answers, two of them the same. */
export async function keepRaw(dataSource: DataSource): Promise<void> {
  const number = numberOf('sold');
  await dataSource.query(
    `INSERT INTO webhook_delivery (provider, body_sha256, body, received_at, state, problem, processed_at)
     VALUES ('17track', $1, $2, '2026-11-12T15:10:00Z', 'done', NULL, '2026-11-12T15:10:01Z')`,
    [sha256(PUSHED), PUSHED],
  );
  await dataSource.query('INSERT INTO webhook_parcel VALUES ($1, $2, $3)', [number, '17track', sha256(PUSHED)]);
  for (const bytes of [ANSWERED, NO_TEXT]) {
    await dataSource.query('INSERT INTO answer_body (sha256, bytes) VALUES ($1, $2)', [sha256(bytes), bytes]);
  }
  const answers: [string, number | null, string, string | null][] = [
    ['2026-11-13T05:00:00Z', 400, 'withheld', sha256(ANSWERED)],
    ['2026-11-14T05:00:00Z', 400, 'withheld', sha256(ANSWERED)],
    ['2026-11-15T05:00:00Z', 502, 'error', sha256(NO_TEXT)],
    ['2026-11-16T05:00:00Z', null, 'error', null],
  ];
  for (const [at, status, outcome, body] of answers) {
    await dataSource.query(
      `INSERT INTO carrier_answer (tracking_number, provider, asked_at, http_status, outcome, body_sha256)
       VALUES ($1, 'usps', $2, $3, $4, $5)`,
      [number, at, status, outcome, body],
    );
  }
}

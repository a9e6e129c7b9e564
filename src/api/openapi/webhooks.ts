/** Documentation of what senders of webhooks call. */
import { z } from 'zod';
import type { Operation } from './operation.ts';

const NUMBER = '9400111899223197428497';

const answer = z.object({
  accepted: z.literal(true),
  repeated: z.boolean().meta({ description: 'The same delivery had come before; nothing changed.' }),
});

const secretParam = z.object({
  secret: z.string().meta({ description: 'The secret that is set here for the sender.' }),
});

const TRACK17 = JSON.stringify({
  event: 'TRACKING_UPDATED',
  data: {
    number: NUMBER,
    carrier: 21051,
    track_info: {
      latest_status: { status: 'InTransit', sub_status: 'InTransit_PickedUp' },
      tracking: {
        providers: [
          {
            provider: { key: 21051, name: 'USPS' },
            events: [
              {
                time_iso: '2026-11-06T09:30:00-08:00',
                time_utc: '2026-11-06T17:30:00Z',
                description: 'Accepted at USPS Origin Facility',
                location: 'LOS ANGELES, CA 90058',
              },
            ],
          },
        ],
      },
    },
  },
});
const EASYPOST = JSON.stringify({
  object: 'Event',
  id: 'evt_example',
  description: 'tracker.updated',
  mode: 'production',
  result: {
    object: 'Tracker',
    tracking_code: NUMBER,
    status: 'in_transit',
    carrier: 'USPS',
    tracking_details: [
      {
        object: 'TrackingDetail',
        message: 'Accepted at USPS Origin Facility',
        status: 'in_transit',
        datetime: '2026-11-06T17:30:00Z',
        source: 'USPS',
        carrier_code: '03',
        tracking_location: { city: 'LOS ANGELES', state: 'CA', country: 'US', zip: '90058' },
      },
    ],
  },
});
const SHIPPO = JSON.stringify({
  event: 'track_updated',
  data: {
    carrier: 'usps',
    tracking_number: NUMBER,
    tracking_status: { status: 'TRANSIT' },
    tracking_history: [
      {
        status: 'TRANSIT',
        status_details: 'Accepted at USPS Origin Facility',
        status_date: '2026-11-06T17:30:00Z',
        location: { city: 'LOS ANGELES', state: 'CA', zip: '90058', country: 'US' },
      },
    ],
  },
});
const USPS = JSON.stringify({
  trackingNumber: NUMBER,
  eventCode: '03',
  eventType: 'ACCEPT OR PICKUP',
  eventTimestamp: '2026-11-06T17:30:00Z',
  eventCity: 'LOS ANGELES',
  eventState: 'CA',
  eventZIP: '90058',
});

type Sender = Pick<Operation, 'path' | 'id' | 'summary' | 'description' | 'example'> & { body: string };

const SENDERS: readonly Sender[] = [
  {
    path: '/api/v1/webhooks/17track',
    id: 'takeFrom17Track',
    summary: 'Take a push of 17TRACK',
    description: 'The header `sign` is hex of SHA-256 over the body, a slash and TRACK17_KEY.',
    body: TRACK17,
    example: {
      path: '/api/v1/webhooks/17track',
      before: `SIGN=$(printf '%s' '${TRACK17}/'"$TRACK17_KEY" | openssl dgst -sha256 -r | cut -c 1-64)`,
      headers: { sign: '$SIGN' },
    },
  },
  {
    path: '/api/v1/webhooks/easypost',
    id: 'takeFromEasyPost',
    summary: 'Take an event of EasyPost',
    description: 'The header `X-Hmac-Signature` is `hmac-sha256-hex=` and hex of the HMAC by EASYPOST_WEBHOOK_SECRET.',
    body: EASYPOST,
    example: {
      path: '/api/v1/webhooks/easypost',
      before: `SIGNATURE=$(printf '%s' '${EASYPOST}' | openssl dgst -sha256 -hmac "$EASYPOST_WEBHOOK_SECRET" -r | cut -c 1-64)`,
      headers: { 'X-Hmac-Signature': 'hmac-sha256-hex=$SIGNATURE' },
    },
  },
  {
    path: '/api/v1/webhooks/shippo/{secret}',
    id: 'takeFromShippo',
    summary: 'Take an event of Shippo',
    description: 'The address ends with SHIPPO_WEBHOOK_SECRET.',
    body: SHIPPO,
    example: { path: '/api/v1/webhooks/shippo/$SHIPPO_WEBHOOK_SECRET' },
  },
  {
    path: '/api/v1/webhooks/usps/{secret}',
    id: 'takeFromUsps',
    summary: 'Take a notification of a USPS subscription',
    description:
      'The address ends with USPS_WEBHOOK_SECRET. Where USPS_WEBHOOK_HMAC_SECRET is set as well, the header `X-HMAC` must be ' +
      'the HMAC-SHA256 of the body by it, in hex or base64: USPS does not publish how it is made.',
    body: USPS,
    example: { path: '/api/v1/webhooks/usps/$USPS_WEBHOOK_SECRET' },
  },
];

const ALWAYS =
  'It needs no access key: what proves the sender is looked for in the bytes as they come. The body is kept byte for byte when ' +
  'the answer comes, and looked into in the background; the same body again changes nothing. The address without ' +
  '`/api/v1` does the same.';

export const webhookOperations: readonly Operation[] = SENDERS.map(
  ({ path, id, summary, description, body, example }): Operation => ({
    method: 'POST',
    path,
    id,
    tag: 'Webhooks',
    summary,
    description: `${description} ${ALWAYS}`,
    ...(path.endsWith('{secret}') && { params: secretParam }),
    body: {
      description: 'What the sender tells, whatever its Content-Type says.',
      required: true,
      content: { 'application/json': { example: body } },
    },
    answers: [{ status: 200, description: 'Kept.', json: { name: 'Delivery', schema: answer } }],
    problems: [400, 401, 413, 503],
    example,
  }),
);

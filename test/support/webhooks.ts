/** Deliveries of webhooks as their senders make them: the bytes, and what proves who sent them. */
import { createHash, createHmac } from 'node:crypto';
import type { Provider } from '../../src/core/mapping/providers/provider.ts';
import { call, type Told } from './http-app.ts';

/** What the service is told of them; Shippo and USPS show theirs in the address. */
export const SECRETS = {
  TRACK17_KEY: '123456ABCDEF',
  EASYPOST_WEBHOOK_SECRET: 's\u00e9cret',
  SHIPPO_WEBHOOK_SECRET: 'known-to-shippo-alone',
  USPS_WEBHOOK_SECRET: 'known-to-usps-alone',
};

export interface Delivery {
  provider: Provider;
  /** Without `/api/v1`. */
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

const hmac = (secret: string, body: Buffer): Buffer => createHmac('sha256', Buffer.from(secret)).update(body).digest();

/** Where each sends to, and what proves the body. */
const SENT: Readonly<Record<Provider, (body: Buffer) => Pick<Delivery, 'path' | 'headers'>>> = {
  '17track': (body) => {
    const sign = createHash('sha256').update(body).update(`/${SECRETS.TRACK17_KEY}`).digest('hex');
    return { path: '/webhooks/17track', headers: { sign } };
  },
  easypost: (body) => {
    const signature = hmac(SECRETS.EASYPOST_WEBHOOK_SECRET.normalize('NFKD'), body).toString('hex');
    return { path: '/webhooks/easypost', headers: { 'x-hmac-signature': `hmac-sha256-hex=${signature}` } };
  },
  shippo: () => ({ path: `/webhooks/shippo/${SECRETS.SHIPPO_WEBHOOK_SECRET}`, headers: {} }),
  usps: () => ({ path: `/webhooks/usps/${SECRETS.USPS_WEBHOOK_SECRET}`, headers: {} }),
};

/** The body as the provider would send it. */
export function delivery(provider: Provider, content: string | Buffer): Delivery {
  const body = Buffer.from(content);
  return { provider, body, ...SENT[provider](body) };
}

/** The signature USPS adds where a second secret is set. */
export function uspsSignature(secret: string, { body }: Delivery, as: 'hex' | 'base64'): Record<string, string> {
  return { 'x-hmac': hmac(secret, body).toString(as) };
}

/** Sends it; more headers win. */
export function deliver(
  url: string,
  { path, headers, body }: Delivery,
  more: Record<string, string> = {},
): Promise<Told> {
  return call(`${url}${path}`, { method: 'POST', headers: { ...headers, ...more }, body });
}

/** What 17TRACK pushes of a parcel: the events it knows, each at a UTC time with its sentence. */
export function track17Push(number: string, events: readonly { at: string; says: string }[]): string {
  return JSON.stringify({
    event: 'TRACKING_UPDATED',
    data: {
      number,
      carrier: 21051,
      param: null,
      tag: '',
      track_info: {
        latest_status: { status: 'InTransit', sub_status: 'InTransit_Other', sub_status_descr: null },
        tracking: {
          providers_hash: 1,
          providers: [
            {
              provider: { key: 21051, name: 'USPS', alias: 'USPS', country: 'US' },
              latest_sync_status: 'Success',
              latest_sync_time: '2026-11-20T08:00:00Z',
              events: events.map(({ at, says }) => ({
                time_iso: at,
                time_utc: at,
                description: says,
                location: 'LOS ANGELES, CA 90058',
                stage: null,
                sub_status: 'InTransit_Other',
                address: { country: 'US', state: 'CA', city: 'LOS ANGELES', street: null, postal_code: '90058' },
              })),
            },
          ],
        },
      },
    },
  });
}

/** A push of one event, another for every number. */
export function movedPush(number: string): string {
  return track17Push(number, [{ at: '2026-11-18T17:30:00Z', says: `Arrived at USPS Regional Facility` }]);
}

/** A domestic number by its serial. */
export function numberOf(serial: number): string {
  return `94001118${String(serial).padStart(14, '0')}`;
}

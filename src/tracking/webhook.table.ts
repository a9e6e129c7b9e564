/** What was pushed to us, byte for byte as it came, and which parcels it is about. */
import { EntitySchema } from 'typeorm';

/** waiting = stored, not looked into yet; done = what it tells stands in events; unreadable = kept, and `problem` says why. */
export const DELIVERY_STATES = ['waiting', 'done', 'unreadable'] as const;

/** One delivery; the same bytes of the same sender are the same delivery, however often they come. */
export interface WebhookDeliveryRow {
  /** 17track | easypost | shippo | usps */
  provider: string;
  /** Hex of SHA-256 over the body as received. */
  bodySha256: string;
  body: Buffer;
  /** When it first came. */
  receivedAt: Date;
  state: string;
  problem: string | null;
  processedAt: Date | null;
}

export const WebhookDeliveryTable = new EntitySchema<WebhookDeliveryRow>({
  name: 'webhook_delivery',
  columns: {
    provider: { type: 'text', primary: true, collation: 'C' },
    bodySha256: { name: 'body_sha256', type: 'char', length: 64, primary: true, collation: 'C' },
    body: { type: 'bytea' },
    receivedAt: { name: 'received_at', type: 'timestamptz' },
    state: { type: 'text' },
    problem: { type: 'text', nullable: true },
    processedAt: { name: 'processed_at', type: 'timestamptz', nullable: true },
  },
  indices: [{ name: 'webhook_delivery_waiting', columns: ['receivedAt'], where: `state = 'waiting'` }],
});

/** A number that a delivery tells of. */
export interface WebhookParcelRow {
  /** Canonical number; the distribution column of a cluster. */
  trackingNumber: string;
  provider: string;
  bodySha256: string;
}

export const WebhookParcelTable = new EntitySchema<WebhookParcelRow>({
  name: 'webhook_parcel',
  columns: {
    trackingNumber: { name: 'tracking_number', type: 'text', primary: true, collation: 'C' },
    provider: { type: 'text', primary: true, collation: 'C' },
    bodySha256: { name: 'body_sha256', type: 'char', length: 64, primary: true, collation: 'C' },
  },
});

/** Events and answers about parcels, from any source. */
import { EntitySchema } from 'typeorm';

/** One event, or (kind = ask) one answer of a source that was asked. */
export interface EventRow {
  /** Canonical number, or a key no barcode can be; the distribution column of a cluster. */
  trackingNumber: string;
  eventTime: Date;
  /** First 128 bits of SHA-256 over code, text and place (an answer: over its outcome and source). */
  eventHash: string;
  /** event | ask */
  kind: string;
  code: string | null;
  text: string | null;
  city: string | null;
  state: string | null;
  zip: string | null;
  country: string | null;
  /** Not part of the identity: the most trusted source that brought the event, of equals the first. */
  source: string | null;
  /** How far that source was trusted when it did: 0 = the carrier itself, greater = trusted less. */
  sourceRank: number;
  /** The latest time any source showed it. */
  retrievedAt: Date | null;
  outcome: string | null;
  mailpieceId: string | null;
  importId: string;
}

export const EventTable = new EntitySchema<EventRow>({
  name: 'event',
  columns: {
    trackingNumber: { name: 'tracking_number', type: 'text', primary: true, collation: 'C' },
    eventTime: { name: 'event_time', type: 'timestamptz', primary: true },
    eventHash: { name: 'event_hash', type: 'char', length: 32, primary: true, collation: 'C' },
    kind: { type: 'text' },
    code: { type: 'text', nullable: true },
    text: { type: 'text', nullable: true },
    city: { type: 'text', nullable: true },
    state: { type: 'text', nullable: true },
    zip: { type: 'text', nullable: true },
    country: { type: 'text', nullable: true },
    source: { type: 'text', nullable: true },
    sourceRank: { name: 'source_rank', type: 'smallint' },
    retrievedAt: { name: 'retrieved_at', type: 'timestamptz', nullable: true },
    outcome: { type: 'text', nullable: true },
    mailpieceId: { name: 'mailpiece_id', type: 'text', nullable: true },
    importId: { name: 'import_id', type: 'char', length: 64 },
  },
  // How sources answered of late is looked up by every audit, among many more events that are no answers.
  indices: [{ name: 'event_answer', columns: ['retrievedAt'], where: 'outcome IS NOT NULL' }],
});

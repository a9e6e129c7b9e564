/** The folded timeline of each parcel. */
import { EntitySchema } from 'typeorm';
import type { StoredDigest } from '../core/journey/stored-digest.ts';

/** One digest a parcel, beside the events it was folded from. */
export interface JourneyRow {
  /** Canonical number, or a key no barcode can be; the distribution column of a cluster. */
  trackingNumber: string;
  /** The parcel.events_revision it covers. */
  eventsRevision: number;
  digestVersion: number;
  digest: StoredDigest;
}

export const JourneyTable = new EntitySchema<JourneyRow>({
  name: 'journey',
  columns: {
    trackingNumber: { name: 'tracking_number', type: 'text', primary: true, collation: 'C' },
    eventsRevision: { name: 'events_revision', type: 'bigint' },
    digestVersion: { name: 'digest_version', type: 'integer' },
    digest: { type: 'jsonb' },
  },
});

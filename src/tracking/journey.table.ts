/** The folded timeline of each parcel. */
import { EntitySchema } from 'typeorm';
import type { StoredDigest } from '../core/journey/stored-digest.ts';

/** One digest a parcel, beside the events it was folded from. */
export interface JourneyRow {
  /** Canonical number, or a key no barcode can be; the distribution column of a cluster. */
  trackingNumber: string;
  /** The parcel.events_revision it covers. */
  eventsRevision: number;
  /** The version of the digest and of the data it was folded by: a digest of another one is folded again. */
  foldedBy: string;
  /** Something was ever stated against the parcel: such journeys are judged at once. */
  alarming: boolean;
  digest: StoredDigest;
}

export const JourneyTable = new EntitySchema<JourneyRow>({
  name: 'journey',
  columns: {
    trackingNumber: { name: 'tracking_number', type: 'text', primary: true, collation: 'C' },
    eventsRevision: { name: 'events_revision', type: 'bigint' },
    foldedBy: { name: 'folded_by', type: 'text' },
    alarming: { type: 'boolean' },
    digest: { type: 'jsonb' },
  },
  indices: [{ name: 'journey_alarming', columns: ['trackingNumber'], where: 'alarming' }],
});

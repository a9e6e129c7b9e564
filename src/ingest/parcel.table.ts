/** One row a tracking number: how often anything about it changed. */
import { EntitySchema } from 'typeorm';

/** A number that any label, event or charge names. */
export interface ParcelRow {
  /** Canonical number, or a key no barcode can be; the distribution column of a cluster. */
  trackingNumber: string;
  /** Raised by every transaction that changed a label, event or charge of the parcel. */
  revision: number;
  /** The revision at which its events last changed; 0 = none yet. Journeys are folded up to it. */
  eventsRevision: number;
}

export const ParcelTable = new EntitySchema<ParcelRow>({
  name: 'parcel',
  columns: {
    trackingNumber: { name: 'tracking_number', type: 'text', primary: true, collation: 'C' },
    revision: { type: 'bigint' },
    eventsRevision: { name: 'events_revision', type: 'bigint' },
  },
});

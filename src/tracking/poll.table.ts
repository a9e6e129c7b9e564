/** Which numbers are to be asked about, of whom and when, and what came of it the last time. */
import { EntitySchema } from 'typeorm';

/** One number at one provider. */
export interface PollRow {
  /** Canonical number; the distribution column of a cluster. */
  trackingNumber: string;
  /** usps | 17track */
  provider: string;
  /** Null = never again. */
  nextAt: Date | null;
  /** The place among those whose time has come; 1 goes first. */
  priority: number;
  /** When the provider first took the number to follow it; null where none has to, or has not yet. */
  registeredAt: Date | null;
  /** The last question whose answer has been told on. */
  lastAskedAt: Date | null;
  /** See core/journey/event.ts. */
  lastOutcome: string | null;
  /** Errors in a row. */
  failures: number;
  /** Of all that was told the last time, to see whether the same is told again. */
  toldSha256: string | null;
  /** Of what was told then without a time of its own, such as a refusal: told again it is no second one. */
  undatedSha256: string | null;
}

export const PollTable = new EntitySchema<PollRow>({
  name: 'poll',
  columns: {
    trackingNumber: { name: 'tracking_number', type: 'text', primary: true, collation: 'C' },
    provider: { type: 'text', primary: true, collation: 'C' },
    nextAt: { name: 'next_at', type: 'timestamptz', nullable: true },
    priority: { type: 'smallint' },
    registeredAt: { name: 'registered_at', type: 'timestamptz', nullable: true },
    lastAskedAt: { name: 'last_asked_at', type: 'timestamptz', nullable: true },
    lastOutcome: { name: 'last_outcome', type: 'text', nullable: true },
    failures: { type: 'integer' },
    toldSha256: { name: 'told_sha256', type: 'char', length: 64, nullable: true },
    undatedSha256: { name: 'undated_sha256', type: 'char', length: 64, nullable: true },
  },
  indices: [{ name: 'poll_due', columns: ['provider', 'priority', 'nextAt'], where: 'next_at IS NOT NULL' }],
});

/** A vendor whose parcels are asked about more often, as long as it is under suspicion. */
export interface SuspectedVendorRow {
  vendor: string;
  since: Date;
}

export const SuspectedVendorTable = new EntitySchema<SuspectedVendorRow>({
  name: 'suspected_vendor',
  columns: {
    vendor: { type: 'text', primary: true, collation: 'C' },
    since: { type: 'timestamptz' },
  },
});

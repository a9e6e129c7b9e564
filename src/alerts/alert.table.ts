/** What is told at once: one row a finding of an alerting rule, whatever is found or run again. */
import { EntitySchema } from 'typeorm';

/**
 * What became of it. told = its mail stands in the outbox for somebody; filed = the same, for nobody; gone = it was closed
 * before its mail was composed; untold = it was too old when somebody could be told.
 */
export const ALERT_OUTCOMES = ['told', 'filed', 'gone', 'untold'] as const;
export type AlertOutcome = (typeof ALERT_OUTCOMES)[number];

export interface AlertRow {
  /** Of the finding; the distribution column of a cluster. */
  trackingNumber: string;
  findingId: string;
  rule: string;
  vendor: string | null;
  /** When an audit found it, or found it again. */
  foundAt: Date;
  /** When the row was written. */
  notedAt: Date;
  /** Names the mail it belongs to; fixed before that is composed, null until then. */
  batch: string | null;
  /** Null = it waits. */
  outcome: AlertOutcome | null;
  /** When the outcome was settled: for what is told, when its mail was put into the outbox. */
  settledAt: Date | null;
}

export const AlertTable = new EntitySchema<AlertRow>({
  name: 'alert',
  columns: {
    trackingNumber: { name: 'tracking_number', type: 'text', primary: true, collation: 'C' },
    findingId: { name: 'finding_id', type: 'char', length: 32, primary: true, collation: 'C' },
    rule: { type: 'text' },
    vendor: { type: 'text', nullable: true },
    foundAt: { name: 'found_at', type: 'timestamptz' },
    notedAt: { name: 'noted_at', type: 'timestamptz' },
    batch: { type: 'text', nullable: true, collation: 'C' },
    outcome: { type: 'text', nullable: true },
    settledAt: { name: 'settled_at', type: 'timestamptz', nullable: true },
  },
  indices: [
    { name: 'alert_batch', columns: ['batch'] },
    // What waits, or waits for somebody to be named, is a handful among all that was ever told.
    { name: 'alert_waiting', columns: ['foundAt'], where: `outcome IS NULL OR outcome = 'filed'` },
    { name: 'alert_settled', columns: ['settledAt'] },
  ],
});

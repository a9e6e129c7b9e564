/** Audit runs. */
import { EntitySchema } from 'typeorm';
import type { VendorOutcome } from '../core/finding/vendor.ts';

/** One audit and what it covered: an interrupted run is gone on with under the same id, a repeated one adds nothing. */
export interface RunRow {
  /** First 32 hex digits of SHA-256 over the clock of the audit and its book. */
  id: string;
  asOf: Date;
  book: string;
  /** queued | running | done | failed; a run that died stays running until it is gone on with. */
  state: string;
  /** Parcels judged so far; when it has ended, those whose judgement is as of this clock, by this book. */
  parcels: number;
  /** When it began; of a queued one, when it was asked for. */
  startedAt: Date;
  finishedAt: Date | null;
  /** Why it failed. */
  problem: string | null;
  /** Rows dated after its clock, which it ignored; null until it has ended. */
  laterRows: LaterRows | null;
  /** How the rules about vendors answered; null until it has ended. */
  vendorOutcomes: VendorOutcome[] | null;
  /** How the rules about invoices answered; null until it has ended. */
  invoiceOutcomes: VendorOutcome[] | null;
}

/** How many rows of each kind are dated after the clock of an audit. */
export interface LaterRows {
  labels: number;
  events: number;
  /** Lines of invoices and adjustments; left out by runs of earlier releases. */
  charges?: number;
}

export const RunTable = new EntitySchema<RunRow>({
  name: 'run',
  columns: {
    id: { type: 'char', length: 32, primary: true, collation: 'C' },
    asOf: { name: 'as_of', type: 'timestamptz' },
    book: { type: 'char', length: 32 },
    state: { type: 'text' },
    parcels: { type: 'integer' },
    startedAt: { name: 'started_at', type: 'timestamptz' },
    finishedAt: { name: 'finished_at', type: 'timestamptz', nullable: true },
    problem: { type: 'text', nullable: true },
    laterRows: { name: 'later_rows', type: 'jsonb', nullable: true },
    vendorOutcomes: { name: 'vendor_outcomes', type: 'jsonb', nullable: true },
    invoiceOutcomes: { name: 'invoice_outcomes', type: 'jsonb', nullable: true },
  },
});

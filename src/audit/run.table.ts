/** Audit runs. */
import { EntitySchema } from 'typeorm';

/** One audit run and what it covered. */
export interface RunRow {
  id: string;
  asOf: Date;
  book: string;
  /** running | done | failed */
  state: string;
  /** Parcels judged by this run. */
  parcels: number;
  startedAt: Date;
  finishedAt: Date | null;
}

export const RunTable = new EntitySchema<RunRow>({
  name: 'run',
  columns: {
    id: { type: 'uuid', primary: true },
    asOf: { name: 'as_of', type: 'timestamptz' },
    book: { type: 'char', length: 32 },
    state: { type: 'text' },
    parcels: { type: 'integer' },
    startedAt: { name: 'started_at', type: 'timestamptz' },
    finishedAt: { name: 'finished_at', type: 'timestamptz', nullable: true },
  },
});

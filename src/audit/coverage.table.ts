/** The coverage of vendors that parcels were judged by. */
import { EntitySchema } from 'typeorm';
import type { Period } from '../core/ledger/charge.ts';

/** One vendor, as of the latest audit; what is judged between two audits is judged by it, too. */
export interface JudgedCoverageRow {
  vendor: string;
  invoiced: Period[];
  currencies: string[];
  sold: Period[];
}

export const JudgedCoverageTable = new EntitySchema<JudgedCoverageRow>({
  name: 'judged_coverage',
  columns: {
    vendor: { type: 'text', primary: true, collation: 'C' },
    invoiced: { type: 'jsonb' },
    currencies: { type: 'text', array: true },
    sold: { type: 'jsonb' },
  },
});

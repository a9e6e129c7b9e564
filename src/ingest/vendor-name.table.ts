/** The spelling each vendor goes by: vendors are told apart by the folded form of their names. */
import { EntitySchema } from 'typeorm';

export interface VendorNameRow {
  /** The name without what tells no two vendors apart (core/mapping/vendor-name.ts). */
  folded: string;
  /** As it was first written; every row of the vendor is stored under it. */
  name: string;
}

export const VendorNameTable = new EntitySchema<VendorNameRow>({
  name: 'vendor_name',
  columns: {
    folded: { type: 'text', primary: true, collation: 'C' },
    name: { type: 'text' },
  },
});

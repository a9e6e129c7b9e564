/** What we say of ourselves: our warehouses, and whose the mailer ids are. Few rows, about no parcel. */
import { EntitySchema } from 'typeorm';

/** A mailer id and its owner. */
export interface MailerRow {
  /** Six or nine digits. */
  mailerId: string;
  owner: string;
  extra: Record<string, string> | null;
  importId: string;
}

export const MailerTable = new EntitySchema<MailerRow>({
  name: 'mailer',
  columns: {
    mailerId: { name: 'mailer_id', type: 'text', primary: true, collation: 'C' },
    owner: { type: 'text' },
    extra: { type: 'jsonb', nullable: true },
    importId: { name: 'import_id', type: 'char', length: 64 },
  },
});

/** One ZIP code at which we hand parcels over; of several warehouses there the name told last stands. */
export interface WarehouseRow {
  zip: string;
  name: string | null;
  extra: Record<string, string> | null;
  importId: string;
}

export const WarehouseTable = new EntitySchema<WarehouseRow>({
  name: 'warehouse',
  columns: {
    zip: { type: 'text', primary: true, collation: 'C' },
    name: { type: 'text', nullable: true },
    extra: { type: 'jsonb', nullable: true },
    importId: { name: 'import_id', type: 'char', length: 64 },
  },
});

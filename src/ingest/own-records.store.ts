/** Merges staged files about no parcel: mailer ids, warehouses, and what is on file about vendors. */
import type { PoolClient } from 'pg';
import type { Mailer } from '../core/mapping/mailer-row.ts';
import { WAREHOUSE_SOURCES, type Warehouse } from '../core/mapping/warehouse-row.ts';
import { VENDOR_SOURCES, type VendorFile } from '../core/risk/vendor-row.ts';
import { type MergeOptions, mergeIncoming } from './merge.store.ts';
import { type MailerRow, MailerTable, type WarehouseRow, WarehouseTable } from './own-records.table.ts';
import { type Staging, stagingOf } from './staging.store.ts';
import { type VendorRow, VendorTable } from './vendor.table.ts';

export const MAILER_STAGING = stagingOf<MailerRow, Mailer>(MailerTable, { sources: {} });
export const WAREHOUSE_STAGING = stagingOf<WarehouseRow, Warehouse>(WarehouseTable, { sources: WAREHOUSE_SOURCES });
export const VENDOR_STAGING = stagingOf<VendorRow, VendorFile>(VendorTable, { sources: VENDOR_SOURCES });

/** A function that merges `incoming` into the table and answers how many rows said something new; it touches no parcel. */
export function mergeOwn(staging: Staging) {
  return async (client: PoolClient, options: MergeOptions): Promise<number> =>
    (await mergeIncoming(client, staging, options)).accepted;
}

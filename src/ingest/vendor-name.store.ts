/** Reads and keeps the spellings vendors go by. */
import type { PoolClient } from 'pg';
import { type NamedVendor, VendorNames } from '../core/mapping/vendor-name.ts';
import { execute } from './merge.store.ts';

/** The vendors known so far; to be read once merges are locked, so that no other import names one meanwhile. */
export async function readVendorNames(client: PoolClient): Promise<VendorNames> {
  const { rows } = await client.query<NamedVendor>('SELECT folded, name FROM vendor_name');
  return new VendorNames(rows);
}

/** Keeps the vendors that are new. */
export async function saveVendorNames(client: PoolClient, { fresh }: VendorNames): Promise<void> {
  if (fresh.length === 0) return;
  await execute(
    client,
    `INSERT INTO vendor_name (folded, name) SELECT * FROM unnest($1::text[], $2::text[])
     ON CONFLICT (folded) DO NOTHING`,
    [fresh.map(({ folded }) => folded), fresh.map(({ name }) => name)],
  );
}

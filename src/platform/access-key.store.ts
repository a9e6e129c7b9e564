/** The queries on access keys. */
import type { DataSource } from 'typeorm';
import { type AccessKeyRow, AccessKeyTable } from './access-key.table.ts';

/** Every key, the revoked ones too, oldest first; there are a handful of them. */
export async function readKeys(dataSource: DataSource): Promise<AccessKeyRow[]> {
  return dataSource.getRepository(AccessKeyTable).find({ order: { createdAt: 'ASC', id: 'ASC' } });
}

/** Adds a key; its id is new. */
export async function insertKey(dataSource: DataSource, row: AccessKeyRow): Promise<void> {
  await dataSource.getRepository(AccessKeyTable).insert(row);
}

/** Marks the key revoked, keeping the time of the first revocation; answers whether there is such a key. */
export async function markRevoked(dataSource: DataSource, id: string, at: Date): Promise<boolean> {
  const found: unknown[] = await dataSource.query(
    `WITH revoked AS (UPDATE access_key SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL)
      SELECT id FROM access_key WHERE id = $1`,
    [id, at],
  );
  return found.length > 0;
}

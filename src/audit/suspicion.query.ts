/** The vendors whose parcels deserve a closer watch. */
import type { DataSource } from 'typeorm';
import { OPEN_STATES } from '../core/finding/lifecycle.ts';

/** Vendors that a grave finding which is somebody's work names as its doer. */
export async function readSuspectedVendors(dataSource: DataSource): Promise<string[]> {
  const rows = await dataSource.query<{ vendor: string }[]>(
    `SELECT DISTINCT vendor FROM finding
      WHERE attribution = 'vendor' AND severity IN ('high', 'critical') AND state = ANY ($1) AND vendor IS NOT NULL
      ORDER BY vendor`,
    [OPEN_STATES],
  );
  return rows.map(({ vendor }) => vendor);
}

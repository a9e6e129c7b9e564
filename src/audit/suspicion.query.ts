/** The vendors whose parcels deserve a closer watch. */
import type { DataSource } from 'typeorm';
import { OPEN_STATES } from '../core/finding/lifecycle.ts';
import { isShown } from './suppression.query.ts';

/** Vendors that a grave finding which is somebody's work, and hidden by nothing, names as its doer. */
export async function readSuspectedVendors(dataSource: DataSource, now: Date): Promise<string[]> {
  const rows = await dataSource.query<{ vendor: string }[]>(
    `SELECT DISTINCT f.vendor FROM finding f
      WHERE attribution = 'vendor' AND severity IN ('high', 'critical') AND state = ANY ($1) AND vendor IS NOT NULL
        AND ${isShown('$2')}
      ORDER BY f.vendor`,
    [OPEN_STATES, now],
  );
  return rows.map(({ vendor }) => vendor);
}

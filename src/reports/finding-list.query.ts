/** Findings as lists read them: filtered, in the order of reports, page by page. */
import type { DataSource } from 'typeorm';
import { type FindingState, OPEN_STATES } from '../core/finding/lifecycle.ts';
import { stretchOf } from '../core/finding/order-key.ts';
import type { Severity } from '../core/rules/answer.ts';
import type { OpenFinding } from './report-rows.ts';
import { FINDING_COLUMNS } from './report.query.ts';

/** What a list is narrowed to; what is left out narrows nothing, but for `states`: then those that are somebody's work. */
export interface FindingFilters {
  rules?: readonly string[];
  vendors?: readonly string[];
  severities?: readonly Severity[];
  states?: readonly FindingState[];
  /** Canonical. */
  trackingNumber?: string;
}

/** A finding as stored, whatever its state. */
export interface StoredFinding extends OpenFinding {
  state: FindingState;
  firstSeenAt: Date;
  changedAt: Date;
  orderKey: string;
}

/** What `StoredFinding` has. */
export const STORED_COLUMNS = `${FINDING_COLUMNS}, state, first_seen_at AS "firstSeenAt", changed_at AS "changedAt",
  order_key AS "orderKey"`;

/** The findings after a place in the order (null = from the start), at most `limit`. */
export async function readFindings(
  dataSource: DataSource,
  filters: FindingFilters,
  { after, limit }: { after: string | null; limit: number },
): Promise<StoredFinding[]> {
  const values: unknown[] = [];
  const value = (given: unknown): string => `$${values.push(given)}`;
  const conditions = [`state = ANY(${value(filters.states ?? OPEN_STATES)})`];
  if (filters.rules) conditions.push(`rule = ANY(${value(filters.rules)})`);
  if (filters.vendors) conditions.push(`vendor = ANY(${value(filters.vendors)})`);
  if (filters.severities) {
    // The order begins with the severity: the index leads there, past all that is worse.
    const { from, before } = stretchOf(filters.severities);
    conditions.push(`severity = ANY(${value(filters.severities)})`);
    conditions.push(`order_key >= ${value(from)} AND order_key < ${value(before)}`);
  }
  if (filters.trackingNumber !== undefined) conditions.push(`tracking_number = ${value(filters.trackingNumber)}`);
  if (after !== null) conditions.push(`order_key > ${value(after)}`);
  return dataSource.query<StoredFinding[]>(
    `SELECT ${STORED_COLUMNS} FROM finding WHERE ${conditions.join(' AND ')} ORDER BY order_key LIMIT ${value(limit)}`,
    values,
  );
}

/** How many findings are somebody's work, by severity; of one vendor, or of all. A severity without one is left out. */
export async function countOpen(
  dataSource: DataSource,
  vendor: string | null,
): Promise<{ severity: Severity; count: number }[]> {
  return dataSource.query(
    `SELECT severity, count(*)::int AS count FROM finding
      WHERE state = ANY($1) AND ($2::text IS NULL OR vendor = $2) GROUP BY severity`,
    [OPEN_STATES, vendor],
  );
}

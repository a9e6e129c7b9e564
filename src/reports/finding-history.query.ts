/** Changes of many findings as rows, page by page in the order of their keys, so that a history of any length can be sent. */
import type { DataSource } from 'typeorm';
import type { FindingHistoryRow } from '../audit/finding.table.ts';
import { type Day, addDays, startOfDay } from '../core/units/day.ts';
import { type FindingFilters, conditionsOf } from './finding-list.query.ts';

/** Whose changes, of which days (UTC), of which findings. */
export interface HistoryFilters extends FindingFilters {
  from?: Day;
  to?: Day;
  by?: 'people' | 'audits';
}

/** One change, with the finding it is of and the change before it. */
export interface ListedChange extends FindingHistoryRow {
  rule: string;
  vendor: string | null;
  currency: string | null;
  before: FindingHistoryRow | null;
}

type ChangePlace = Pick<FindingHistoryRow, 'trackingNumber' | 'id' | 'sequence'>;

/** The changes after a place (null = from the start), at most `limit`. */
export async function readChanges(
  dataSource: DataSource,
  filters: HistoryFilters,
  { after, limit }: { after: ChangePlace | null; limit: number },
): Promise<ListedChange[]> {
  const values: unknown[] = [];
  const value = (given: unknown): string => `$${values.push(given)}`;
  const conditions = conditionsOf(filters, value);
  if (filters.from !== undefined) conditions.push(`h.at >= ${value(instantOf(filters.from))}`);
  if (filters.to !== undefined) conditions.push(`h.at < ${value(instantOf(addDays(filters.to, 1)))}`);
  if (filters.by !== undefined) conditions.push(`h.by IS ${filters.by === 'people' ? 'NOT NULL' : 'NULL'}`);
  if (after !== null) {
    const place = [after.trackingNumber, after.id, after.sequence].map(value).join(', ');
    conditions.push(`(h.tracking_number, h.id, h.sequence) > (${place})`);
  }
  return dataSource.query<ListedChange[]>(
    `SELECT h.tracking_number AS "trackingNumber", h.id, h.sequence, h.at, h.state, h.severity,
        h.amount_mills AS "amountMills", h.reason, h.by, h.note, h.changes, f.rule, f.vendor, f.currency,
        CASE WHEN p.sequence IS NOT NULL THEN jsonb_build_object('state', p.state, 'severity', p.severity,
          'amountMills', p.amount_mills) END AS before
      FROM finding_history h
      JOIN finding f ON f.tracking_number = h.tracking_number AND f.id = h.id
      LEFT JOIN finding_history p ON p.tracking_number = h.tracking_number AND p.id = h.id
       AND p.sequence = h.sequence - 1
      WHERE ${conditions.join(' AND ')}
      ORDER BY h.tracking_number, h.id, h.sequence LIMIT ${value(limit)}`,
    values,
  );
}

function instantOf(day: Day): Date {
  return new Date(startOfDay(day));
}

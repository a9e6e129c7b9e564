/** Findings as lists read them: filtered, in the order of reports, page by page. */
import type { DataSource } from 'typeorm';
import { type FindingState, OPEN_STATES } from '../core/finding/lifecycle.ts';
import { stretchOf } from '../core/finding/order-key.ts';
import type { Severity } from '../core/rules/answer.ts';
import type { Day } from '../core/units/day.ts';
import { VERSION_OF_FINDING } from '../audit/decision.store.ts';
import { isShown } from '../audit/suppression.query.ts';
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
  /** Names; null = those that are nobody's. */
  assignees?: readonly (string | null)[];
  /** The earlier of the rule's deadline and people's own is this day or before it. */
  dueBy?: Day;
  /** One finding by its id. */
  id?: string;
  /** By the suppressions in force at the instant: without what they hide, or nothing else; null = whatever they hide. */
  suppressed?: { at: Date; are: 'left out' | 'alone' } | null;
}

/** A finding as stored, whatever its state. */
export interface StoredFinding extends OpenFinding {
  state: FindingState;
  firstSeenAt: Date;
  changedAt: Date;
  orderKey: string;
  version: number;
  assignee: string | null;
  ownDeadline: Day | null;
  disputeReference: string | null;
  recoveredMills: number | null;
  recoveredCurrency: string | null;
}

/** What `StoredFinding` has, of a finding named `f`. */
export const STORED_COLUMNS = `${FINDING_COLUMNS}, state, first_seen_at AS "firstSeenAt", changed_at AS "changedAt",
  order_key AS "orderKey", assignee, own_deadline::text AS "ownDeadline", dispute_reference AS "disputeReference",
  recovered_mills::float8 AS "recoveredMills", recovered_currency AS "recoveredCurrency",
  ${VERSION_OF_FINDING}::int AS version`;

/** The findings after a place in the order (null = from the start), at most `limit`. */
export async function readFindings(
  dataSource: DataSource,
  filters: FindingFilters,
  { after, limit }: { after: string | null; limit: number },
): Promise<StoredFinding[]> {
  const values: unknown[] = [];
  const value = (given: unknown): string => `$${values.push(given)}`;
  const conditions = conditionsOf(filters, value);
  if (after !== null) conditions.push(`order_key > ${value(after)}`);
  return dataSource.query<StoredFinding[]>(
    `SELECT ${STORED_COLUMNS} FROM finding f WHERE ${conditions.join(' AND ')} ORDER BY order_key LIMIT ${value(limit)}`,
    values,
  );
}

/** The conditions on a finding named `f`; `value` takes a value and answers how the SQL names it. */
export function conditionsOf(filters: FindingFilters, value: (given: unknown) => string): string[] {
  const conditions = [`f.state = ANY(${value(filters.states ?? OPEN_STATES)})`];
  if (filters.rules) conditions.push(`f.rule = ANY(${value(filters.rules)})`);
  if (filters.vendors) conditions.push(`f.vendor = ANY(${value(filters.vendors)})`);
  if (filters.severities) {
    // The order begins with the severity: the index leads there, past all that is worse.
    const { from, before } = stretchOf(filters.severities);
    conditions.push(`f.severity = ANY(${value(filters.severities)})`);
    conditions.push(`f.order_key >= ${value(from)} AND f.order_key < ${value(before)}`);
  }
  if (filters.trackingNumber !== undefined) conditions.push(`f.tracking_number = ${value(filters.trackingNumber)}`);
  if (filters.assignees) {
    const named = value(filters.assignees.filter((name) => name !== null));
    conditions.push(`(f.assignee = ANY(${named})${filters.assignees.includes(null) ? ' OR f.assignee IS NULL' : ''})`);
  }
  if (filters.dueBy !== undefined)
    conditions.push(`least(f.deadline, f.own_deadline) <= ${value(filters.dueBy)}::date`);
  if (filters.suppressed) {
    const shown = isShown(value(filters.suppressed.at));
    conditions.push(filters.suppressed.are === 'alone' ? `NOT (${shown})` : shown);
  }
  if (filters.id !== undefined) conditions.push(`f.id = ${value(filters.id)}`);
  return conditions;
}

/** How many findings are somebody's work and not hidden, by severity; of one vendor, or of all. A severity without one is left out. */
export async function countOpen(
  dataSource: DataSource,
  vendor: string | null,
  now: Date,
): Promise<{ severity: Severity; count: number }[]> {
  return dataSource.query(
    `SELECT severity, count(*)::int AS count FROM finding f
      WHERE state = ANY($1) AND ($2::text IS NULL OR vendor = $2) AND ${isShown('$3')} GROUP BY severity`,
    [OPEN_STATES, vendor, now],
  );
}

/**
 * Which findings are hidden, in SQL: the one place that says what a suppression covers. Nothing is written when one begins,
 * expires or ends, so it hides and brings back by time alone; only expressions are asked when findings are judged.
 */
import type { DataSource, EntityManager } from 'typeorm';
import { OPEN_STATES } from '../core/finding/lifecycle.ts';
import { GUARDED_VERDICTS } from '../core/finding/suppression.ts';
import type { SuppressionRow } from './suppression.table.ts';

/** What `SuppressionRow` has, of a suppression named `s`. */
const SUPPRESSION_COLUMNS = `s.id, s.rule, s.vendor, s.tracking_number AS "trackingNumber", s.label_id AS "labelId",
  s.order_id AS "orderId", s.expression, s.reason, s.owner, s.created_at AS "createdAt", s.created_by AS "createdBy",
  s.expires_on::text AS "expiresOn", s.ended_at AS "endedAt", s.ended_by AS "endedBy", s.end_reason AS "endReason",
  s.last_hid_at AS "lastHidAt"`;

type Querying = Pick<EntityManager, 'query'>;

/** As `isGuarded` of core/finding/suppression.ts has it, of a finding `f`. */
const GUARDED = `(f.severity = 'critical' AND f.verdict IN (${GUARDED_VERDICTS.map((each) => `'${each}'`).join(', ')}))`;

/** Whether the suppression `s` names the finding `f`, whatever its expression says; a null criterion names everything. */
const NAMES = `(s.rule IS NULL OR s.rule = f.rule) AND (s.vendor IS NULL OR s.vendor = f.vendor)
  AND (s.tracking_number IS NULL OR s.tracking_number = f.tracking_number)
  AND (s.label_id IS NULL OR s.label_id = f.label_id)
  AND (s.order_id IS NULL OR EXISTS (SELECT FROM label l WHERE l.tracking_number = f.tracking_number
    AND l.vendor = f.vendor AND l.sale_key = f.sale_key AND l.order_id = s.order_id))`;

const MET = `(s.expression IS NULL OR s.id = ANY(f.meets))`;

const MAY_HIDE = `(NOT ${GUARDED} OR (s.rule IS NOT NULL
  AND (s.tracking_number IS NOT NULL OR (f.subject = 'vendor' AND s.vendor IS NOT NULL))))`;

const HIDES = `${NAMES} AND ${MET} AND ${MAY_HIDE}`;

/** Whether the suppression `s` is in force at the instant that the SQL names. */
function isInForce(at: string): string {
  return `s.created_at <= ${at}::timestamptz AND (s.ended_at IS NULL OR s.ended_at > ${at}::timestamptz)
    AND s.expires_on >= (${at}::timestamptz AT TIME ZONE 'UTC')::date`;
}

/** A condition on a finding named `f`: no suppression in force at the instant, `$n` of the SQL, hides it. */
export function isShown(at: string): string {
  return `NOT EXISTS (SELECT FROM suppression s WHERE ${isInForce(at)} AND ${HIDES})`;
}

/** What a suppression hides, in one currency (null = findings without an amount). */
export interface HiddenSum {
  id: string;
  currency: string | null;
  /** Findings that are somebody's work. */
  findings: number;
  /** Of them, without savings, which count in no total. */
  mills: number;
  /** Findings it names and must not hide. */
  guarded: number;
}

/** Of every suppression in force what it hides; one that hides and spares nothing is left out. */
export async function readHidden(manager: Querying, at: Date): Promise<HiddenSum[]> {
  return manager.query<HiddenSum[]>(
    `SELECT s.id, f.currency, count(*) FILTER (WHERE ${MAY_HIDE})::int AS findings,
        coalesce(sum(f.amount_mills) FILTER (WHERE ${MAY_HIDE} AND f.amount_kind IS DISTINCT FROM 'saving'), 0)::float8 AS mills,
        count(*) FILTER (WHERE NOT ${MAY_HIDE})::int AS guarded
      FROM suppression s JOIN finding f ON ${NAMES} AND ${MET}
      WHERE f.state = ANY($2) AND ${isInForce('$1')}
      GROUP BY s.id, f.currency ORDER BY s.id, f.currency COLLATE "C"`,
    [at, OPEN_STATES],
  );
}

/** Ids of findings that are somebody's work and hidden, each once. */
export async function readHiddenIds(manager: Querying, at: Date): Promise<string[]> {
  const rows = await manager.query<{ id: string }[]>(
    `SELECT f.id FROM finding f WHERE f.state = ANY($2) AND NOT (${isShown('$1')}) ORDER BY f.id`,
    [at, OPEN_STATES],
  );
  return rows.map(({ id }) => id);
}

/** Of each of the findings the suppressions that hide it, the oldest first; those that are shown are left out. */
export async function readHiding(
  manager: Querying,
  ids: readonly string[],
  at: Date,
): Promise<Map<string, SuppressionRow[]>> {
  const rows = await manager.query<(SuppressionRow & { finding: string })[]>(
    `SELECT f.id AS finding, ${SUPPRESSION_COLUMNS} FROM finding f JOIN suppression s ON ${HIDES}
      WHERE f.id = ANY($2) AND ${isInForce('$1')} ORDER BY s.created_at, s.id`,
    [at, ids],
  );
  const hiding = new Map<string, SuppressionRow[]>();
  for (const { finding, ...row } of rows) hiding.set(finding, [...(hiding.get(finding) ?? []), row]);
  return hiding;
}

/** How a suppression stands: in force, past its last day, or ended by somebody before. */
export const SUPPRESSION_STATES = ['active', 'expired', 'ended'] as const;
export type SuppressionState = (typeof SUPPRESSION_STATES)[number];

export type StandingSuppression = SuppressionRow & { state: SuppressionState };

const STATE = `CASE WHEN s.ended_at <= $1::timestamptz THEN 'ended'
  WHEN s.expires_on < ($1::timestamptz AT TIME ZONE 'UTC')::date THEN 'expired' ELSE 'active' END`;

/** Suppressions made before a place in the list (null = from its start), the last made first. */
export async function readSuppressions(
  dataSource: Querying,
  at: Date,
  {
    states,
    before = null,
    limit,
  }: { states: readonly SuppressionState[]; before?: { createdAt: Date; id: string } | null; limit: number },
): Promise<StandingSuppression[]> {
  return dataSource.query<StandingSuppression[]>(
    `SELECT * FROM (SELECT ${SUPPRESSION_COLUMNS}, ${STATE} AS state FROM suppression s WHERE s.created_at <= $1::timestamptz) s
      WHERE s.state = ANY($2) AND ($3::timestamptz IS NULL OR (s."createdAt", s.id) < ($3, $4))
      ORDER BY s."createdAt" DESC, s.id DESC LIMIT $5`,
    [at, states, before?.createdAt ?? null, before?.id ?? null, limit],
  );
}

/** The suppression of the id, or null. */
export async function readSuppression(dataSource: Querying, id: string, at: Date): Promise<StandingSuppression | null> {
  const [row] = await dataSource.query<StandingSuppression[]>(
    `SELECT ${SUPPRESSION_COLUMNS}, ${STATE} AS state FROM suppression s WHERE s.id = $2`,
    [at, id],
  );
  return row ?? null;
}

/** What an audit has to know of an expression in force. */
export type ExpressionRow = Pick<SuppressionRow, 'id' | 'rule' | 'vendor'> & { expression: string };

/** The expressions of suppressions in force at the instant, in the order of their ids. */
export async function readExpressions(manager: Querying, at: Date): Promise<ExpressionRow[]> {
  return manager.query<ExpressionRow[]>(
    `SELECT s.id, s.rule, s.vendor, s.expression FROM suppression s
      WHERE s.expression IS NOT NULL AND ${isInForce('$1')} ORDER BY s.id`,
    [at],
  );
}

/** Whether any label of a vendor of that name is on file; names are compared as they are kept. */
export async function isKnownVendor(dataSource: DataSource, vendor: string): Promise<boolean> {
  const [row] = await dataSource.query<{ known: boolean }[]>(
    'SELECT EXISTS (SELECT FROM vendor_name WHERE name = $1) AS known',
    [vendor],
  );
  return row?.known ?? false;
}

/** Numbers with a finding that an expression in force may hide or no longer hide: time alone changes what it says. */
export const NUMBERS_TO_ASK_AGAIN = `SELECT f.tracking_number FROM finding f
  WHERE f.state = ANY($2) AND (f.meets IS NOT NULL OR EXISTS (
    SELECT FROM suppression s WHERE s.expression IS NOT NULL AND ${isInForce('$1')} AND ${NAMES}))`;

/** Ids of suppressions in force that hide something. */
export async function readHidingIds(manager: Querying, at: Date): Promise<string[]> {
  const hidden = await readHidden(manager, at);
  return [...new Set(hidden.filter(({ findings }) => findings > 0).map(({ id }) => id))];
}

/** What shadow rules would have said beside what the active rules say, read-only. */
import type { EntityManager } from 'typeorm';
import { CARRIER_KEYS } from '../core/finding/carrier-wide.ts';
import type { Worded } from '../core/rules/answer.ts';
import type { ShadowRule } from './report-input.ts';

/** How a shadow rule compares with the active rule of its id on one subject; `only` = there is none to compare it with. */
export type ShadowChange = 'only' | 'new' | 'gone' | 'changed' | 'same';

/** Sums over one vendor. `mills` are those that the shadow rule would put; of what is gone there are none. */
export interface ShadowRow {
  rule: string;
  vendor: string | null;
  change: ShadowChange;
  currency: string | null;
  findings: number;
  mills: number;
  /** Of what is gone, those that people dismissed. */
  dismissed: number;
}

/** A finding that is told in full. */
export interface ShadowExample {
  rule: string;
  change: Exclude<ShadowChange, 'same'>;
  trackingNumber: string;
  vendor: string | null;
  severity: string;
  amountMills: number | null;
  currency: string | null;
  message: Worded;
  /** What the active rule says; null where it says nothing. */
  activeSeverity: string | null;
  activeMills: number | null;
  /** Of its amount, which may be another than the shadow rule's. */
  activeCurrency: string | null;
}

/** Told in full of each rule and kind of change: enough to see what is meant. */
const EXAMPLES = 5;

/**
 * $1 = versions that are tried out, $2 = ids of those that an active rule has, too. A finding that a person closed still
 * stands; days that were about the carrier are told by active rules alone.
 */
const COMPARED = `WITH compared AS (
    SELECT coalesce(s.rule, f.rule) AS rule, coalesce(s.vendor, f.vendor) AS vendor, f.state,
      coalesce(s.tracking_number, f.tracking_number) AS tracking_number, coalesce(s.id, f.id) AS id,
      CASE WHEN s.id IS NULL THEN 'gone'
        WHEN s.rule <> ALL($2) THEN 'only'
        WHEN f.id IS NULL THEN 'new'
        WHEN (s.severity, s.verdict, s.attribution, s.confidence, s.amount_mills, s.currency, s.amount_kind, s.deadline)
          IS DISTINCT FROM
          (f.severity, f.verdict, f.attribution, f.confidence, f.amount_mills, f.currency, f.amount_kind, f.deadline)
          THEN 'changed'
        ELSE 'same' END AS change,
      CASE WHEN s.id IS NULL THEN f.currency ELSE s.currency END AS currency,
      CASE WHEN s.id IS NULL THEN f.amount_mills ELSE s.amount_mills END AS mills,
      coalesce(s.severity, f.severity) AS severity, coalesce(s.message, f.message) AS message,
      f.severity AS active_severity, f.amount_mills AS active_mills, f.currency AS active_currency
    FROM (SELECT * FROM shadow_finding WHERE rule_version = ANY($1)) s
    FULL JOIN (SELECT * FROM finding
        WHERE rule = ANY($2) AND state <> 'resolved' AND NOT starts_with(tracking_number, '${CARRIER_KEYS}')) f
      ON f.tracking_number = s.tracking_number AND f.id = s.id)`;

const SUMS = `${COMPARED}
  SELECT rule, vendor, change, currency, count(*)::int AS findings,
    (CASE WHEN change = 'gone' THEN 0 ELSE coalesce(sum(mills), 0) END)::float8 AS mills,
    (count(*) FILTER (WHERE change = 'gone' AND state = 'dismissed'))::int AS dismissed
  FROM compared GROUP BY rule, vendor, change, currency
  ORDER BY rule COLLATE "C", vendor COLLATE "C", change COLLATE "C", currency COLLATE "C"`;

const TOLD = `${COMPARED}
  SELECT rule, change, tracking_number AS "trackingNumber", vendor, severity, mills::float8 AS "amountMills", currency,
    message, active_severity AS "activeSeverity", active_mills::float8 AS "activeMills",
    active_currency AS "activeCurrency"
  FROM (SELECT *, row_number() OVER (PARTITION BY rule, change ORDER BY mills DESC NULLS LAST, id, tracking_number) AS place
      FROM compared WHERE change <> 'same') ranked
  WHERE place <= ${EXAMPLES}
  ORDER BY rule COLLATE "C", change COLLATE "C", place`;

/** What the rules would have said as of the last judgement; nothing is read where none is tried out. */
export async function readShadow(
  manager: EntityManager,
  rules: readonly ShadowRule[],
): Promise<{ shadow: ShadowRow[]; shadowExamples: ShadowExample[] }> {
  if (rules.length === 0) return { shadow: [], shadowExamples: [] };
  const versions = rules.map(({ version }) => version);
  const beside = rules.flatMap(({ id, active }) => (active === null ? [] : [id]));
  return {
    shadow: await manager.query<ShadowRow[]>(SUMS, [versions, beside]),
    shadowExamples: await manager.query<ShadowExample[]>(TOLD, [versions, beside]),
  };
}

/** The SQL of a report, read-only. Every list is sorted by bytes, so that the same data gives the same report. */
import type { EntityManager } from 'typeorm';
import { ADJUSTMENT_TOLD } from '../audit/adjusted.query.ts';
import { readDismissed } from '../audit/dismissed.query.ts';
import { isShown, readHiddenIds } from '../audit/suppression.query.ts';
import { suppressionsInForce } from '../audit/suppression.service.ts';
import type { VendorOutcome } from '../core/finding/vendor.ts';
import { OPEN_STATES } from '../core/finding/lifecycle.ts';
import { COVERAGE_LIMITS } from '../core/risk/thresholds.ts';
import { type Instant, dayOf } from '../core/units/day.ts';
import type { RejectedRow } from '../ingest/import.table.ts';
import type { BookSummary } from './report-input.ts';
import { readShadow } from './shadow.query.ts';
import type {
  AnswerRow,
  AuditRows,
  ChargedRow,
  JudgedSums,
  OpenFinding,
  OutcomeRow,
  RatedRow,
  SoldRow,
  WithoutLabel,
} from './report-rows.ts';

/** A purchase without a time of day counts from its day on; $1 = clock of the audit, $2 = its day. */
const SOLD = `SELECT * FROM label
  WHERE CASE WHEN purchased_at IS NULL THEN purchased_day <= $2::date ELSE purchased_at <= $1::timestamptz END`;

/** Bought in the whole days before the clock's, as many as coverage is told of. */
const RECENT = `purchased_day < $2::date AND purchased_day >= $2::date - ${COVERAGE_LIMITS.recentDays}`;

/** Reads what the audit left behind, as of `asOf`; rejected rows of the given imports only. */
export async function readReportRows(
  manager: EntityManager,
  {
    asOf,
    importIds,
    judgedBy,
    book: { shadow = [], versions = [] } = {},
  }: {
    asOf: Instant;
    importIds: readonly string[];
    judgedBy: string;
    book?: Partial<Pick<BookSummary, 'shadow' | 'versions'>>;
  },
): Promise<AuditRows> {
  const clock = [new Date(asOf), dayOf(asOf)];
  // One after the other: a transaction has one connection.
  const [received] = await manager.query<{ labels: number }[]>(`SELECT count(*)::int AS labels FROM label`);
  return {
    received: received?.labels ?? 0,
    sold: await manager.query<SoldRow[]>(SOLD_BY_VENDOR, clock),
    answers: await manager.query<AnswerRow[]>(ANSWERS_BY_VENDOR, clock),
    rated: await manager.query<RatedRow[]>(RATED_BY_VENDOR, clock),
    judged: await readJudgedSums(manager, judgedBy),
    outcomes: await manager.query<OutcomeRow[]>(OUTCOMES, [judgedBy]),
    ...(await readRunOutcomes(manager, { asOf, judgedBy })),
    chargeOutcomes: await manager.query<OutcomeRow[]>(CHARGE_OUTCOMES, [judgedBy]),
    findings: await manager.query<OpenFinding[]>(FINDINGS, [OPEN_STATES, new Date(asOf)]),
    suppressions: await suppressionsInForce(manager, new Date(asOf)),
    hiddenIds: await readHiddenIds(manager, new Date(asOf)),
    ...(await readShadow(manager, shadow)),
    dismissed: versions.length === 0 ? [] : await readDismissed(manager, versions),
    charged: await manager.query<ChargedRow[]>(CHARGED_OF_FINDINGS, [OPEN_STATES, new Date(asOf)]),
    rejected: await manager.query<RejectedRow[]>(REJECTED, [importIds]),
    withoutLabel: await readWithoutLabel(manager, asOf),
    latestNewsMs: await readLatestNews(manager, asOf),
  };
}

const SOLD_BY_VENDOR = `SELECT vendor, currency, count(*)::int AS labels, sum(charged_mills)::float8 AS "chargedMills",
    min(purchased_day)::text AS "firstDay", max(purchased_day)::text AS "lastDay"
  FROM (${SOLD}) AS sold
  GROUP BY vendor, currency ORDER BY vendor, currency COLLATE "C"`;

/** A digest that has seen later news than the clock of the audit says nothing about that clock: its events do. */
const ANSWERS_BY_VENDOR = `WITH sold AS (${SOLD}), answer AS (
    SELECT sold.vendor, sold.purchased_day, CASE
      WHEN journey.tracking_number IS NULL THEN 'none'
      WHEN (journey.digest->>'latestAt')::float8 > extract(epoch FROM $1::timestamptz) * 1000 THEN coalesce(
        (SELECT CASE WHEN event.kind = 'event' OR event.outcome = 'withheld' THEN 'answered' ELSE event.outcome END
          FROM event WHERE event.tracking_number = sold.tracking_number AND event.event_time <= $1::timestamptz
          ORDER BY event.kind = 'event' DESC, event.outcome IN ('answered', 'withheld') DESC,
            event.event_time DESC, event.event_hash LIMIT 1), 'none')
      WHEN (journey.digest->>'events')::int > 0 OR journey.digest->>'lastOutcome' = 'withheld' THEN 'answered'
      ELSE coalesce(journey.digest->>'lastOutcome', 'none') END AS answer
    FROM sold LEFT JOIN journey ON journey.tracking_number = sold.tracking_number)
  SELECT vendor, answer, count(*)::int AS labels, count(*) FILTER (WHERE ${RECENT})::int AS recent FROM answer
  GROUP BY vendor, answer ORDER BY vendor, answer COLLATE "C"`;

/** A number that two vendors sold is left out: its sums cannot be told apart. */
const RATED_BY_VENDOR = `WITH sold AS (${SOLD}), owned AS (
    SELECT tracking_number, min(vendor) AS vendor, min(purchased_day) AS purchased_day FROM sold
    GROUP BY tracking_number HAVING min(vendor) = max(vendor))
  SELECT owned.vendor, sum(judged.rated)::int AS rated,
    coalesce(sum(judged.rated) FILTER (WHERE ${RECENT}), 0)::int AS recent,
    sum(judged.charged_of_rated_mills)::float8 AS "chargedOfRatedMills",
    sum(judged.expected_mills)::float8 AS "expectedMills"
  FROM owned JOIN judged ON judged.tracking_number = owned.tracking_number
  GROUP BY owned.vendor ORDER BY owned.vendor`;

const outcomes = (
  column: string,
): string => `SELECT code, count(*)::int AS purchases FROM judged, unnest(${column}) AS code
  WHERE book = $1 GROUP BY code ORDER BY code COLLATE "C"`;
const OUTCOMES = outcomes('outcomes');
const CHARGE_OUTCOMES = outcomes('charge_outcomes');

/** What a finding says, as `OpenFinding` has it. */
export const FINDING_COLUMNS = `tracking_number AS "trackingNumber", id, rule, rule_version AS "ruleVersion", severity,
    verdict, attribution, confidence, subject, vendor, sale_key AS "saleKey", label_id AS "labelId",
    amount_mills::float8 AS "amountMills", currency, amount_kind AS "amountKind",
    goods_mills::float8 AS "goodsMills", goods_currency AS "goodsCurrency", message, next_step AS "nextStep",
    deadline::text AS deadline, evidence`;

const FINDINGS = `SELECT ${FINDING_COLUMNS} FROM finding f
  WHERE state = ANY($1) AND ${isShown('$2')} ORDER BY id, tracking_number`;

/** Whether a line `c` was there by the clock $2, as core/finding/charge.ts has it: charged, and on an invoice of that day or before. */
const LINE_KNOWN = `greatest(c.invoice_date::timestamp AT TIME ZONE 'UTC',
  coalesce(c.charged_at, c.charged_day::timestamp AT TIME ZONE 'UTC')) <= $2::timestamptz IS NOT FALSE`;

/** An adjustment stands in a file of its own and on the invoice, too: of the two the greater sum counts. */
const CHARGED_OF_FINDINGS = `SELECT tracking_number AS "trackingNumber", vendor, sale_key AS "saleKey",
    charged_mills::float8 AS "chargedMills", currency, order_id AS "orderId", purchased_day::text AS "purchasedDay",
    (${askedBy('charge c', `charge_type <> 'adjustment' AND ${LINE_KNOWN}`)} + greatest(
      ${askedBy('charge c', `charge_type = 'adjustment' AND ${LINE_KNOWN}`)},
      ${askedBy('adjustment a', `${ADJUSTMENT_TOLD} <= $2::timestamptz`)}))::float8 AS "invoicedMills"
  FROM label l
  WHERE tracking_number IN (SELECT tracking_number FROM finding WHERE state = ANY($1) AND subject IN ('label', 'charge'))
  ORDER BY tracking_number, vendor, sale_key`;

/** What the rows of a table that meet the condition ask for a label, whatever others give back. */
function askedBy(table: string, condition: string): string {
  return `coalesce((SELECT sum(amount_mills) FROM ${table}
      WHERE (tracking_number, vendor, currency) = (l.tracking_number, l.vendor, l.currency)
        AND amount_mills > 0 AND ${condition}), 0)`;
}

const REJECTED = `SELECT import_id AS "importId", "row", "position", file, field, problem, value
  FROM rejected_row WHERE import_id = ANY($1) ORDER BY import_id, "row", "position"`;

async function readJudgedSums(manager: EntityManager, judgedBy: string): Promise<JudgedSums> {
  const [sums] = await manager.query<JudgedSums[]>(
    `SELECT coalesce(sum(cardinality(outcomes)), 0)::int AS audited, coalesce(sum(rated), 0)::int AS rated,
        coalesce(sum(charged_of_rated_mills), 0)::float8 AS "chargedOfRatedMills",
        coalesce(sum(expected_mills), 0)::float8 AS "expectedMills"
      FROM judged WHERE book = $1`,
    [judgedBy],
  );
  return sums ?? { audited: 0, rated: 0, chargedOfRatedMills: 0, expectedMills: 0 };
}

/** Of the latest audit by this book that is not after the clock; none before it has ended. */
async function readRunOutcomes(
  manager: EntityManager,
  { asOf, judgedBy }: { asOf: Instant; judgedBy: string },
): Promise<Pick<AuditRows, 'vendorOutcomes' | 'invoiceOutcomes'>> {
  const [run] = await manager.query<Record<'vendors' | 'invoices', VendorOutcome[] | null>[]>(
    `SELECT vendor_outcomes AS vendors, invoice_outcomes AS invoices FROM run
      WHERE book = $1 AND as_of <= $2::timestamptz AND vendor_outcomes IS NOT NULL ORDER BY as_of DESC LIMIT 1`,
    [judgedBy, new Date(asOf)],
  );
  return { vendorOutcomes: run?.vendors ?? [], invoiceOutcomes: run?.invoices ?? [] };
}

async function readLatestNews(manager: EntityManager, asOf: Instant): Promise<number | null> {
  const [latest] = await manager.query<{ ms: number | null }[]>(
    `SELECT max((digest->>'latestAt')::float8) AS ms FROM journey WHERE (digest->>'latestAt')::float8 <= $1`,
    [asOf],
  );
  return latest?.ms ?? null;
}

/** A digest that has seen later news counts where something was told before; what a carrier states bears its own time. */
const WITHOUT_LABEL = `WITH told AS (
    SELECT journey.digest FROM journey
    WHERE NOT EXISTS (SELECT FROM label WHERE label.tracking_number = journey.tracking_number)
      AND ((journey.digest->>'latestAt')::float8 <= $1 OR EXISTS (SELECT FROM event
        WHERE event.tracking_number = journey.tracking_number AND event.event_time <= $2::timestamptz)))
  SELECT count(*)::int AS tracked,
    count(*) FILTER (WHERE least((digest->'notice'->>'at')::float8, (digest->'seized'->>'at')::float8,
      (digest->>'firstHoldAt')::float8) <= $1)::int AS stated,
    (SELECT count(*)::int FROM charge c WHERE left(c.tracking_number, 1) <> '@' AND ${LINE_KNOWN}
      AND NOT EXISTS (SELECT FROM label WHERE label.tracking_number = c.tracking_number)) AS charges
  FROM told`;

async function readWithoutLabel(manager: EntityManager, asOf: Instant): Promise<WithoutLabel> {
  const [counts] = await manager.query<WithoutLabel[]>(WITHOUT_LABEL, [asOf, new Date(asOf)]);
  return counts ?? { tracked: 0, stated: 0, charges: 0 };
}

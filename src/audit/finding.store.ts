/** Findings by their identity: a repeated judgement changes nothing, a changed one is kept with its history. */
import type { EntityManager, QueryRunner } from 'typeorm';
import { type Finding, severityRank } from '../core/finding/finding.ts';
import { CLOSED_STATES, type FindingState, isClosedByPerson, nextState } from '../core/finding/lifecycle.ts';
import { orderKey } from '../core/finding/order-key.ts';
import type { Severity } from '../core/rules/answer.ts';
import { type Instant, formatInstant } from '../core/units/day.ts';
import { judgedColumns } from './judged-columns.ts';

/** What a batch of judgements was made with, and when. */
export interface JudgedWith {
  asOf: Instant;
  dataVersion: string;
  digestVersion: number;
  /** Rules that judge no more: what they found resolves for that. */
  retired: ReadonlySet<string>;
}

/** What a person knew of a finding when they closed it. */
interface DecidedOn {
  severity: Severity;
  amountMills: number | null;
}

interface StoredFinding {
  id: string;
  trackingNumber: string;
  rule: string;
  state: FindingState;
  severity: string;
  amountMills: number | null;
  currency: string | null;
  /** Null unless a person closed it. */
  decidedOn: DecidedOn | null;
  content: string;
  firstSeenAt: string;
  changes: number;
  meets: readonly string[];
}

/** One row as it is written: the finding, its state and the reason of the change that its history records. */
interface Change {
  row: Record<string, unknown>;
  sequence: number;
  reason: 'found' | 'changed' | 'resolved' | 'retired' | 'reopened' | 'grown';
}

/** Any number will do, as long as every process takes the same. */
const FINDINGS_LOCK = 7_420_919_207;

/**
 * Lets one transaction change findings at a time, until it ends: an audit must not write over what a person sets
 * meanwhile. Row locks would do on one PostgreSQL, but a cluster takes none across its shards.
 */
export async function takeTurnWithFindings(runner: Pick<QueryRunner | EntityManager, 'query'>): Promise<void> {
  await runner.query('SELECT pg_advisory_xact_lock($1)', [FINDINGS_LOCK]);
}

/** Whether a stored finding is one that this batch of judgements was to find again. */
export type Scope = { trackingNumbers: readonly string[] };

/**
 * Merges what was found for the parcels of `scope`, whose every finding must be in `found`: new ones open, changed ones
 * are rewritten, those no longer found resolve; what a person set stays unless the finding grew. Runs in the caller's
 * transaction; answers how many findings changed.
 */
export async function mergeFindings(
  runner: QueryRunner,
  scope: Scope,
  found: readonly Finding[],
  judgedWith: JudgedWith,
): Promise<number> {
  await takeTurnWithFindings(runner);
  const stored = await readStored(runner, scope);
  const changes: Change[] = [];
  const marks: Mark[] = [];
  for (const finding of found) {
    const key = keyOf(finding.trackingNumber, finding.id);
    const before = stored.get(key);
    const change = changeOf(finding, before, judgedWith);
    marks.push(...markOf(finding, before));
    stored.delete(key);
    if (change) changes.push(change);
  }
  for (const gone of stored.values()) {
    const change = resolutionOf(gone, judgedWith);
    if (change) changes.push(change);
  }
  if (changes.length > 0) await write(runner, changes);
  if (marks.length > 0) await writeMarks(runner, marks);
  return changes.length;
}

/** Which expressions of suppressions a finding meets: not what it says, so nothing that its history tells. */
interface Mark {
  tracking_number: string;
  id: string;
  meets: readonly string[] | null;
}

function markOf({ trackingNumber, id, meets = [] }: Finding, before: StoredFinding | undefined): Mark[] {
  if (meets.join() === (before?.meets ?? []).join()) return [];
  return [{ tracking_number: trackingNumber, id, meets: meets.length === 0 ? null : meets }];
}

async function writeMarks(runner: QueryRunner, marks: readonly Mark[]): Promise<void> {
  await runner.query(
    `UPDATE finding f SET meets = m.meets
       FROM jsonb_populate_recordset(NULL::finding, $1::jsonb) m
      WHERE f.tracking_number = m.tracking_number AND f.id = m.id`,
    [JSON.stringify(marks)],
  );
}

/** The keys with findings that stand under no barcode and begin so, such as `@carrier/`. */
export async function readKeysWith(runner: QueryRunner, prefix: string): Promise<string[]> {
  const rows: { tracking_number: string }[] = await runner.query(
    'SELECT DISTINCT tracking_number FROM finding WHERE starts_with(tracking_number, $1) ORDER BY 1',
    [prefix],
  );
  return rows.map((row) => row.tracking_number);
}

function keyOf(trackingNumber: string, id: string): string {
  return `${trackingNumber}\n${id}`;
}

async function readStored(runner: QueryRunner, scope: Scope): Promise<Map<string, StoredFinding>> {
  const rows: (Record<string, unknown> & {
    id: string;
    tracking_number: string;
    rule: string;
    state: FindingState;
    severity: string;
    amount_mills: number | null;
    currency: string | null;
    decided_on: DecidedOn | null;
    first_seen_at: Date;
    changes: number;
    meets: string[] | null;
  })[] = await runner.query(
    `SELECT f.*, (SELECT max(h.sequence) FROM finding_history h
                   WHERE h.tracking_number = f.tracking_number AND h.id = f.id) AS changes,
            CASE WHEN f.state = ANY($2) THEN
              (SELECT jsonb_build_object('severity', h.severity, 'amountMills', h.amount_mills) FROM finding_history h
                WHERE h.tracking_number = f.tracking_number AND h.id = f.id AND h.reason = 'set'
                ORDER BY h.sequence DESC LIMIT 1) END AS decided_on
       FROM finding f WHERE f.tracking_number = ANY($1)`,
    [scope.trackingNumbers, CLOSED_STATES],
  );
  return new Map(
    rows.map((row) => [
      keyOf(row.tracking_number, row.id),
      {
        id: row.id,
        trackingNumber: row.tracking_number,
        rule: row.rule,
        state: row.state,
        severity: row.severity,
        amountMills: row.amount_mills,
        currency: row.currency,
        decidedOn: row.decided_on,
        firstSeenAt: row.first_seen_at.toISOString(),
        changes: row.changes,
        meets: row.meets ?? [],
        content: contentOf(row),
      },
    ]),
  );
}

function changeOf(finding: Finding, before: StoredFinding | undefined, judgedWith: JudgedWith): Change | null {
  const grown = before !== undefined && hasGrown(finding, before);
  const state = nextState(before?.state ?? 'none', grown ? 'grown' : 'fires') ?? 'open';
  const row = rowOf(finding, judgedWith);
  if (before && before.state === state && before.content === contentOf(row)) return null;
  const at = formatInstant(judgedWith.asOf);
  return {
    row: { ...row, state, first_seen_at: before?.firstSeenAt ?? at, changed_at: at },
    sequence: (before?.changes ?? 0) + 1,
    reason: reasonOf(before, state),
  };
}

function reasonOf(before: StoredFinding | undefined, state: FindingState): Change['reason'] {
  if (before === undefined) return 'found';
  if (before.state === state) return 'changed';
  return isClosedByPerson(before.state) ? 'grown' : 'reopened';
}

/** Whether the finding says more than what a person decided on: a greater severity, amount, or another currency. */
function hasGrown(finding: Finding, { decidedOn, currency }: StoredFinding): boolean {
  if (decidedOn === null) return false;
  if (severityRank(finding.severity) > severityRank(decidedOn.severity)) return true;
  if (finding.amount === null) return false;
  if (decidedOn.amountMills === null || finding.amount.currency !== currency) return true;
  return finding.amount.mills > decidedOn.amountMills;
}

function resolutionOf(before: StoredFinding, judgedWith: JudgedWith): Change | null {
  const state = nextState(before.state, 'gone');
  if (state === null || state === before.state) return null;
  const { id, trackingNumber, severity, amountMills } = before;
  const row = { id, tracking_number: trackingNumber, severity, amount_mills: amountMills };
  return {
    row: { ...row, state, changed_at: formatInstant(judgedWith.asOf) },
    sequence: before.changes + 1,
    reason: judgedWith.retired.has(before.rule) ? 'retired' : 'resolved',
  };
}

function rowOf(finding: Finding, judgedWith: JudgedWith): Record<string, unknown> {
  return {
    ...judgedColumns(finding),
    data_version: judgedWith.dataVersion,
    digest_version: judgedWith.digestVersion,
    order_key: orderKey({
      id: finding.id,
      severity: finding.severity,
      amountMills: finding.amount?.mills ?? null,
      currency: finding.amount?.currency ?? null,
    }),
  };
}

/** What a finding says. The facts it was made from are not among them: they may change while it says the same. */
const CONTENT_COLUMNS = [
  'rule',
  'rule_version',
  'data_version',
  'digest_version',
  'severity',
  'verdict',
  'attribution',
  'confidence',
  'subject',
  'vendor',
  'sale_key',
  'label_id',
  'amount_mills',
  'currency',
  'amount_kind',
  'goods_mills',
  'goods_currency',
  'message',
  'next_step',
  'deadline',
  'evidence',
];

/** The judged columns as one text; objects in order of their keys, as PostgreSQL does not keep ours. */
function contentOf(row: Record<string, unknown>): string {
  return JSON.stringify(
    CONTENT_COLUMNS.map((column) => row[column] ?? null),
    (_key, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
  );
}

async function write(runner: QueryRunner, changes: readonly Change[]): Promise<void> {
  const isGone = ({ reason }: Change): boolean => reason === 'resolved' || reason === 'retired';
  const written = changes.filter((change) => !isGone(change)).map((change) => change.row);
  const resolved = changes.filter(isGone).map((change) => change.row);
  const history = changes.map(({ row, sequence, reason }) => ({
    tracking_number: row['tracking_number'],
    id: row['id'],
    sequence,
    at: row['changed_at'],
    state: row['state'],
    severity: row['severity'],
    amount_mills: row['amount_mills'],
    reason,
  }));
  const updates = [...CONTENT_COLUMNS, 'facts', 'state', 'changed_at', 'order_key'].map(
    (column) => `${column} = excluded.${column}`,
  );
  await runner.query(
    `INSERT INTO finding SELECT * FROM jsonb_populate_recordset(NULL::finding, $1::jsonb)
     ON CONFLICT (tracking_number, id) DO UPDATE SET ${updates.join(', ')}`,
    [JSON.stringify(written)],
  );
  await runner.query(
    `UPDATE finding f SET state = r.state, changed_at = r.changed_at
       FROM jsonb_populate_recordset(NULL::finding, $1::jsonb) r
      WHERE f.tracking_number = r.tracking_number AND f.id = r.id`,
    [JSON.stringify(resolved)],
  );
  await runner.query(
    `INSERT INTO finding_history SELECT * FROM jsonb_populate_recordset(NULL::finding_history, $1::jsonb)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(history)],
  );
}

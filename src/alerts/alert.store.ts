/** The alerts table: a finding is noted once, put into one batch, and settled together with the batch's mail. */
import type { DataSource, EntityManager } from 'typeorm';
import { isShown } from '../audit/suppression.query.ts';
import type { AlertOutcome } from './alert.table.ts';

type Querying = Pick<EntityManager, 'query'>;

/** States in which a finding waits for somebody to look at it. Whoever acknowledged it knows of it. */
const NEWS_STATES = ['open', 'reopened'];

/** Findings `f` of the rules $1 in the states $2 that were never told and are not hidden at $3. */
const NEVER_TOLD = `f.rule = ANY($1) AND f.state = ANY($2) AND ${isShown('$3')} AND NOT EXISTS (SELECT FROM alert a
    WHERE a.tracking_number = f.tracking_number AND a.finding_id = f.id AND a.outcome IS DISTINCT FROM 'gone')`;

/**
 * Notes what the rules found and nobody was told of, also what was closed before it could be told and is open again;
 * answers how many.
 */
export async function noteAlerts(
  dataSource: DataSource,
  { rules, now }: { rules: readonly string[]; now: Date },
): Promise<number> {
  const noted = await dataSource.query<unknown[]>(
    `INSERT INTO alert (tracking_number, finding_id, rule, vendor, found_at, noted_at)
      SELECT f.tracking_number, f.id, f.rule, f.vendor,
          coalesce((SELECT max(h.at) FROM finding_history h WHERE h.tracking_number = f.tracking_number AND h.id = f.id
            AND h.reason IN ('found', 'reopened', 'grown')), f.first_seen_at), $3::timestamptz
        FROM finding f WHERE ${NEVER_TOLD}
      ON CONFLICT (tracking_number, finding_id) DO UPDATE SET batch = NULL, outcome = NULL, settled_at = NULL,
        found_at = excluded.found_at, noted_at = excluded.noted_at WHERE alert.outcome = 'gone'
      RETURNING finding_id`,
    [rules, NEWS_STATES, now],
  );
  return noted.length;
}

/** What is worth a look: findings to be noted, and noted ones that wait for their mail. */
export interface Waiting {
  findings: boolean;
  alerts: boolean;
}

/** Looks for both; what was filed for nobody after `since` waits too where somebody can be told now (`refile`). */
export async function readWaiting(
  dataSource: DataSource,
  { rules, since, refile, now }: { rules: readonly string[]; since: Date; refile: boolean; now: Date },
): Promise<Waiting> {
  const [row] = await dataSource.query<Waiting[]>(
    `SELECT EXISTS (SELECT FROM finding f WHERE ${NEVER_TOLD}) AS findings,
        EXISTS (SELECT FROM alert WHERE outcome IS NULL OR ($5 AND outcome = 'filed' AND found_at >= $4)) AS alerts`,
    [rules, NEWS_STATES, now, since, refile],
  );
  return row ?? { findings: false, alerts: false };
}

/**
 * Puts everything that waits and was found after `since` into the batch, in one statement: from here on it is told in no
 * other mail. With `refile` also what was only filed, for nobody. What is older is settled as untold; answers how many.
 */
export async function assignBatch(
  dataSource: DataSource,
  { batch, since, refile, now }: { batch: string; since: Date; refile: boolean; now: Date },
): Promise<number> {
  await dataSource.query(
    `UPDATE alert SET batch = $1, outcome = NULL, settled_at = NULL
      WHERE found_at >= $2 AND ((outcome IS NULL AND batch IS NULL) OR ($3 AND outcome = 'filed'))`,
    [batch, since, refile],
  );
  const [late] = await dataSource.query<[unknown[], number]>(
    `UPDATE alert SET outcome = 'untold', settled_at = $2
      WHERE found_at < $1 AND outcome IS NULL AND batch IS NULL RETURNING finding_id`,
    [since, now],
  );
  return late.length;
}

/** Batches whose mail is not in the outbox yet, in the order in which they were made. */
export async function readPendingBatches(dataSource: DataSource): Promise<string[]> {
  const rows = await dataSource.query<{ batch: string }[]>(
    'SELECT DISTINCT batch FROM alert WHERE outcome IS NULL AND batch IS NOT NULL ORDER BY batch',
  );
  return rows.map(({ batch }) => batch);
}

/** Settles a batch: the findings its mail tells of get the outcome, the others were closed before. */
export async function settleBatch(
  manager: Querying,
  { batch, told, outcome, now }: { batch: string; told: readonly string[]; outcome: AlertOutcome; now: Date },
): Promise<void> {
  await manager.query(
    `UPDATE alert SET outcome = CASE WHEN finding_id::text = ANY($2::text[]) THEN $3 ELSE 'gone' END, settled_at = $4
      WHERE batch = $1 AND outcome IS NULL`,
    [batch, told, outcome, now],
  );
}

/** Takes the held mails of alerts out of the outbox and lets their batches wait again, so that they are composed anew. */
export async function reopenHeldBatches(dataSource: DataSource): Promise<void> {
  const held = await dataSource.query<{ id: string; about: string }[]>(
    `SELECT id, about FROM mail WHERE kind = 'alert' AND state = 'held'`,
  );
  if (held.length === 0) return;
  await dataSource.transaction(async (manager) => {
    await manager.query('DELETE FROM mail WHERE id = ANY($1)', [held.map(({ id }) => id)]);
    await manager.query(
      `UPDATE alert SET outcome = NULL, settled_at = NULL WHERE batch = ANY($1) AND outcome IN ('told', 'filed')`,
      [held.map(({ about }) => about)],
    );
  });
}

/** How the telling of one finding stands; `mail...` are null where there is no mail. */
export interface AlertStanding {
  outcome: AlertOutcome | null;
  settledAt: Date | null;
  mailState: string | null;
  mailSentAt: Date | null;
}

/** Null for a finding that was never to be told at once. */
export async function readStanding(dataSource: DataSource, findingId: string): Promise<AlertStanding | null> {
  const [row] = await dataSource.query<AlertStanding[]>(
    `SELECT a.outcome, a.settled_at AS "settledAt", m.state AS "mailState", m.sent_at AS "mailSentAt"
      FROM finding f JOIN alert a ON a.tracking_number = f.tracking_number AND a.finding_id = f.id
      LEFT JOIN mail m ON m.kind = 'alert' AND m.about = a.batch AND (m.recipients <> '{}') = (a.outcome = 'told')
      WHERE f.id = $1`,
    [findingId],
  );
  return row ?? null;
}

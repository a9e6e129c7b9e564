/** SQL of what is to be asked: new labels taken up, numbers whose time has come, and what is on file about them. */
import type { DataSource } from 'typeorm';
import type { Askable } from '../catalog/providers.ts';
import { FIRST_LOOK, NEWLY_SUSPECTED, PLACES, UNLABELLED } from '../core/journey/asking.ts';
import type { LabelKind } from '../core/label/label.ts';
import type { Day } from '../core/units/day.ts';
import type { PollRow } from './poll.table.ts';

const COLUMNS = `tracking_number AS "trackingNumber", provider, next_at AS "nextAt", priority, registered_at AS "registeredAt",
    last_asked_at AS "lastAskedAt", last_outcome AS "lastOutcome", failures, told_sha256 AS "toldSha256",
    undated_sha256 AS "undatedSha256"`;

/** The number so many labels after this one, in order of their numbers; null where the labels end before. */
export async function numberAfter(
  dataSource: DataSource,
  { after, labels }: { after: string; labels: number },
): Promise<string | null> {
  const [row] = await dataSource.query<{ number: string }[]>(
    `SELECT tracking_number AS number FROM label WHERE tracking_number > $1
      ORDER BY tracking_number OFFSET $2 LIMIT 1`,
    [after, labels - 1],
  );
  return row?.number ?? null;
}

/** Which labels are taken up. */
export interface Enrolling {
  provider: Askable;
  /** Those preferred to it: a number of which any of them gives no access, or none without one, is for this one. */
  before: readonly Askable[];
  /** Numbers above the first and up to the second; null = all above. */
  after: string;
  upTo: string | null;
  /** Mailed on this day or later. */
  since: Day;
  now: Date;
}

/** Both sides of a join are bounded: one that bounds the labels alone reads the other table whole, slice by slice. */
const SLICE = 'tracking_number > $2 AND tracking_number <= $3';
/** Above every number: none begins with it. */
const END = '\u{10FFFF}';

/**
 * Writes a row for every live label of the slice that has none, and wakes one that was written before there was a label;
 * answers how many. Such a row says only when to look first.
 */
export async function enrol(dataSource: DataSource, enrolling: Enrolling): Promise<number> {
  const { provider, before, after, upTo, since, now } = enrolling;
  const made = await dataSource.query<unknown[]>(
    `INSERT INTO poll (tracking_number, provider, next_at, priority, failures)
     SELECT tracking_number, $1, look_at,
            CASE WHEN NOT outbound THEN $8::smallint WHEN look_at < $9 THEN $7::smallint ELSE $6::smallint END, 0
       FROM (
         SELECT tracking_number, bool_or(kind = 'outbound') AS outbound,
                max(coalesce(ship_date, purchased_day))::timestamp AT TIME ZONE 'UTC'
                  + $5::float8 * interval '1 millisecond' AS look_at
           FROM label
          WHERE ${SLICE} AND tracking_number NOT LIKE '@%'
            AND status = 'purchased' AND coalesce(ship_date, purchased_day) >= $4::date
          GROUP BY tracking_number
       ) l
      WHERE NOT EXISTS (
          SELECT FROM poll p WHERE p.tracking_number = l.tracking_number AND p.provider = $1 AND ${SLICE}
             AND NOT (p.next_at IS NULL AND p.priority = $11::smallint))
        AND ($10::text[] = '{}' OR EXISTS (
          SELECT FROM poll p WHERE p.tracking_number = l.tracking_number AND p.provider = ANY ($10)
             AND p.last_outcome = 'no_access' AND ${SLICE}))
     ON CONFLICT (tracking_number, provider) DO UPDATE SET next_at = EXCLUDED.next_at, priority = EXCLUDED.priority
       WHERE poll.next_at IS NULL AND poll.priority = $11::smallint
     RETURNING 1`,
    [
      provider,
      after,
      upTo ?? END,
      since,
      FIRST_LOOK.afterMs,
      FIRST_LOOK.priority,
      FIRST_LOOK.later,
      FIRST_LOOK.unused,
      new Date(now.getTime() - FIRST_LOOK.freshMs),
      [...before],
      UNLABELLED,
    ],
  );
  return made.length;
}

/** Numbers of the provider whose time has come, the most pressing first. */
export async function readDue(
  dataSource: DataSource,
  { provider, now, limit }: { provider: Askable; now: Date; limit: number },
): Promise<string[]> {
  const due: string[] = [];
  // One look a place: a single one would walk past all of a place whose time has not come.
  for (const priority of PLACES) {
    const rows = await dataSource.query<{ number: string }[]>(
      `SELECT tracking_number AS number FROM poll WHERE provider = $1 AND priority = $2 AND next_at <= $3
        ORDER BY next_at, tracking_number LIMIT $4`,
      [provider, priority, now, limit - due.length],
    );
    due.push(...rows.map(({ number }) => number));
    if (due.length >= limit) break;
  }
  return due;
}

/** What is kept about the numbers, at every provider. */
export async function readPolls(dataSource: DataSource, numbers: readonly string[]): Promise<PollRow[]> {
  return dataSource.query<PollRow[]>(`SELECT ${COLUMNS} FROM poll WHERE tracking_number = ANY ($1::text[])`, [numbers]);
}

/** Keeps the rows in the place of those that stand. */
export async function savePolls(dataSource: DataSource, rows: readonly PollRow[]): Promise<void> {
  if (rows.length === 0) return;
  await dataSource.query(
    `INSERT INTO poll (tracking_number, provider, next_at, priority, registered_at, last_asked_at, last_outcome, failures,
        told_sha256, undated_sha256)
     SELECT * FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::smallint[], $5::timestamptz[], $6::timestamptz[],
        $7::text[], $8::integer[], $9::text[], $10::text[])
     ON CONFLICT (tracking_number, provider) DO UPDATE SET next_at = EXCLUDED.next_at, priority = EXCLUDED.priority,
        registered_at = EXCLUDED.registered_at, last_asked_at = EXCLUDED.last_asked_at,
        last_outcome = EXCLUDED.last_outcome, failures = EXCLUDED.failures, told_sha256 = EXCLUDED.told_sha256,
        undated_sha256 = EXCLUDED.undated_sha256`,
    [
      rows.map(({ trackingNumber }) => trackingNumber),
      rows.map(({ provider }) => provider),
      rows.map(({ nextAt }) => nextAt),
      rows.map(({ priority }) => priority),
      rows.map(({ registeredAt }) => registeredAt),
      rows.map(({ lastAskedAt }) => lastAskedAt),
      rows.map(({ lastOutcome }) => lastOutcome),
      rows.map(({ failures }) => failures),
      rows.map(({ toldSha256 }) => toldSha256),
      rows.map(({ undatedSha256 }) => undatedSha256),
    ],
  );
}

/** What the labels under a number say of when and how often to ask. */
export interface LabelToWatch {
  trackingNumber: string;
  vendor: string;
  kind: LabelKind;
  status: string;
  mailingDay: Day;
  suspected: boolean;
}

/** Every label under the numbers. */
export async function readLabelsToWatch(dataSource: DataSource, numbers: readonly string[]): Promise<LabelToWatch[]> {
  return dataSource.query<LabelToWatch[]>(
    `SELECT tracking_number AS "trackingNumber", vendor, kind, status, coalesce(ship_date, purchased_day) AS "mailingDay",
            EXISTS (SELECT FROM suspected_vendor s WHERE s.vendor = label.vendor) AS suspected
       FROM label WHERE tracking_number = ANY ($1::text[])`,
    [numbers],
  );
}

/** Puts these vendors in the place of those under suspicion; answers those that were not among them. */
export async function replaceSuspects(
  dataSource: DataSource,
  { vendors, now }: { vendors: readonly string[]; now: Date },
): Promise<string[]> {
  await dataSource.query('DELETE FROM suspected_vendor WHERE NOT vendor = ANY ($1::text[])', [vendors]);
  const added = await dataSource.query<{ vendor: string }[]>(
    `INSERT INTO suspected_vendor (vendor, since) SELECT DISTINCT vendor, $2::timestamptz FROM unnest($1::text[]) AS vendor
      ON CONFLICT (vendor) DO NOTHING RETURNING vendor`,
    [vendors, now],
  );
  return added.map(({ vendor }) => vendor);
}

/** Has the parcels of the vendors looked at now: when each is to be asked is settled then. */
export async function lookAtVendors(
  dataSource: DataSource,
  { vendors, since, now }: { vendors: readonly string[]; since: Day; now: Date },
): Promise<void> {
  await dataSource.query(
    `UPDATE poll SET next_at = least(next_at, $3), priority = least(priority, $4)
      WHERE (next_at > $3 OR (next_at <= $3 AND priority > $4)) AND tracking_number IN (
        SELECT tracking_number FROM label
         WHERE vendor = ANY ($1::text[]) AND coalesce(ship_date, purchased_day) >= $2::date)`,
    [vendors, since, now, NEWLY_SUSPECTED],
  );
}

/** Numbers the provider was asked about, and to how many of them it gave no access the last time. */
export async function countRefused(
  dataSource: DataSource,
  provider: Askable,
): Promise<{ asked: number; refused: number }> {
  const [row] = await dataSource.query<{ asked: number; refused: number }[]>(
    `SELECT count(*) AS asked, count(*) FILTER (WHERE last_outcome = 'no_access') AS refused
       FROM poll WHERE provider = $1 AND last_outcome IS NOT NULL`,
    [provider],
  );
  return row ?? { asked: 0, refused: 0 };
}

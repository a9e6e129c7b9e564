/** The tables of the archive: reports by day and edition, their files, and what earlier reports have told already. */
import type { DataSource, EntityManager } from 'typeorm';
import type { ReportChanges } from './report-changes.ts';
import type { ArchiveFile } from './report-files.ts';
import type { ReportRow } from './report.table.ts';

/** An edition without what only some readers need: how the page looks, and the check figures. */
export type ArchivedReport = Omit<ReportRow, 'view' | 'checks'>;

/** An edition by its name and times alone. */
export type Edition = Pick<ReportRow, 'day' | 'edition' | 'asOf' | 'madeAt'>;

/** One line of the list of reports: the last edition of a day, with its changes counted. */
export interface ArchivedLine extends Omit<ArchivedReport, 'changes'> {
  /** Editions of the day. */
  editions: number;
  changes: Record<Exclude<keyof ReportChanges, 'since'>, number> & { since: string | null };
}

const REPORT = `day::text AS day, edition, as_of AS "asOf", made_at AS "madeAt", locale,
    time_zone AS "timeZone", severity`;

const COUNTED = `jsonb_build_object('since', changes -> 'since',
    'new', jsonb_array_length(changes -> 'new'), 'stillOpen', jsonb_array_length(changes -> 'stillOpen'),
    'resolved', jsonb_array_length(changes -> 'resolved'), 'reopened', jsonb_array_length(changes -> 'reopened'))`;

/** The last edition of the day; without a day, of the last day. */
export async function readReport(dataSource: DataSource, day: string | null): Promise<ArchivedReport | null> {
  const [row] = await dataSource.query<ArchivedReport[]>(
    `SELECT ${REPORT}, changes FROM report WHERE $1::date IS NULL OR day = $1
      ORDER BY day DESC, made_at DESC, edition LIMIT 1`,
    [day],
  );
  return row ?? null;
}

/** Which edition of the day is the last, for who asks every minute: changes of many findings are long. */
export async function readLastEdition(dataSource: DataSource, day: string): Promise<Edition | null> {
  const [row] = await dataSource.query<Edition[]>(
    `SELECT day::text AS day, edition, as_of AS "asOf", made_at AS "madeAt" FROM report WHERE day = $1
      ORDER BY made_at DESC, edition LIMIT 1`,
    [day],
  );
  return row ?? null;
}

/** The last edition of the last day before this one. */
export async function readReportBefore(dataSource: DataSource, day: string): Promise<ArchivedReport | null> {
  const [row] = await dataSource.query<ArchivedReport[]>(
    `SELECT ${REPORT}, changes FROM report WHERE day < $1 ORDER BY day DESC, made_at DESC, edition LIMIT 1`,
    [day],
  );
  return row ?? null;
}

/** One edition whole; null when it is not in the archive. */
export async function readEdition(dataSource: DataSource, day: string, edition: string): Promise<ReportRow | null> {
  const [row] = await dataSource.query<ReportRow[]>(
    `SELECT ${REPORT}, view, changes, checks FROM report WHERE day = $1 AND edition = $2`,
    [day, edition],
  );
  return row ?? null;
}

/** Editions of a day, the earliest made first. */
export async function readEditions(dataSource: DataSource, day: string): Promise<string[]> {
  const rows = await dataSource.query<{ edition: string }[]>(
    `SELECT edition FROM report WHERE day = $1 ORDER BY made_at, edition`,
    [day],
  );
  return rows.map(({ edition }) => edition);
}

/**
 * The last edition of each day before `before` (null = of all), the last day first. Which editions those are is decided
 * first: counted in one step, the changes of every report ever made would be read for a page of them.
 */
export async function readLines(
  dataSource: DataSource,
  { before, limit }: { before: string | null; limit: number },
): Promise<ArchivedLine[]> {
  return dataSource.query<ArchivedLine[]>(
    `WITH last AS MATERIALIZED (
        SELECT DISTINCT ON (day) day, edition FROM report WHERE $1::date IS NULL OR day < $1
        ORDER BY day DESC, made_at DESC, edition LIMIT $2)
      SELECT ${REPORT}, ${COUNTED} AS changes,
        (SELECT count(*)::int FROM report AS each WHERE each.day = report.day) AS editions
      FROM last JOIN report USING (day, edition) ORDER BY report.day DESC`,
    [before, limit],
  );
}

/** The days with a report that lie nearest before and after a day. */
export async function readNearestDays(
  dataSource: DataSource,
  day: string,
): Promise<{ before: string | null; after: string | null }> {
  const [row] = await dataSource.query<{ before: string | null; after: string | null }[]>(
    `SELECT (max(day) FILTER (WHERE day < $1))::text AS before,
        (min(day) FILTER (WHERE day > $1))::text AS after FROM report`,
    [day],
  );
  return row ?? { before: null, after: null };
}

/** The bytes of a file of an edition; null when it is not in the archive. */
export async function readFileOf(
  dataSource: DataSource,
  { day, edition, name }: { day: string; edition: string; name: ArchiveFile },
): Promise<Buffer | null> {
  const [row] = await dataSource.query<{ content: Buffer }[]>(
    `SELECT content FROM report_file WHERE day = $1 AND edition = $2 AND name = $3`,
    [day, edition, name],
  );
  return row?.content ?? null;
}

/** Names of the files of an edition. */
export async function readFileNames(
  dataSource: DataSource,
  { day, edition }: { day: string; edition: string },
): Promise<string[]> {
  const rows = await dataSource.query<{ name: string }[]>(
    `SELECT name FROM report_file WHERE day = $1 AND edition = $2 ORDER BY name`,
    [day, edition],
  );
  return rows.map(({ name }) => name);
}

/** Those of the findings that a report of an earlier day has told of. */
export async function readReportedBefore(
  dataSource: DataSource,
  ids: readonly string[],
  day: string,
): Promise<Set<string>> {
  const rows = await dataSource.query<{ id: string }[]>(
    `SELECT id FROM reported_finding WHERE id = ANY($1) AND first_day < $2`,
    [ids, day],
  );
  return new Set(rows.map(({ id }) => id));
}

/**
 * Keeps an edition: answers whether it is new. One that is there already moves its time and is shown as this release
 * shows it: an earlier one may have kept what today's templates cannot read.
 */
export async function insertReport(manager: EntityManager, row: ReportRow): Promise<boolean> {
  const [inserted] = await manager.query<{ fresh: boolean }[]>(
    `INSERT INTO report (day, edition, as_of, made_at, locale, time_zone, severity, view, changes, checks)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      ON CONFLICT (day, edition) DO UPDATE SET made_at = excluded.made_at, view = excluded.view,
        changes = excluded.changes, checks = excluded.checks
      RETURNING xmax = 0 AS fresh`,
    [
      row.day,
      row.edition,
      row.asOf,
      row.madeAt,
      row.locale,
      row.timeZone,
      row.severity,
      JSON.stringify(row.view),
      JSON.stringify(row.changes),
      JSON.stringify(row.checks),
    ],
  );
  return inserted?.fresh ?? false;
}

export async function insertFile(
  manager: EntityManager,
  { day, edition, name, content }: { day: string; edition: string; name: ArchiveFile; content: Buffer },
): Promise<void> {
  await manager.query(`INSERT INTO report_file (day, edition, name, content) VALUES ($1, $2, $3, $4)`, [
    day,
    edition,
    name,
    content,
  ]);
}

/** Remembers what the report of a day tells of; the earliest day stays. */
export async function rememberReported(
  manager: EntityManager,
  day: string,
  told: { findings: readonly string[]; imports: readonly string[] },
): Promise<void> {
  const tables = [
    ['reported_finding', told.findings],
    ['reported_import', told.imports],
  ] as const;
  for (const [table, ids] of tables) {
    await manager.query(
      `INSERT INTO ${table} (id, first_day) SELECT DISTINCT unnest($1::text[]), $2::date
        ON CONFLICT (id) DO UPDATE SET first_day = excluded.first_day WHERE ${table}.first_day > excluded.first_day`,
      [ids, day],
    );
  }
}

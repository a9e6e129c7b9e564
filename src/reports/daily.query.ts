/** What a day's report has to know of the files that came: which of them are its own, and which are missed. */
import type { DataSource } from 'typeorm';
import { DAY_MS, type Day, type Instant } from '../core/units/day.ts';
import type { Delivery } from './late-sources.ts';
import type { SourceSummary } from './report-input.ts';

/** A vendor that has sent nothing for so long is no longer waited for. */
const WAITED_FOR_DAYS = 30;

/**
 * The files that no report of an earlier day has listed, in the order in which they came. Those of one name, kind and
 * vendor are one source: a program that sends its rows piece by piece is one line, not thousands.
 */
export async function readSources(dataSource: DataSource, day: Day): Promise<SourceSummary[]> {
  return dataSource.query<SourceSummary[]>(
    `SELECT file, kind, vendor, array_agg(id::text ORDER BY imported_at, id) AS "importIds", sum(rows)::float8 AS rows,
        sum(accepted)::float8 AS accepted, sum(repeated)::float8 AS repeated, sum(rejected)::float8 AS rejected,
        sum(personal_dropped)::float8 AS "personalDropped"
      FROM import
      WHERE NOT EXISTS (SELECT FROM reported_import WHERE reported_import.id = import.id AND first_day < $1)
      GROUP BY file, kind, vendor
      ORDER BY min(imported_at), file COLLATE "C", kind, vendor COLLATE "C"`,
    [day],
  );
}

/** A file that was received and of which no row stands here. */
export interface UnreadFile {
  file: string;
  /** What was wrong with it; null = it waits to be imported. */
  problem: string | null;
}

/**
 * Files that still wait, and those that failed since the last report of an earlier day was made. One whose content has
 * been imported all the same, sent again with what was missing, is none of them.
 */
export async function readUnread(dataSource: DataSource, day: Day): Promise<UnreadFile[]> {
  return dataSource.query<UnreadFile[]>(
    `SELECT file, problem FROM upload
      WHERE NOT EXISTS (SELECT FROM import WHERE import.content_sha256 = upload.content_sha256)
        AND (state IN ('queued', 'running') OR state = 'failed' AND finished_at > coalesce(
          (SELECT made_at FROM report WHERE report.day < $1 ORDER BY report.day DESC, made_at DESC LIMIT 1), '-infinity'))
      ORDER BY received_at, id`,
    [day],
  );
}

/** Whether any file ever came. */
export async function hasImports(dataSource: DataSource): Promise<boolean> {
  const [row] = await dataSource.query<{ any: boolean }[]>('SELECT EXISTS (SELECT FROM import) AS any');
  return row?.any ?? false;
}

/**
 * When a file of each kind came last, and one with labels of each vendor. One that brought no row that could be taken (a
 * broken export) is none that came.
 */
export async function readDeliveries(dataSource: DataSource, asOf: Instant): Promise<Delivery[]> {
  const rows = await dataSource.query<(Omit<Delivery, 'at'> & { at: Date })[]>(
    `WITH sent AS (
        SELECT id, vendor, imported_at FROM import
        WHERE kind = 'labels' AND rows > rejected AND imported_at > $1),
      of_vendor AS (
        SELECT vendor, imported_at FROM sent WHERE vendor IS NOT NULL
        UNION ALL
        SELECT label.vendor, sent.imported_at FROM sent JOIN label ON label.import_id = sent.id WHERE sent.vendor IS NULL),
      delivery AS (
        SELECT kind, NULL AS vendor, max(imported_at) AS at FROM import
        WHERE kind IN ('labels', 'tracking') AND rows > rejected GROUP BY kind
        UNION ALL
        SELECT 'labels', vendor, max(imported_at) FROM of_vendor GROUP BY vendor)
      SELECT kind, vendor, at FROM delivery ORDER BY kind, vendor COLLATE "C" NULLS FIRST`,
    [new Date(asOf - WAITED_FOR_DAYS * DAY_MS)],
  );
  return rows.map(({ kind, vendor, at }) => ({ kind, vendor, at: at.getTime() }));
}

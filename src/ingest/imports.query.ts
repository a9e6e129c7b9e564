/** Reads what was imported, how far it is, and what was refused. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ImportView, Page, RejectedView } from './import-view.ts';

/** Where a list of imports goes on: behind this one. */
export interface ImportPlace {
  receivedAt: Date;
  id: string;
}

/** Where a list of problems goes on: behind this one. */
export interface RejectedPlace {
  row: number;
  position: number;
}

type StoredView = Omit<ImportView, 'progress'> & { bytesRead: number };

@Injectable()
export class ImportsQuery {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** The newest first; `after` continues an earlier page. */
  async list({
    limit,
    after,
  }: {
    limit: number;
    after?: ImportPlace | undefined;
  }): Promise<Page<ImportView, ImportPlace>> {
    const { receivedAt, id } = after ?? { receivedAt: 'infinity', id: '' };
    const rows = await this.dataSource.query<StoredView[]>(LIST, [limit + 1, receivedAt, id]);
    const items = rows.slice(0, limit).map(viewOf);
    return { items, next: rows.length > limit ? (items.at(-1) ?? null) : null };
  }

  /** One by the id of its upload or of its content; null when there is none. */
  async find(id: string): Promise<ImportView | null> {
    const [row] = await this.dataSource.query<StoredView[]>(FIND, [id]);
    return row === undefined ? null : viewOf(row);
  }

  /** The problems of the rows of an import that were not taken, in their order. */
  async rejected(
    importId: string,
    { limit, after }: { limit: number; after?: RejectedPlace | undefined },
  ): Promise<Page<RejectedView, RejectedPlace>> {
    const { row, position } = after ?? { row: -1, position: -1 };
    const rows = await this.dataSource.query<(RejectedView & RejectedPlace)[]>(REJECTED, [
      importId,
      row,
      position,
      limit + 1,
    ]);
    const items = rows.slice(0, limit);
    const next = rows.length > limit ? (items.at(-1) ?? null) : null;
    return {
      items: items.map(({ row: at, field, problem, value }) => ({ row: at, field, problem, value })),
      next: next && { row: next.row, position: next.position },
    };
  }
}

function viewOf({ bytesRead, ...view }: StoredView): ImportView {
  const ended = view.state === 'done' || view.state === 'failed';
  // Behind the last byte comes the merge.
  return { ...view, progress: ended ? 1 : Math.min(0.99, bytesRead / view.bytes) };
}

const RESULT = (name: string) => `coalesce((u.result ->> '${name}')::integer, 0) AS ${name.toLowerCase()}`;

const COLUMNS = `id, state, kind, vendor, file, bytes, bytes_read AS "bytesRead", rows, accepted, repeated, rejected,
  personaldropped AS "personalDropped", problem, received_at AS "receivedAt", received_by AS "receivedBy",
  finished_at AS "finishedAt", import_id AS "importId"`;

const UPLOADS = `
  SELECT u.id::text, u.state, coalesce(u.result ->> 'kind', u.kind) AS kind,
    coalesce(u.result ->> 'vendor', u.vendor) AS vendor, u.file, u.bytes, u.bytes_read, u.rows_read AS rows,
    ${['accepted', 'repeated', 'rejected', 'personalDropped'].map(RESULT).join(', ')},
    u.problem, u.received_at, u.received_by, u.finished_at, u.import_id::text
  FROM upload u`;

const IMPORTS = `
  SELECT i.id::text, 'done' AS state, i.kind, i.vendor, i.file, i.bytes, i.bytes AS bytes_read, i.rows, i.accepted,
    i.repeated, i.rejected, i.personal_dropped, NULL AS problem, i.imported_at, NULL AS received_by, i.imported_at,
    i.id::text AS import_id
  FROM import i`;

const FIND = `SELECT ${COLUMNS} FROM (${UPLOADS} WHERE u.id = $1 UNION ALL ${IMPORTS} WHERE i.id = $1) either`;

/**
 * Each half is read by its own index, no further than the page goes. An import stands under the upload that brought it:
 * the one received at its instant, which names it, or does not yet (the rows are there a moment before). An upload that
 * only repeats it stands beside it.
 */
const LIST = `
  SELECT ${COLUMNS} FROM (
    (${UPLOADS} WHERE (u.received_at, u.id) < ($2, $3)
     ORDER BY u.received_at DESC, u.id DESC LIMIT $1)
    UNION ALL
    (${IMPORTS} WHERE (i.imported_at, i.id) < ($2, $3)
       AND NOT EXISTS (SELECT FROM upload u WHERE u.received_at = i.imported_at
         AND (u.import_id = i.id OR (u.content_sha256 = i.content_sha256 AND u.state IN ('queued', 'running'))))
     ORDER BY i.imported_at DESC, i.id DESC LIMIT $1)
  ) either ORDER BY received_at DESC, id DESC LIMIT $1`;

const REJECTED = `
  SELECT row, position, field, problem, value FROM rejected_row
  WHERE import_id = $1 AND (row, position) > ($2, $3) ORDER BY row, position LIMIT $4`;

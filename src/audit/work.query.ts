/** Which parcels an audit has to judge, and their joined rows, slice by slice in order of tracking number. */
import pg from 'pg';
import { type Instant, formatInstant } from '../core/units/day.ts';
import { copyOutRows } from '../platform/database-copy.ts';
import { KNOWN_BY } from './context.query.ts';
import { PARCEL_COLUMNS, ParcelReader, type ParcelRows } from './parcel-row.ts';

export interface WorkRequest {
  book: string;
  asOf: Instant;
  /** The last number of the slice before; '' for the first. */
  after: string;
  /** Parcels in the slice. */
  limit: number;
}

/**
 * The next parcels to judge: never judged, changed since, judged by another book, due for review, or judged as of a
 * later time. A parcel whose events are not folded yet waits for the next run: its journey would be an old one.
 */
export async function readSlice(client: pg.PoolClient, request: WorkRequest): Promise<ParcelRows[]> {
  const book = pg.escapeLiteral(request.book);
  const asOf = `${pg.escapeLiteral(formatInstant(request.asOf))}::timestamptz`;
  const sql = `COPY (SELECT ${PARCEL_COLUMNS}
    FROM (SELECT p.tracking_number, p.revision
            FROM parcel p
            LEFT JOIN judged d USING (tracking_number)
            LEFT JOIN journey y USING (tracking_number)
           WHERE p.tracking_number > ${pg.escapeLiteral(request.after)}
             AND (d.tracking_number IS NULL OR d.revision <> p.revision OR d.book <> ${book}
                  OR d.next_review_at <= ${asOf} OR d.as_of > ${asOf})
             AND coalesce(y.events_revision, 0) = p.events_revision
             AND EXISTS (SELECT 1 FROM label l WHERE l.tracking_number = p.tracking_number)
           ORDER BY p.tracking_number LIMIT ${request.limit}) w
    JOIN label l USING (tracking_number)
    LEFT JOIN journey j USING (tracking_number)
    LEFT JOIN charge_digest c USING (tracking_number)
   ORDER BY l.tracking_number, l.vendor, l.sale_key) TO STDOUT`;
  const parcels: ParcelRows[] = [];
  const reader = new ParcelReader();
  for await (const rows of copyOutRows(client, sql)) {
    for (const row of rows) {
      const ended = reader.take(row);
      if (ended) parcels.push(ended);
    }
  }
  const last = reader.end();
  if (last) parcels.push(last);
  return parcels;
}

/** How many parcels a run may have to judge: for progress only. */
export async function countParcels(client: pg.PoolClient): Promise<number> {
  const { rows } = await client.query<{ parcels: number }>('SELECT count(*) AS parcels FROM parcel');
  return rows[0]?.parcels ?? 0;
}

/** Rows dated after the clock of the audit, which it ignores. */
export async function countLaterRows(
  client: pg.PoolClient,
  asOf: Instant,
): Promise<{ labels: number; events: number }> {
  const { rows } = await client.query<{ labels: number; events: number }>(
    `SELECT (SELECT count(*) FROM label l WHERE NOT ${KNOWN_BY}) AS labels,
            (SELECT count(*) FROM event WHERE event_time > $1::timestamptz AND kind = 'event') AS events`,
    [formatInstant(asOf)],
  );
  return rows[0] ?? { labels: 0, events: 0 };
}

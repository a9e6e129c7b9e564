/** Which parcels an audit has to judge, and their joined rows, in order of tracking number. */
import pg from 'pg';
import { type Instant, formatInstant } from '../core/units/day.ts';
import { copyOutRows } from '../platform/database-copy.ts';
import { KNOWN_BY } from './context.query.ts';
import { PARCEL_COLUMNS, ParcelReader, type ParcelRows } from './parcel-row.ts';

export interface WorkRequest {
  book: string;
  asOf: Instant;
  /** Numbers to judge whatever was judged before, for others decide what they are. */
  again: readonly string[];
  /** Parcels in a slice. */
  slice: number;
}

/**
 * The parcels to judge, read as one stream: never judged, changed since, judged by another book, due for review, asked for
 * again, or judged as of a later time. A parcel whose events are not folded yet waits for the next run: its journey would be an old one.
 * The tables are all in order of tracking number, so nothing is sorted, and what a slice changes is not read again.
 */
export function readWork(
  client: pg.PoolClient,
  { book, asOf, again, slice }: WorkRequest,
): AsyncGenerator<ParcelRows[]> {
  const due = `d.book <> ${pg.escapeLiteral(book)} OR d.as_of > ${instantSql(asOf)} OR ${isDue(asOf)}`;
  return readParcels(client, `${due} OR ${isAmong(again)}`, slice);
}

/** Of the parcels to judge those about which something was stated; what another book or a look ahead would say waits for a run. */
export function readAlarming(
  client: pg.PoolClient,
  { asOf, slice }: Pick<WorkRequest, 'asOf' | 'slice'>,
): AsyncGenerator<ParcelRows[]> {
  return readParcels(client, isNews(asOf), slice, 'AND j.alarming');
}

/** Whether there are any of those. */
export async function hasAlarming(client: pg.PoolClient, asOf: Instant): Promise<boolean> {
  const { rows } = await client.query<{ any: boolean }>(
    `SELECT EXISTS (SELECT FROM journey j JOIN parcel w USING (tracking_number) LEFT JOIN judged d USING (tracking_number)
      WHERE j.alarming AND (${isNews(asOf)}) AND j.events_revision = w.events_revision
        AND EXISTS (SELECT FROM label l WHERE l.tracking_number = j.tracking_number)) AS any`,
  );
  return rows[0]?.any ?? false;
}

function isDue(asOf: Instant): string {
  return `d.tracking_number IS NULL OR d.revision <> w.revision OR d.next_review_at <= ${instantSql(asOf)}`;
}

/** As due, but for what every run has to look at anew because of others: its review was due when it was judged. */
function isNews(asOf: Instant): string {
  return `(${isDue(asOf)}) AND (d.tracking_number IS NULL OR d.revision <> w.revision OR d.next_review_at > d.as_of)`;
}

function instantSql(at: Instant): string {
  return `${pg.escapeLiteral(formatInstant(at))}::timestamptz`;
}

async function* readParcels(
  client: pg.PoolClient,
  due: string,
  perSlice: number,
  more = '',
): AsyncGenerator<ParcelRows[]> {
  const sql = `COPY (SELECT ${PARCEL_COLUMNS}
    FROM label l
    JOIN parcel w USING (tracking_number)
    LEFT JOIN judged d USING (tracking_number)
    LEFT JOIN journey j USING (tracking_number)
    LEFT JOIN charge_digest c USING (tracking_number)
   WHERE (${due}) AND coalesce(j.events_revision, 0) = w.events_revision ${more}
   ORDER BY l.tracking_number, l.vendor, l.sale_key) TO STDOUT`;
  const reader = new ParcelReader();
  let slice: ParcelRows[] = [];
  for await (const rows of copyOutRows(client, sql)) {
    for (const row of rows) {
      const ended = reader.take(row);
      if (ended) slice.push(ended);
    }
    if (slice.length < perSlice) continue;
    yield slice;
    slice = [];
  }
  const last = reader.end();
  if (last) slice.push(last);
  if (slice.length > 0) yield slice;
}

function isAmong(numbers: readonly string[]): string {
  if (numbers.length === 0) return 'false';
  return `l.tracking_number = ANY (ARRAY[${numbers.map((number) => pg.escapeLiteral(number)).join(', ')}])`;
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

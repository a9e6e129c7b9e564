/** Which parcels an audit has to judge, and their joined rows, in order of tracking number. */
import pg from 'pg';
import { type Instant, formatInstant } from '../core/units/day.ts';
import { copyOutRows } from '../platform/database-copy.ts';
import { KNOWN_BY } from './context.query.ts';
import { ADJUSTMENT_KNOWN_FROM, LINE_KNOWN_FROM } from './known-charges.ts';
import { PARCEL_COLUMNS, ParcelReader, type ParcelRows } from './parcel-row.ts';
import type { LaterRows } from './run.table.ts';

export interface WorkRequest {
  book: string;
  asOf: Instant;
  /** What journeys are folded by now: one that was folded otherwise waits, for it says something else. */
  foldedBy: string;
  /** Numbers to judge whatever was judged before, for others decide what they are. */
  again: readonly string[];
  /** Parcels in a slice. */
  slice: number;
}

/**
 * The parcels to judge, those with a label as one stream, then those without: never judged, changed since, judged by another book, due for review or in
 * every run, asked for again, or judged as of a later time. A parcel whose events are not folded yet waits for the next run.
 * Both are read as of their beginning, so that what a slice changes is not read again.
 */
export function readWork(
  client: pg.PoolClient,
  { book, asOf, foldedBy, again, slice }: WorkRequest,
): AsyncGenerator<ParcelRows[]> {
  const due = `d.book <> ${pg.escapeLiteral(book)} OR d.as_of > ${instantSql(asOf)} OR d.due_next_run OR ${isNews(asOf)}`;
  return inSlices(slice, [
    readParcels(client, LABELLED, `${due} OR ${isAmong(again)}`, isFolded(foldedBy)),
    readParcels(client, WITHOUT_LABEL, due, isFolded(foldedBy)),
  ]);
}

/** Of the parcels to judge those about which something was stated; what another book or a look ahead would say waits for a run. */
export function readAlarming(
  client: pg.PoolClient,
  { asOf, foldedBy, slice }: Pick<WorkRequest, 'asOf' | 'foldedBy' | 'slice'>,
): AsyncGenerator<ParcelRows[]> {
  const due = `(${isNews(asOf)}) AND j.alarming`;
  return inSlices(
    slice,
    [LABELLED, WITHOUT_LABEL].map((stream) => readParcels(client, stream, due, isFolded(foldedBy))),
  );
}

/** The parcel of a number as it is stored, whether it is due or not; null where nothing about it can be judged. */
export async function readParcel(client: pg.PoolClient, trackingNumber: string): Promise<ParcelRows | null> {
  const wanted = `w.tracking_number = ${pg.escapeLiteral(trackingNumber)}`;
  for await (const [parcel] of readStored(client, { wanted, slice: 1 })) return parcel ?? null;
  return null;
}

/** The parcels of the numbers that have a label, as they are stored. */
export function readNumbers(client: pg.PoolClient, numbers: readonly string[]): AsyncGenerator<ParcelRows[]> {
  return readParcels(client, LABELLED, isAmong(numbers), 'true');
}

/** Every parcel that is `wanted` (SQL over w, the parcel) as it is stored, whether it is due, and folded, or not. */
export function readStored(
  client: pg.PoolClient,
  { wanted, slice }: { wanted: string; slice: number },
): AsyncGenerator<ParcelRows[]> {
  return inSlices(
    slice,
    [LABELLED, WITHOUT_LABEL].map((stream) => readParcels(client, stream, wanted, 'true')),
  );
}

/** Whether there are any of those. */
export async function hasAlarming(
  client: pg.PoolClient,
  { asOf, foldedBy }: Pick<WorkRequest, 'asOf' | 'foldedBy'>,
): Promise<boolean> {
  const { rows } = await client.query<{ any: boolean }>(
    `SELECT EXISTS (SELECT FROM journey j JOIN parcel w USING (tracking_number) LEFT JOIN judged d USING (tracking_number)
      WHERE j.alarming AND (${isNews(asOf)}) AND ${isFolded(foldedBy)}
        AND (j.digest ? 'unpaid' OR EXISTS (SELECT FROM label l WHERE l.tracking_number = j.tracking_number)
          OR EXISTS (SELECT FROM charge_digest c WHERE c.tracking_number = j.tracking_number))) AS any`,
  );
  return rows[0]?.any ?? false;
}

/** Never judged, changed since, or its time has come: what cannot wait for a run where something is stated against it. */
function isNews(asOf: Instant): string {
  return `d.tracking_number IS NULL OR d.revision <> w.revision OR d.next_review_at <= ${instantSql(asOf)}`;
}

function instantSql(at: Instant): string {
  return `${pg.escapeLiteral(formatInstant(at))}::timestamptz`;
}

/** Where the parcels of a stream come from: as `w`, and how their labels, whose key is the order of the slices, are joined. */
interface Stream {
  parcels: string;
  label: string;
}

const LABELLED: Stream = { parcels: 'parcel w', label: 'JOIN label l' };

const NO_LABEL = 'NOT EXISTS (SELECT FROM label l WHERE l.tracking_number = n.tracking_number)';

/**
 * Numbers and accounts of vendors that were charged or adjusted, pieces that the carrier states to be unpaid, and whatever was
 * judged without a label before: it may be charged no more.
 */
const WITHOUT_LABEL: Stream = {
  parcels: `(
      SELECT n.tracking_number FROM charge_digest n WHERE ${NO_LABEL}
      UNION SELECT n.tracking_number FROM journey n WHERE n.alarming AND n.digest ? 'unpaid' AND ${NO_LABEL}
      UNION SELECT n.tracking_number FROM judged n WHERE cardinality(n.outcomes) = 0 AND ${NO_LABEL}) n
    JOIN parcel w USING (tracking_number)`,
  label: 'LEFT JOIN label l',
};

/** Whether the journey `j` of the parcel `w` is of its events as they stand, as journeys are folded now; one without events has none. */
function isFolded(foldedBy: string): string {
  return `(coalesce(j.events_revision, 0) = w.events_revision AND coalesce(j.folded_by = ${pg.escapeLiteral(foldedBy)}, true))`;
}

/**
 * Which parcels are due is asked of their numbers alone, in order; what is wide is looked up for those, so that nothing wide is
 * sorted, and the first slice comes at once however many there are.
 */
async function* readParcels(
  client: pg.PoolClient,
  { parcels, label }: Stream,
  due: string,
  folded: string,
): AsyncGenerator<ParcelRows[]> {
  const sql = `COPY (SELECT ${PARCEL_COLUMNS} FROM (
      SELECT w.tracking_number, w.revision, d.as_of FROM ${parcels}
        LEFT JOIN judged d USING (tracking_number) LEFT JOIN journey j USING (tracking_number)
       WHERE (${due}) AND ${folded} ORDER BY w.tracking_number) w
    ${label} USING (tracking_number) LEFT JOIN journey j USING (tracking_number)
    LEFT JOIN charge_digest c USING (tracking_number)
   ORDER BY w.tracking_number, l.vendor, l.sale_key) TO STDOUT`;
  const reader = new ParcelReader();
  for await (const rows of copyOutRows(client, sql)) {
    const ended: ParcelRows[] = [];
    for (const row of rows) {
      const parcel = reader.take(row);
      if (parcel) ended.push(parcel);
    }
    yield ended;
  }
  const last = reader.end();
  if (last) yield [last];
}

/** The parcels of the streams one after the other, so many at a time. */
async function* inSlices(
  perSlice: number,
  streams: readonly AsyncGenerator<ParcelRows[]>[],
): AsyncGenerator<ParcelRows[]> {
  let slice: ParcelRows[] = [];
  for (const stream of streams) {
    for await (const parcels of stream) {
      slice.push(...parcels);
      if (slice.length < perSlice) continue;
      yield slice;
      slice = [];
    }
  }
  if (slice.length > 0) yield slice;
}

function isAmong(numbers: readonly string[]): string {
  if (numbers.length === 0) return 'false';
  return `w.tracking_number = ANY (ARRAY[${numbers.map((number) => pg.escapeLiteral(number)).join(', ')}])`;
}

/** How many parcels a run may have to judge: for progress only. */
export async function countParcels(client: pg.PoolClient): Promise<number> {
  const { rows } = await client.query<{ parcels: number }>('SELECT count(*) AS parcels FROM parcel');
  return rows[0]?.parcels ?? 0;
}

/** Rows dated after the clock of the audit, which it ignores. */
export async function countLaterRows(client: pg.PoolClient, asOf: Instant): Promise<LaterRows> {
  const { rows } = await client.query<Required<LaterRows>>(
    `SELECT (SELECT count(*) FROM label l WHERE NOT ${KNOWN_BY}) AS labels,
            (SELECT count(*) FROM event WHERE event_time > $1::timestamptz AND kind = 'event') AS events,
            (SELECT count(*) FROM charge WHERE ${LINE_KNOWN_FROM} > $1::timestamptz)
              + (SELECT count(*) FROM adjustment WHERE ${ADJUSTMENT_KNOWN_FROM} > $1::timestamptz) AS charges`,
    [formatInstant(asOf)],
  );
  return rows[0] ?? { labels: 0, events: 0, charges: 0 };
}

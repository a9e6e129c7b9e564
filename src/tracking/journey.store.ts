/** SQL of journeys: which parcels' events have changed, their events in order, and their digests. */
import pg from 'pg';
import { type JourneyDigest, isAlarming } from '../core/journey/digest.ts';
import { encodeDigest } from '../core/journey/stored-digest.ts';
import { type Instant, formatInstant } from '../core/units/day.ts';
import { copyChunks, copyIn, copyOutRows } from '../platform/database-copy.ts';
import { EVENT_COLUMNS, EVENT_FORMAT, ParcelGatherer, type ParcelEvents } from './event-row.ts';

/** Any number will do, as long as every process takes the same; not that of imports, which need not wait for it. */
const FOLD_LOCK = 7_420_919_208;

/** Parcels whose digest is not of their events as they stand, or was folded by another version or by other data. */
function stale(journey: string, foldedBy: string): string {
  return `
  FROM parcel p LEFT JOIN ${journey} j USING (tracking_number)
 WHERE (coalesce(j.events_revision, 0) <> p.events_revision OR j.folded_by <> ${pg.escapeLiteral(foldedBy)})`;
}

/** How many parcels have to be folded. */
export async function countStale(client: pg.PoolClient, foldedBy: string): Promise<number> {
  const { rows } = await client.query<{ stale: number }>(`SELECT count(*) AS stale ${stale('journey', foldedBy)}`);
  return rows[0]?.stale ?? 0;
}

/** Lets one process fold at a time, until its transaction ends: two would write the same digests. */
export async function takeTurn(client: pg.PoolClient): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [FOLD_LOCK]);
}

/** The next parcels to fold, in order of tracking number, with their events as of one snapshot. */
export function readStale(
  client: pg.PoolClient,
  { after, limit, foldedBy }: { after: string; limit: number; foldedBy: string },
): AsyncGenerator<ParcelEvents> {
  // Both sides are bounded: a slice that only bounds the parcels walks past all digests before it.
  const number = pg.escapeLiteral(after);
  const journeys = `(SELECT * FROM journey WHERE tracking_number > ${number})`;
  const parcels = `SELECT tracking_number, p.events_revision ${stale(journeys, foldedBy)}
    AND tracking_number > ${number} ORDER BY tracking_number LIMIT ${limit}`;
  return readEvents(client, parcels, 'true');
}

/** Those of the named parcels that have to be folded, with their events. */
export function readStaleAmong(
  client: pg.PoolClient,
  trackingNumbers: readonly string[],
  foldedBy: string,
): AsyncGenerator<ParcelEvents> {
  const parcels = `SELECT tracking_number, p.events_revision ${stale('journey', foldedBy)}
    AND tracking_number = ANY (ARRAY[${literals(trackingNumbers)}]::text[]) ORDER BY tracking_number`;
  return readEvents(client, parcels, 'true');
}

/** The named parcels with the events that had happened by then. */
export function readAsOf(
  client: pg.PoolClient,
  trackingNumbers: readonly string[],
  asOf: Instant,
): AsyncGenerator<ParcelEvents> {
  const parcels = `SELECT unnest(ARRAY[${literals(trackingNumbers)}]::text[]) COLLATE "C" AS tracking_number, 0 AS events_revision`;
  return readEvents(client, parcels, `event_time <= ${pg.escapeLiteral(formatInstant(asOf))}::timestamptz`);
}

function literals(texts: readonly string[]): string {
  return texts.map((text) => pg.escapeLiteral(text)).join(', ');
}

/** OFFSET 0 keeps the reading to one probe of the primary key a parcel; without it a slice may sort the whole table. */
async function* readEvents(client: pg.PoolClient, parcels: string, condition: string): AsyncGenerator<ParcelEvents> {
  const sql = `COPY (
    SELECT ${EVENT_COLUMNS} FROM (${parcels}) w LEFT JOIN LATERAL (
      SELECT * FROM event WHERE event.tracking_number = w.tracking_number AND ${condition} OFFSET 0) e ON true
     ORDER BY w.tracking_number
    ) TO STDOUT ${EVENT_FORMAT}`;
  const gatherer = new ParcelGatherer();
  for await (const rows of copyOutRows(client, sql)) {
    for (const row of rows) {
      const complete = gatherer.take(row);
      if (complete) yield complete;
    }
  }
  const last = gatherer.end();
  if (last) yield last;
}

/** One digest to keep, beside the revision it was folded from. */
export interface FoldedJourney {
  trackingNumber: string;
  eventsRevision: string;
  digest: JourneyDigest;
}

/** Puts the digests in the place of older ones. Safe because its caller has taken its turn. */
export async function replaceJourneys(
  client: pg.PoolClient,
  journeys: readonly FoldedJourney[],
  foldedBy: string,
): Promise<void> {
  const numbers = journeys.map(({ trackingNumber }) => trackingNumber);
  await client.query('DELETE FROM journey WHERE tracking_number = ANY($1::text[])', [numbers]);
  const rows = journeys.map(
    ({ trackingNumber, eventsRevision, digest }) =>
      [trackingNumber, eventsRevision, foldedBy, isAlarming(digest) ? 't' : 'f', encodeDigest(digest)] as const,
  );
  const into = 'COPY journey (tracking_number, events_revision, folded_by, alarming, digest) FROM STDIN';
  await copyIn(client, into, copyChunks(rows));
}

/** What an import writes beside its rows: itself, the rows it refused, and the revisions of the parcels it touched. */
import type { PoolClient } from 'pg';
import type { ImportRow, RejectedRow } from './import.table.ts';
import { execute } from './merge.store.ts';

/** Any number will do, as long as every process takes the same. */
const MERGE_LOCK = 7_420_919_206;

/** One merge at a time: two files may correct the same labels, and each must see what the other left. */
export async function lockMerging(client: PoolClient): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [MERGE_LOCK]);
}

/** The import of the same content, or null. */
export async function findImport(client: PoolClient, id: string): Promise<ImportRow | null> {
  return (await findImports(client, [id]))[0] ?? null;
}

/** Those of the imports that are stored. */
export async function findImports(client: PoolClient, ids: readonly string[]): Promise<ImportRow[]> {
  const { rows } = await client.query<ImportRow>(
    `SELECT id, kind, vendor, file, content_sha256 AS "contentSha256", bytes, rows, accepted, repeated, rejected,
       personal_dropped AS "personalDropped", imported_at AS "importedAt"
     FROM import WHERE id = ANY($1)`,
    [ids],
  );
  return rows;
}

/** Makes the temporary table of parcels a merge changed; a parcel may stand there more than once. */
export async function createTouched(client: PoolClient): Promise<void> {
  await client.query('CREATE TEMPORARY TABLE touched (tracking_number text COLLATE "C" NOT NULL) ON COMMIT DROP');
}

/**
 * Raises the revision of every touched parcel once, and of its events where they changed. Merges are one at a time, so
 * new parcels can simply be those that are not there: two to three times as fast as inserting on conflict.
 */
export async function raiseRevisions(client: PoolClient, { ofEvents }: { ofEvents: boolean }): Promise<void> {
  const events = ofEvents ? ', events_revision = p.revision + 1' : '';
  await client.query(
    `UPDATE parcel p SET revision = p.revision + 1${events} FROM touched t WHERE p.tracking_number = t.tracking_number`,
  );
  await client.query(
    `INSERT INTO parcel (tracking_number, revision, events_revision)
     SELECT DISTINCT t.tracking_number, 1, ${ofEvents ? 1 : 0} FROM touched t
     WHERE NOT EXISTS (SELECT FROM parcel p WHERE p.tracking_number = t.tracking_number)
     ORDER BY t.tracking_number`,
  );
}

/** What a few rows touch, as far as it is known without asking the database. */
export interface Touched {
  trackingNumbers: readonly string[];
  /** Orders of new labels: all parcels of an order are touched with one of them. */
  orderIds: readonly string[];
}

/** As `raiseRevisions` for thousands of parcels at most: no temporary table, and one look at each. */
export async function raiseRevisionsOf(
  client: PoolClient,
  { trackingNumbers, orderIds }: Touched,
  { ofEvents }: { ofEvents: boolean },
): Promise<void> {
  const events = ofEvents ? ', events_revision = parcel.revision + 1' : '';
  await client.query(
    `INSERT INTO parcel (tracking_number, revision, events_revision)
     SELECT tracking_number, 1, ${ofEvents ? 1 : 0} FROM (
       SELECT unnest($1::text[]) AS tracking_number
       UNION SELECT tracking_number FROM label WHERE order_id = ANY($2)) touched
     ON CONFLICT (tracking_number) DO UPDATE SET revision = parcel.revision + 1${events}`,
    [trackingNumbers, orderIds],
  );
}

/** Keeps the imports. */
export async function saveImports(client: PoolClient, imports: readonly ImportRow[]): Promise<void> {
  const rows = imports.map((row) => ({
    id: row.id,
    kind: row.kind,
    vendor: row.vendor,
    file: row.file,
    content_sha256: row.contentSha256,
    bytes: row.bytes,
    rows: row.rows,
    accepted: row.accepted,
    repeated: row.repeated,
    rejected: row.rejected,
    personal_dropped: row.personalDropped,
    imported_at: row.importedAt,
  }));
  await client.query('INSERT INTO import SELECT * FROM jsonb_populate_recordset(NULL::import, $1)', [
    JSON.stringify(rows),
  ]);
}

/** The problems of rows that were not taken, of several imports. */
export async function readRejected(client: PoolClient, importIds: readonly string[]): Promise<RejectedRow[]> {
  const { rows } = await client.query<RejectedRow>(
    `SELECT import_id AS "importId", row, position, file, field, problem, value FROM rejected_row
     WHERE import_id = ANY($1) ORDER BY import_id, row, position`,
    [importIds],
  );
  return rows;
}

/** Keeps the problems of the rows of `incoming` that were refused. */
export async function saveRejected(client: PoolClient, { id, file }: { id: string; file: string }): Promise<void> {
  await execute(client, SAVE_REJECTED, [id, file]);
}

const SAVE_REJECTED = `
  INSERT INTO rejected_row (import_id, file, row, position, field, problem, value)
  SELECT $1, $2, row_number, position - 1, problem ->> 'field', problem ->> 'message', problem ->> 'value'
  FROM incoming CROSS JOIN LATERAL jsonb_array_elements(problems) WITH ORDINALITY AS each (problem, position)
  WHERE problems IS NOT NULL`;

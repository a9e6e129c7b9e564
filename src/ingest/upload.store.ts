/** SQL of uploads: their content in pieces, their state, and the lock of the process that imports one. */
import { open } from 'node:fs/promises';
import type { PoolClient } from 'pg';
import type { ImportResult } from './import-request.ts';
import type { UploadRow } from './upload.table.ts';

/** Large enough to cost few statements, small enough to be held in memory. */
const CHUNK_BYTES = 1 << 20;
/** Any number will do, as long as every process takes the same; beside it stands the upload's id. */
const UPLOAD_LOCK = 7_420_919_207;

/** What is known of an upload when it arrives. */
export type ReceivedUpload = Pick<
  UploadRow,
  'id' | 'kind' | 'vendor' | 'file' | 'bytes' | 'contentSha256' | 'receivedAt' | 'receivedBy'
>;

/** Keeps the upload and the content of the file at the path; to be called in a transaction. */
export async function insertUpload(client: PoolClient, upload: ReceivedUpload, path: string): Promise<void> {
  await client.query(
    `INSERT INTO upload (id, kind, vendor, file, bytes, content_sha256, received_at, received_by,
       state, attempts, bytes_read, rows_read)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'queued', 0, 0, 0)`,
    [
      upload.id,
      upload.kind,
      upload.vendor,
      upload.file,
      upload.bytes,
      upload.contentSha256,
      upload.receivedAt,
      upload.receivedBy,
    ],
  );
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let position = 0; ; position += 1) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, position * CHUNK_BYTES);
      if (bytesRead === 0) return;
      await client.query('INSERT INTO upload_chunk (upload_id, position, content) VALUES ($1, $2, $3)', [
        upload.id,
        position,
        buffer.subarray(0, bytesRead),
      ]);
    }
  } finally {
    await file.close();
  }
}

/** The content, piece by piece. */
export async function* readChunks(client: PoolClient, id: string): AsyncGenerator<Buffer> {
  for (let position = 0; ; position += 1) {
    const { rows } = await client.query<{ content: Buffer }>(
      'SELECT content FROM upload_chunk WHERE upload_id = $1 AND position = $2',
      [id, position],
    );
    const [row] = rows;
    if (row === undefined) return;
    yield row.content;
  }
}

/** Takes the upload for this connection; false when another process is at it. The lock ends with the connection. */
export async function lockUpload(client: PoolClient, id: string): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    'SELECT pg_try_advisory_lock(hashtextextended($1, $2)) AS locked',
    [id, UPLOAD_LOCK],
  );
  return rows[0]?.locked === true;
}

export async function unlockUpload(client: PoolClient, id: string): Promise<void> {
  await client.query('SELECT pg_advisory_unlock(hashtextextended($1, $2))', [id, UPLOAD_LOCK]);
}

/** Begins one more try, for the holder of the lock; null when there is nothing left to do. */
export async function beginUpload(client: PoolClient, id: string): Promise<UploadRow | null> {
  const { rows } = await client.query<UploadRow>(
    `UPDATE upload SET state = 'running', attempts = attempts + 1, bytes_read = 0, rows_read = 0
     WHERE id = $1 AND state IN ('queued', 'running')
     RETURNING id, kind, vendor, file, bytes, attempts, received_at AS "receivedAt"`,
    [id],
  );
  return rows[0] ?? null;
}

/** How far the import is; both only grow, though a file may be read twice. */
export async function noteProgress(
  client: PoolClient,
  { id, bytes, rows }: { id: string; bytes: number; rows: number },
): Promise<void> {
  await client.query(
    `UPDATE upload SET bytes_read = greatest(bytes_read, $2), rows_read = greatest(rows_read, $3) WHERE id = $1`,
    [id, bytes, rows],
  );
}

/** What an upload has come to; `keep` where the file is not to blame, so that its content may still be wanted. */
export type UploadEnd = { result: ImportResult } | { problem: string; keep?: boolean };

/** What the end of $1 makes superfluous: its content, and once it is imported, that of the same file sent before in vain. */
const SUPERFLUOUS = `
  SELECT old.id FROM upload this JOIN upload old ON old.id = this.id OR ($2 = 'done' AND old.state = 'failed'
    AND old.content_sha256 = this.content_sha256 AND old.kind IS NOT DISTINCT FROM this.kind
    AND old.vendor IS NOT DISTINCT FROM this.vendor)
  WHERE this.id = $1 AND NOT $8`;

/** Ends the upload. Its content goes, being in `import` or in the file its sender has, unless it is to be kept. */
export async function endUpload(client: PoolClient, id: string, end: UploadEnd & { at: Date }): Promise<void> {
  const result = 'result' in end ? end.result : null;
  const problem = 'problem' in end ? end.problem : null;
  const keep = 'keep' in end && end.keep === true;
  await client.query(
    `WITH gone AS (DELETE FROM upload_chunk WHERE upload_id IN (${SUPERFLUOUS}))
     UPDATE upload SET state = $2, problem = $3, result = $4, import_id = $5, finished_at = $6,
       bytes_read = bytes, rows_read = coalesce($7, rows_read)
     WHERE id = $1`,
    [id, result ? 'done' : 'failed', problem, result, result?.id ?? null, end.at, result?.rows ?? null, keep],
  );
}

/** Puts an upload back whose attempt of that number was stopped by something that passes; not if another has begun since. */
export async function putBackUpload(
  client: PoolClient,
  { id, attempts }: Pick<UploadRow, 'id' | 'attempts'>,
): Promise<void> {
  await client.query(
    `UPDATE upload SET state = 'queued', attempts = attempts - 1 WHERE id = $1 AND attempts = $2 AND state = 'running'`,
    [id, attempts],
  );
}

/** Uploads received before the instant that have not come to an end, the oldest first. */
export async function unfinishedUploads(client: PoolClient, before: Date): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM upload WHERE state IN ('queued', 'running') AND received_at < $1 ORDER BY received_at, id`,
    [before],
  );
  return rows.map(({ id }) => id);
}

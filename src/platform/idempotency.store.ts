/** The queries on answers kept under an Idempotency-Key. */
import type { DataSource } from 'typeorm';
import type { IdempotencyRow } from './idempotency.table.ts';

/** Whose key: two callers cannot meet each other's. */
export interface KeyOwner {
  key: string;
  caller: string;
}

/** A key that this process is answering; the time tells its claim from one that took over. */
export interface Claim extends KeyOwner {
  claimedAt: Date;
}

export interface StoredAnswer {
  status: number;
  /** As it was sent; null where the answer had none. */
  body: string | null;
  location: string | null;
}

/** What stands under the key; `answer` is null while it is being answered. */
export interface KnownRequest {
  requestSha256: string;
  answer: StoredAnswer | null;
}

/** Which rows count no more: answers of before `forgottenBefore`, and claims nobody has renewed since `deadBefore`. */
export interface Limits {
  forgottenBefore: Date;
  deadBefore: Date;
}

/** Takes the key for the request; answers `claimed` when it was free, else what stands under it. */
export async function claimKey(
  dataSource: DataSource,
  claim: Claim & { requestSha256: string },
  limits: Limits,
): Promise<KnownRequest | 'claimed'> {
  const taken: unknown[] = await dataSource.query(
    `INSERT INTO idempotency AS known (key, caller, request_sha256, created_at) VALUES ($1, $2, $3, $4)
      ON CONFLICT (key, caller) DO UPDATE
        SET request_sha256 = excluded.request_sha256, status = NULL, body = NULL, location = NULL,
            created_at = excluded.created_at
        WHERE known.created_at < $5 OR (known.status IS NULL AND known.created_at < $6)
      RETURNING key`,
    [claim.key, claim.caller, claim.requestSha256, claim.claimedAt, limits.forgottenBefore, limits.deadBefore],
  );
  if (taken.length > 0) return 'claimed';
  // Given back between the two statements: it is free again.
  return (await readKey(dataSource, claim)) ?? claimKey(dataSource, claim, limits);
}

async function readKey(dataSource: DataSource, { key, caller }: KeyOwner): Promise<KnownRequest | null> {
  const rows: Pick<IdempotencyRow, 'requestSha256' | 'status' | 'body' | 'location'>[] = await dataSource.query(
    `SELECT request_sha256 AS "requestSha256", status, body, location FROM idempotency WHERE key = $1 AND caller = $2`,
    [key, caller],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { requestSha256, status, body, location } = row;
  return { requestSha256, answer: status === null ? null : { status, body, location } };
}

/** Keeps the answer, unless the claim was taken over. */
export async function keepAnswer(dataSource: DataSource, claim: Claim, answer: StoredAnswer): Promise<void> {
  await dataSource.query(
    `UPDATE idempotency SET status = $4, body = $5, location = $6
      WHERE key = $1 AND caller = $2 AND created_at = $3 AND status IS NULL`,
    [claim.key, claim.caller, claim.claimedAt, answer.status, answer.body, answer.location],
  );
}

/** Gives the key back, as if it had never been used. */
export async function releaseKey(dataSource: DataSource, { key, caller, claimedAt }: Claim): Promise<void> {
  await dataSource.query(
    `DELETE FROM idempotency WHERE key = $1 AND caller = $2 AND created_at = $3 AND status IS NULL`,
    [key, caller, claimedAt],
  );
}

/** Tells that whoever claimed the key is alive; answers whether the claim still stands. */
export async function renewClaim(dataSource: DataSource, claim: Claim, now: Date): Promise<boolean> {
  const [rows]: [unknown[], number] = await dataSource.query(
    `UPDATE idempotency SET created_at = $4
      WHERE key = $1 AND caller = $2 AND created_at = $3 AND status IS NULL RETURNING key`,
    [claim.key, claim.caller, claim.claimedAt, now],
  );
  return rows.length > 0;
}

/** Removes the keys of before then. */
export async function purgeKeys(dataSource: DataSource, before: Date): Promise<void> {
  await dataSource.query('DELETE FROM idempotency WHERE created_at < $1', [before]);
}

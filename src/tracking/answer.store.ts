/** SQL of answers as they came: kept before anything is made of them. */
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { Askable } from '../catalog/providers.ts';
import type { AnswerBodyRow, CarrierAnswerRow } from './answer.table.ts';

/** Keeps one answer about one or more numbers; the same answer again changes nothing. */
export async function saveAnswer(
  client: PoolClient,
  { answers, body }: { answers: readonly CarrierAnswerRow[]; body: AnswerBodyRow | null },
): Promise<void> {
  if (body !== null) {
    await client.query('INSERT INTO answer_body (sha256, bytes) VALUES ($1, $2) ON CONFLICT (sha256) DO NOTHING', [
      body.sha256,
      body.bytes,
    ]);
  }
  await client.query(
    `INSERT INTO carrier_answer (tracking_number, provider, asked_at, http_status, outcome, body_sha256)
     SELECT * FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::integer[], $5::text[], $6::text[])
     ON CONFLICT (tracking_number, provider, asked_at) DO NOTHING`,
    [
      answers.map(({ trackingNumber }) => trackingNumber),
      answers.map(({ provider }) => provider),
      answers.map(({ askedAt }) => askedAt),
      answers.map(({ httpStatus }) => httpStatus),
      answers.map(({ outcome }) => outcome),
      answers.map(({ bodySha256 }) => bodySha256),
    ],
  );
}

/** An answer with its bytes; null where none came. */
export type KeptAnswer = CarrierAnswerRow & { bytes: Buffer | null };

/** Answers about the numbers that were kept and not told on, because the process ended in between; oldest first. */
export async function readUntold(
  dataSource: DataSource,
  { provider, numbers }: { provider: Askable; numbers: readonly string[] },
): Promise<KeptAnswer[]> {
  return dataSource.query<KeptAnswer[]>(
    `SELECT a.tracking_number AS "trackingNumber", a.provider, a.asked_at AS "askedAt", a.http_status AS "httpStatus",
            a.outcome, a.body_sha256 AS "bodySha256", b.bytes
       FROM poll p JOIN carrier_answer a USING (tracking_number, provider)
       LEFT JOIN answer_body b ON b.sha256 = a.body_sha256
      WHERE p.tracking_number = ANY ($1::text[]) AND p.provider = $2
        AND (p.last_asked_at IS NULL OR a.asked_at > p.last_asked_at)
      ORDER BY a.asked_at, a.tracking_number`,
    [numbers, provider],
  );
}

/** The outbox table: a mail is written once with its bytes; afterwards only how far its sending is changes. */
import type { DataSource, EntityManager } from 'typeorm';
import type { MailRow } from './mail.table.ts';

const COLUMNS = `id, kind, about, message_id AS "messageId", subject, recipients, accepted, refused, raw, state, problem,
    attempts, created_at AS "createdAt", next_try_at AS "nextTryAt", sent_at AS "sentAt"`;

/** How far a mail is, without its bytes. */
export type MailStatus = Omit<MailRow, 'raw'>;

/** Keeps a mail unless one of the same id is there; answers whether it was not. */
export async function insertMail(manager: Pick<EntityManager, 'query'>, row: MailRow): Promise<boolean> {
  const inserted = await manager.query<{ id: string }[]>(
    `INSERT INTO mail (id, kind, about, message_id, subject, recipients, accepted, refused, raw, state, problem, attempts,
        created_at, next_try_at, sent_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
      ON CONFLICT (id) DO NOTHING RETURNING id`,
    [
      row.id,
      row.kind,
      row.about,
      row.messageId,
      row.subject,
      row.recipients,
      row.accepted,
      row.refused,
      row.raw,
      row.state,
      row.problem,
      row.attempts,
      row.createdAt,
      row.nextTryAt,
      row.sentAt,
    ],
  );
  return inserted.length > 0;
}

/** The mail with its bytes. */
export async function readMail(dataSource: DataSource, id: string): Promise<MailRow | null> {
  const [row] = await dataSource.query<MailRow[]>(`SELECT ${COLUMNS} FROM mail WHERE id = $1`, [id]);
  return row ?? null;
}

/** Ids of the mails that are to be tried now, those that wait longest first. */
export async function readDueMails(dataSource: DataSource, now: Date): Promise<string[]> {
  const rows = await dataSource.query<{ id: string }[]>(
    `SELECT id FROM mail WHERE state = 'ready' AND next_try_at <= $1 ORDER BY next_try_at, id`,
    [now],
  );
  return rows.map(({ id }) => id);
}

/** Ids of the mails that have not ended, whenever they are to be tried. */
export async function readWaitingMails(dataSource: DataSource): Promise<string[]> {
  const rows = await dataSource.query<{ id: string }[]>(
    `SELECT id FROM mail WHERE state = 'ready' ORDER BY created_at, id`,
  );
  return rows.map(({ id }) => id);
}

/** What is held, and why. */
export async function readHeldMails(dataSource: DataSource): Promise<Pick<MailRow, 'kind' | 'about' | 'problem'>[]> {
  return dataSource.query(`SELECT kind, about, problem FROM mail WHERE state = 'held' ORDER BY created_at, id`);
}

/** Whether any edition of the day's report was put into the outbox; `toNobody` = one without a recipient counts too. */
export async function hasReportMail(
  dataSource: DataSource,
  { day, toNobody }: { day: string; toNobody: boolean },
): Promise<boolean> {
  const [row] = await dataSource.query<{ any: boolean }[]>(
    `SELECT EXISTS (SELECT FROM mail WHERE kind = 'report' AND starts_with(about, $1 || '/')
        AND ($2 OR recipients <> '{}')) AS any`,
    [day, toNobody],
  );
  return row?.any ?? false;
}

/** Takes a mail out of the outbox if it is held. */
export async function deleteHeldMail(dataSource: DataSource, id: string): Promise<void> {
  await dataSource.query(`DELETE FROM mail WHERE id = $1 AND state = 'held'`, [id]);
}

/** Writes down what a try came to. */
export async function recordTry(
  dataSource: DataSource,
  { id, accepted, refused, state, problem, attempts, nextTryAt, sentAt }: MailStatus,
): Promise<void> {
  await dataSource.query(
    `UPDATE mail SET accepted = $2, refused = $3, state = $4, problem = $5, attempts = $6, next_try_at = $7, sent_at = $8
      WHERE id = $1`,
    [id, accepted, refused, state, problem, attempts, nextTryAt, sentAt],
  );
}

/** The outbox: every mail as the bytes that are sent, until every recipient's server has taken it, and after. */
import { EntitySchema } from 'typeorm';

/** ready = to be sent; held = its self-check failed, an operator has to look; failed = refused for good. */
export const MAIL_STATES = ['ready', 'held', 'sent', 'failed'] as const;

export interface MailRow {
  /** First 32 hex digits of SHA-256 over kind and subject matter, and whether anybody gets it: the same mail is queued once. */
  id: string;
  /** report | alert | operator | test */
  kind: string;
  /** What it is about, such as `2026-12-01/<edition>`, or the batch of an alert. */
  about: string;
  /** The same for every try, so that a mail server or reader can tell a repeat. */
  messageId: string;
  subject: string;
  recipients: string[];
  /** Those whose server has taken it. */
  accepted: string[];
  /** Those whose server has refused it for good. */
  refused: string[];
  /** The whole MIME message. */
  raw: Buffer;
  state: string;
  /** Why it is held or failed, or what the last try met. */
  problem: string | null;
  attempts: number;
  createdAt: Date;
  /** Not tried again before. */
  nextTryAt: Date;
  sentAt: Date | null;
}

export const MailTable = new EntitySchema<MailRow>({
  name: 'mail',
  columns: {
    id: { type: 'char', length: 32, primary: true, collation: 'C' },
    kind: { type: 'text' },
    about: { type: 'text' },
    messageId: { name: 'message_id', type: 'text' },
    subject: { type: 'text' },
    recipients: { type: 'text', array: true },
    accepted: { type: 'text', array: true },
    refused: { type: 'text', array: true },
    raw: { type: 'bytea' },
    state: { type: 'text' },
    problem: { type: 'text', nullable: true },
    attempts: { type: 'integer' },
    createdAt: { name: 'created_at', type: 'timestamptz' },
    nextTryAt: { name: 'next_try_at', type: 'timestamptz' },
    sentAt: { name: 'sent_at', type: 'timestamptz', nullable: true },
  },
});

/** Puts a mail together as the bytes that are sent: composed once, they never change again. */
import { createTransport } from 'nodemailer';
import type { Severity } from '../core/rules/answer.ts';
import { maskSecrets } from '../platform/log-mask.ts';
import { clipText } from './plain-words.ts';

/** What a mail says and to whom. */
export interface Letter {
  from: string;
  /** Empty: nobody is named, and the mail is only kept as a file. */
  to: readonly string[];
  messageId: string;
  /** Message-IDs of mails this one brings up to date. */
  references: readonly string[];
  /** Made safe here: one line, without tracking numbers. */
  subject: string;
  date: Date;
  severity: Severity | 'none';
  text: string;
  html: string;
  attachments: readonly Attachment[];
}

export interface Attachment {
  filename: string;
  contentType: string;
  content: Buffer;
}

/** Longer ones are cut by most readers of mail. */
const SUBJECT_LENGTH = 140;
/** The composer alone: nothing is sent by it. */
const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

/** The whole MIME message: a full text part, the same as HTML, and the attachments. */
export async function compose(letter: Letter): Promise<Buffer> {
  const { message } = await composer.sendMail({
    from: letter.from,
    to: letter.to.length > 0 ? [...letter.to] : 'undisclosed-recipients:;',
    messageId: letter.messageId,
    ...(letter.references.length > 0 && {
      references: [...letter.references],
      inReplyTo: letter.references.at(-1) ?? '',
    }),
    subject: subjectLine(letter.subject),
    date: letter.date,
    headers: { 'X-Severity': letter.severity, 'Auto-Submitted': 'auto-generated' },
    text: letter.text,
    html: letter.html,
    attachments: letter.attachments.map((attachment) => ({ ...attachment, contentDisposition: 'attachment' as const })),
    // Contents are given, never fetched: no text of users may name a file or an address to read.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  if (!Buffer.isBuffer(message)) throw new TypeError('the mail was not composed into memory');
  return message;
}

/** One line of visible characters, tracking numbers cut to their ends, no longer than readers show. */
export function subjectLine(subject: string): string {
  const line = maskSecrets(
    subject
      .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
  return clipText(line, SUBJECT_LENGTH);
}

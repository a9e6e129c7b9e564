/** The identity of a mail: the same news is the same mail, however often it is composed or handed over. */
import { sha256Hex } from '../platform/hash.ts';

/** Hex digits of the hash that make an id. */
const ID_DIGITS = 32;

export type MailKind = 'report' | 'alert' | 'operator' | 'test';

/**
 * The id of the one mail of this kind about this matter, such as report, `2026-12-01/<edition>`. One to nobody is another
 * mail: it must not stand in the way of the one that somebody gets once there is a recipient.
 */
export function mailId(kind: MailKind, about: string, to: 'somebody' | 'nobody'): string {
  const matter = to === 'nobody' ? [kind, about, to] : [kind, about];
  return sha256Hex(JSON.stringify(matter)).slice(0, ID_DIGITS);
}

/**
 * The Message-ID: `<report.2026-12-01.<edition>@host>`. It holds nothing but letters, digits, dots and dashes, so that
 * every server and bounce names it as it is.
 */
export function messageIdOf({ kind, about }: { kind: MailKind; about: string }, host: string): string {
  const matter = about.replaceAll(/[^\w-]+/g, '.').slice(0, 80);
  return `<${kind}.${matter}@${host}>`;
}

/** The host that mails name as theirs: of the service where it has an address, else of the sender. */
export function hostOf({ publicUrl, mailFrom }: { publicUrl: string | null; mailFrom: string }): string {
  if (publicUrl !== null && URL.canParse(publicUrl)) return new URL(publicUrl).hostname;
  return addressOf(mailFrom).split('@').at(-1) ?? 'localhost';
}

/** The bare address of "Name <address>". */
export function addressOf(sender: string): string {
  return /<([^<>]+)>\s*$/.exec(sender)?.[1]?.trim() ?? sender.trim();
}

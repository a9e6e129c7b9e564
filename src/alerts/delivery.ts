/** How far a mail is after a try: a pure decision, so that every refusal and delay can be told as a story. */
import type { Handover, Refusal } from './handover.ts';
import type { MailStatus } from './mail.store.ts';

const MINUTE_MS = 60_000;
/** Waits between tries; the last is repeated. */
const WAITS_MS = [1, 2, 5, 15, 30, 60].map((minutes) => minutes * MINUTE_MS);
/** A report that could not be sent for a day is overtaken by the next one; a test is tried once, an alert until it is taken. */
const GIVES_UP_AFTER_MS = 24 * 60 * MINUTE_MS;
/** Nobody may wait for an alert longer than this once the mail server is back. */
const LONGEST_ALERT_WAIT_MS = 5 * MINUTE_MS;

/** The status after the servers' answers at `now`. Recipients who have it are never tried again, nor those who refused it for good. */
export function afterTry(before: MailStatus, { accepted, refused, deferred }: Handover, now: Date): MailStatus {
  const all = {
    ...before,
    accepted: [...before.accepted, ...accepted],
    refused: [...before.refused, ...refused.map(({ address }) => address)],
    attempts: before.attempts + 1,
  };
  if (deferred.length > 0 && !isGivenUp(before, now)) {
    const wait = waitAfter(before);
    return { ...all, problem: said([...refused, ...deferred]), nextTryAt: new Date(now.getTime() + wait) };
  }
  const problem = said([...refused, ...deferred]) ?? (all.refused.length > 0 ? before.problem : null);
  // A mail to nobody is a file, and a file that could be written is sent.
  const someone = all.accepted.length > 0 || (before.recipients.length === 0 && deferred.length === 0);
  return { ...all, state: someone ? 'sent' : 'failed', problem, sentAt: someone ? now : null };
}

function isGivenUp({ kind, createdAt }: MailStatus, now: Date): boolean {
  if (kind === 'alert') return false;
  return kind === 'test' || now.getTime() - createdAt.getTime() >= GIVES_UP_AFTER_MS;
}

function waitAfter({ kind, attempts }: MailStatus): number {
  const wait = WAITS_MS[Math.min(attempts, WAITS_MS.length - 1)] ?? MINUTE_MS;
  return kind === 'alert' ? Math.min(wait, LONGEST_ALERT_WAIT_MS) : wait;
}

/** Recipients who have neither got the mail nor refused it. */
export function pendingOf({ recipients, accepted, refused }: MailStatus): string[] {
  const done = new Set([...accepted, ...refused]);
  return recipients.filter((address) => !done.has(address));
}

/** What an operator has to know of a mail that has ended; null where everybody got it. */
export function troubleOf({ state, recipients, accepted, problem }: MailStatus): string | null {
  if (state === 'held') return problem ?? 'it was held back';
  if (state === 'ready' || (state === 'sent' && accepted.length === recipients.length)) return null;
  return problem ?? 'not every recipient got it';
}

/** What an operator has to know of a mail that has not ended: an alert is tried for ever, and a refusal may not wait for that. */
export function refusedMeanwhile({ kind, state, refused, problem }: MailStatus): string | null {
  return kind === 'alert' && state === 'ready' && refused.length > 0 ? problem : null;
}

function said(refusals: readonly Refusal[]): string | null {
  return refusals.length === 0 ? null : refusals.map(({ address, why }) => `${address}: ${why}`).join('; ');
}

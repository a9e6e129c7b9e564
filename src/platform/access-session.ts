/**
 * The cookie of a signed-in browser: which key it was opened with, until when, and a signature that only who knows the
 * stored hash of that key can make. Nothing of it is stored: it ends with its key, or at its time.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

export const SESSION_COOKIE = 'pa_session';

/** What a cookie claims; true only when its signature holds. */
export interface SessionClaim {
  keyId: string;
  /** Whole seconds since 1970. */
  expiresAtSeconds: number;
  signature: string;
}

const COOKIE = /^([0-9a-f]{12})\.(\d{1,12})\.([A-Za-z0-9_-]{43})$/;
const PURPOSE = 'postage-auditor session 1';

/** The value of the cookie. */
export function writeSession(key: { id: string; secretSha256: string }, expiresAtSeconds: number): string {
  return `${key.id}.${expiresAtSeconds}.${sign(key, expiresAtSeconds)}`;
}

/** What the value claims, or null for one that is none of ours. */
export function readSession(value: string): SessionClaim | null {
  const [, keyId, expires, signature] = COOKIE.exec(value) ?? [];
  if (keyId === undefined || expires === undefined || signature === undefined) return null;
  return { keyId, expiresAtSeconds: Number(expires), signature };
}

/** Whether the claim was signed with the key and has not expired. */
export function holds(claim: SessionClaim, key: { id: string; secretSha256: string }, now: Date): boolean {
  const expected = Buffer.from(sign(key, claim.expiresAtSeconds));
  const given = Buffer.from(claim.signature);
  const signed = given.length === expected.length && timingSafeEqual(given, expected);
  return signed && now.getTime() < claim.expiresAtSeconds * 1000;
}

/** The value of a cookie in a Cookie header, or null. */
export function cookieNamed(name: string, header: string | undefined): string | null {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}

function sign({ id, secretSha256 }: { id: string; secretSha256: string }, expiresAtSeconds: number): string {
  const derived = hkdfSync('sha256', Buffer.from(secretSha256, 'hex'), '', PURPOSE, 32);
  return createHmac('sha256', Buffer.from(derived)).update(`${id}.${expiresAtSeconds}`).digest('base64url');
}

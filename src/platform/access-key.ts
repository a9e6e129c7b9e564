/** The text of an access key: `pa_<id>_<secret>`, of which only the id and a hash of the secret are kept. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export interface KeyText {
  /** Names the key; no secret. 12 hexadecimal digits. */
  id: string;
  /** 256 random bits in base64url. */
  secret: string;
}

const ID_BYTES = 6;
const SECRET_BYTES = 32;
const KEY = /^pa_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

/** A key nobody has yet. */
export function newKey(): KeyText {
  return { id: randomBytes(ID_BYTES).toString('hex'), secret: randomBytes(SECRET_BYTES).toString('base64url') };
}

/** The key as its owner keeps it. */
export function writeKey({ id, secret }: KeyText): string {
  return `pa_${id}_${secret}`;
}

/** The parts of a key, or null for a text that cannot be one. */
export function readKey(text: string): KeyText | null {
  const [, id, secret] = KEY.exec(text) ?? [];
  return id === undefined || secret === undefined ? null : { id, secret };
}

/** Lower-case hex of SHA-256: the secret is random, so that a slow hash would add nothing. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex');
}

/** Whether the secret has the hash, in a time that tells nothing of how much of it is right. */
export function matchesHash(secret: string, sha256Hex: string): boolean {
  const expected = Buffer.from(sha256Hex, 'hex');
  const given = Buffer.from(hashSecret(secret), 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** How senders of webhooks prove themselves, over the bytes as they came; what is compared takes the same time whatever it is. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Whether two texts are the same; not even their lengths show in the time it takes. */
export function isSameSecret(shown: string, expected: string): boolean {
  return timingSafeEqual(sha256(shown), sha256(expected));
}

/** 17TRACK's header `sign`: hex of SHA-256 over the body, a slash and the key of the account. */
export function isSignedByTrack17(body: Buffer, sign: string, key: string): boolean {
  const expected = createHash('sha256').update(body).update('/').update(key, 'utf8').digest('hex');
  return isSameSecret(sign.trim().toLowerCase(), expected);
}

/** EasyPost's header `X-Hmac-Signature`: the name of the method, then hex of the HMAC by the secret in Unicode's form NFKD. */
export function isSignedByEasyPost(body: Buffer, signature: string, secret: string): boolean {
  const expected = hmac(body, secret.normalize('NFKD')).toString('hex');
  return isSameSecret(signature.trim().toLowerCase(), `hmac-sha256-hex=${expected}`);
}

/** The header `X-HMAC` of USPS subscriptions. What is published does not say how it is written: hex and base64 are both taken. */
export function isSignedByUsps(body: Buffer, signature: string, secret: string): boolean {
  const shown = signature.trim();
  const bytes = Buffer.from(shown, /^[0-9a-f]{64}$/i.test(shown) ? 'hex' : 'base64');
  return timingSafeEqual(sha256(bytes), sha256(hmac(body, secret)));
}

function hmac(body: Buffer, secret: string): Buffer {
  return createHmac('sha256', Buffer.from(secret, 'utf8')).update(body).digest();
}

function sha256(content: string | Buffer): Buffer {
  return createHash('sha256').update(content).digest();
}

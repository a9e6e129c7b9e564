/** Keys and cookies as texts: what is a good one, and what is not. */
import { hashSecret, matchesHash, newKey, readKey, writeKey } from '../../src/platform/access-key.ts';
import { cookieNamed, holds, readSession, writeSession } from '../../src/platform/access-session.ts';

const NOW = new Date('2026-11-20T08:00:00Z');
const LATER = NOW.getTime() / 1000 + 60;

test('a key comes back from its text, and only the right secret has its hash', () => {
  const key = newKey();
  const text = writeKey(key);
  expect(text).toMatch(/^pa_[0-9a-f]{12}_[A-Za-z0-9_-]{43}$/);
  expect(readKey(text)).toEqual(key);
  expect(matchesHash(key.secret, hashSecret(key.secret))).toBe(true);
  expect(matchesHash(newKey().secret, hashSecret(key.secret))).toBe(false);
  expect(matchesHash(key.secret, 'no hash at all')).toBe(false);
});

test.each(['', 'pa_', 'pa_0123456789ab', `pa_0123456789AB_${'a'.repeat(43)}`, `pa_0123456789ab_${'a'.repeat(42)}`])(
  '"%s" is no key',
  (text) => expect(readKey(text)).toBeNull(),
);

describe('a session', () => {
  const key = { id: '0123456789ab', secretSha256: hashSecret('secret') };
  const claim = readSession(writeSession(key, LATER));

  test('holds until its time is over', () => {
    expect(claim && holds(claim, key, NOW)).toBe(true);
    expect(claim && holds(claim, key, new Date(LATER * 1000))).toBe(false);
  });

  test('does not hold with another time, another key, or the key of the same id made anew', () => {
    const longer = claim && { ...claim, expiresAtSeconds: LATER + 3600 };
    expect(longer && holds(longer, key, NOW)).toBe(false);
    expect(claim && holds(claim, { ...key, id: 'ba9876543210' }, NOW)).toBe(false);
    expect(claim && holds(claim, { ...key, secretSha256: hashSecret('other') }, NOW)).toBe(false);
  });

  test.each(['', 'x', '0123456789ab.1', `0123456789ab.-1.${'a'.repeat(43)}`, `0123456789ab.1.${'='.repeat(43)}`])(
    '"%s" is no value of its cookie',
    (value) => expect(readSession(value)).toBeNull(),
  );
});

test('a cookie is found among others, whatever stands around it', () => {
  expect(cookieNamed('pa_session', 'a=b; pa_session=x.y=z ;c')).toBe('x.y=z');
  expect(cookieNamed('pa_session', 'xpa_session=1; a')).toBeNull();
  expect(cookieNamed('pa_session', undefined)).toBeNull();
});

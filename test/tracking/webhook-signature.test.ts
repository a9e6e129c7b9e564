/** Signatures with known answers, made with sha256sum and openssl; the HMAC of RFC 4231, test case 2, among them. */
import {
  isSameSecret,
  isSignedByEasyPost,
  isSignedByTrack17,
  isSignedByUsps,
} from '../../src/tracking/webhook-signature.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

describe('17TRACK', () => {
  const KEY = '123456ABCDEF';

  test.each([
    { body: '{"event":"TRACKING_UPDATED"}', sign: '85f78425fde2fa9b6cd71a37f29d6926dc7d997a9097cde3c33a78e190d8ee39' },
    { body: '', sign: '9c34c13ee98c161d1ce1cc76b2dac7b09e35a44a8f939f756338615a581418b2' },
  ])('signs $body as $sign', ({ body, sign }) => {
    expect(isSignedByTrack17(bytes(body), sign, KEY)).toBe(true);
    expect(isSignedByTrack17(bytes(body), ` ${sign.toUpperCase()} `, KEY)).toBe(true);
  });

  test.each([
    { story: 'another body', body: '{"event": "TRACKING_UPDATED"}', key: KEY },
    { story: 'another key', body: '{"event":"TRACKING_UPDATED"}', key: '123456ABCDEG' },
    { story: 'a body that ends like the key', body: '{"event":"TRACKING_UPDATED"}/123456', key: 'ABCDEF' },
  ])('of $story the signature is wrong', ({ body, key }) => {
    const sign = '85f78425fde2fa9b6cd71a37f29d6926dc7d997a9097cde3c33a78e190d8ee39';
    expect(isSignedByTrack17(bytes(body), sign, key)).toBe(false);
  });

  test.each(['', '85f78425', '0'.repeat(64), 'é'.repeat(64), '85'.repeat(100_000)])(
    'a text that is no signature is wrong: %.20s',
    (sign) => expect(isSignedByTrack17(bytes('{"event":"TRACKING_UPDATED"}'), sign, KEY)).toBe(false),
  );
});

describe('EasyPost', () => {
  test.each([
    {
      body: 'what do ya want for nothing?',
      secret: 'Jefe',
      hex: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    },
    // The accent by itself behind its letter, however the secret was typed.
    {
      body: '{"weight":614.0}',
      secret: 's\u00e9cret',
      hex: 'f5e63517d092accf8cd81242c7969cb8fe026e6a84dffcacadb2ed74d53196fc',
    },
    {
      body: '{"weight":614.0}',
      secret: 'se\u0301cret',
      hex: 'f5e63517d092accf8cd81242c7969cb8fe026e6a84dffcacadb2ed74d53196fc',
    },
  ])('signs $body by $secret', ({ body, secret, hex }) => {
    expect(isSignedByEasyPost(bytes(body), `hmac-sha256-hex=${hex}`, secret)).toBe(true);
    expect(isSignedByEasyPost(bytes(`${body} `), `hmac-sha256-hex=${hex}`, secret)).toBe(false);
    expect(isSignedByEasyPost(bytes(body), hex, secret)).toBe(false);
    expect(isSignedByEasyPost(bytes(body), `hmac-sha256-hex=${hex}`, `${secret}s`)).toBe(false);
  });

  test('the bytes count, not what they mean', () => {
    expect(
      isSignedByEasyPost(
        bytes('{"weight":614}'),
        'hmac-sha256-hex=f5e63517d092accf8cd81242c7969cb8fe026e6a84dffcacadb2ed74d53196fc',
        's\u00e9cret',
      ),
    ).toBe(false);
  });
});

describe('USPS', () => {
  const BODY = bytes('what do ya want for nothing?');
  const HEX = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
  const BASE64 = Buffer.from(HEX, 'hex').toString('base64');

  test.each([HEX, HEX.toUpperCase(), BASE64, BASE64.replace('=', ''), ` ${BASE64} `])('may sign as %s', (signature) => {
    expect(isSignedByUsps(BODY, signature, 'Jefe')).toBe(true);
    expect(isSignedByUsps(BODY, signature, 'jefe')).toBe(false);
    expect(isSignedByUsps(bytes('what'), signature, 'Jefe')).toBe(false);
  });

  test.each(['', HEX.slice(2), `${HEX}00`, BASE64.slice(4), 'no signature'])('%s is none', (signature) => {
    expect(isSignedByUsps(BODY, signature, 'Jefe')).toBe(false);
  });
});

test.each([
  ['a-secret-of-length', 'a-secret-of-length', true],
  ['a-secret-of-lengtH', 'a-secret-of-length', false],
  ['a-secret', 'a-secret-of-length', false],
  ['', 'a-secret-of-length', false],
])('the secret %s is that of %s: %s', (shown, expected, same) => expect(isSameSecret(shown, expected)).toBe(same));

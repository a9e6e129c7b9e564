/** Where a request comes from, by its connection and its headers. */
import type { IncomingMessage } from 'node:http';
import { isFromThisMachine, isLoopbackUrl, pageOf } from '../../src/platform/access-origin.ts';
import { localPath } from '../../src/platform/http-paths.ts';

function request(remoteAddress: string, headers: Record<string, string>): IncomingMessage {
  return { socket: { remoteAddress }, headers } as unknown as IncomingMessage;
}

test.each([
  ['127.0.0.1', { host: 'localhost:3000' }],
  ['127.8.9.1', { host: '127.0.0.1' }],
  ['::1', { host: '[::1]:3000' }],
  ['::ffff:127.0.0.1', { host: 'LOCALHOST' }],
])('%s with %j is this machine', (address, headers) => expect(isFromThisMachine(request(address, headers))).toBe(true));

test.each([
  ['10.0.0.7', { host: 'localhost' }],
  ['', { host: 'localhost' }],
  ['1127.0.0.1', { host: 'localhost' }],
  ['127.0.0.1', {}],
  ['127.0.0.1', { host: 'rebound.example:3000' }],
  ['127.0.0.1', { host: 'localhost.example' }],
  ['127.0.0.1', { host: 'localhost', forwarded: 'for=10.0.0.7' }],
  ['127.0.0.1', { host: 'localhost', 'x-forwarded-for': '10.0.0.7' }],
  ['127.0.0.1', { host: 'localhost', 'x-forwarded-proto': 'https' }],
  ['127.0.0.1', { host: 'localhost', via: '1.1 proxy' }],
])('%s with %j is not, or not for certain', (address, headers) =>
  expect(isFromThisMachine(request(address, headers))).toBe(false),
);

test.each([
  [{ 'sec-fetch-site': 'same-origin', origin: 'null' }, 'own'],
  [{ 'sec-fetch-site': 'none' }, 'own'],
  [{ 'sec-fetch-site': 'cross-site' }, 'foreign'],
  [{ 'sec-fetch-site': 'same-site', origin: 'http://here.example' }, 'foreign'],
  [{ origin: 'http://here.example' }, 'own'],
  [{ origin: 'https://audit.example' }, 'own'],
  [{ origin: 'https://elsewhere.example' }, 'foreign'],
  [{ origin: 'null' }, 'foreign'],
  [{}, 'unsaid'],
])('a request with %j is of a page that is %s', (headers, page) => {
  const made = request('10.0.0.7', { host: 'here.example', ...headers });
  expect(pageOf(made, 'https://audit.example')).toBe(page);
});

test('a URL for this machine alone is told from one for others', () => {
  expect(['http://127.0.0.1:3000', 'http://localhost'].map(isLoopbackUrl)).toEqual([true, true]);
  expect(['https://audit.example', 'nonsense'].map(isLoopbackUrl)).toEqual([false, false]);
});

test.each([
  ['/findings?rule=a&b=c', '/findings?rule=a&b=c'],
  ['//elsewhere.example/x', '/'],
  ['/\\elsewhere.example', '/'],
  ['/\t/elsewhere.example', '/'],
  ['/..//elsewhere.example/x', '/elsewhere.example/x'],
  ['/.//elsewhere.example', '/elsewhere.example'],
  ['/a/%2e%2e//elsewhere.example', '/elsewhere.example'],
  ['https://elsewhere.example', '/'],
  ['javascript:alert(1)', '/'],
  [undefined, '/'],
  [['/a', '/b'], '/'],
])('%j leads to %s', (text, path) => expect(localPath(text)).toBe(path));

/** One call out: bounded in time and size, to nobody else, and a word for everything that can happen to it. */
import { gzipSync } from 'node:zlib';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { type HttpCall, callHttp } from '../../src/platform/http-client.ts';
import { listen, stopListening } from '../../src/platform/listen.ts';

let serve: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
const server = createServer((request, response) => serve(request, response));
let url = '';

beforeAll(async () => {
  url = `http://127.0.0.1:${await listen(server, { host: '127.0.0.1', port: 0 })}`;
});
afterAll(async () => stopListening(server, 100));

const call = (over: Partial<HttpCall> = {}) =>
  callHttp({
    method: 'GET',
    url,
    headers: { Authorization: 'Bearer very-secret' },
    timeoutMs: 2_000,
    mostBytes: 10_000,
    ...over,
  });

test('an answer comes back byte for byte, whatever its status', async () => {
  const bytes = Buffer.from('{ "a" : 1.0 , "b":"\u00e9" }\n\xff', 'latin1');
  serve = (_, response) => response.writeHead(404, { 'Retry-After': '5' }).end(bytes);
  const answer = await call();
  expect(answer).toMatchObject({ answered: true, status: 404, body: bytes });
  expect(answer.answered && [answer.header('retry-after'), answer.header('x-none')]).toEqual(['5', null]);
});

test('what is sent is sent as it is', async () => {
  let sent = '';
  serve = (request, response) => {
    request.on('data', (chunk: Buffer) => (sent += `${request.headers['content-type']} ${chunk.toString()}`));
    request.on('end', () => response.end());
  };
  await call({ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '[ 1 ]' });
  expect(sent).toBe('application/json [ 1 ]');
});

test('a packed answer is unpacked, and bounded by what comes out of it', async () => {
  serve = (_, response) =>
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(Buffer.alloc(9_000, 97)));
  expect(await call()).toMatchObject({ answered: true, body: Buffer.alloc(9_000, 97) });
  serve = (_, response) =>
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000)));
  expect(await call()).toMatchObject({ answered: false, kind: 'long' });
});

test('a redirect is not followed', async () => {
  let calls = 0;
  serve = (_, response) => {
    calls += 1;
    response.writeHead(302, { Location: `${url}/elsewhere` }).end();
  };
  expect(await call()).toMatchObject({ answered: true, status: 302 });
  expect(calls).toBe(1);
});

test.each([
  {
    story: 'no answer at all',
    answer: (response: ServerResponse) => void response,
    kind: 'late',
    why: /did not answer within 0.3 seconds/,
  },
  {
    story: 'an answer that drips',
    answer: (response: ServerResponse) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('.'), 50);
      response.on('close', () => clearInterval(drip));
    },
    kind: 'late',
    why: /did not answer/,
  },
  {
    story: 'a reset',
    answer: (response: ServerResponse) => response.socket?.resetAndDestroy(),
    kind: 'broken',
    why: /broke/,
  },
  {
    story: 'half a body',
    answer: (response: ServerResponse) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('half', () => response.destroy());
    },
    kind: 'broken',
    why: /broke/,
  },
  {
    story: 'half of what has no length',
    answer: (response: ServerResponse) => {
      response.writeHead(200);
      response.write('half', () => response.destroy());
    },
    kind: 'broken',
    why: /broke/,
  },
  {
    story: 'too much',
    answer: (response: ServerResponse) => response.end(Buffer.alloc(10_001)),
    kind: 'long',
    why: /more than 10000 bytes/,
  },
])('$story is a fault with a name, and no secret in it', async ({ answer, kind, why }) => {
  serve = (_, response) => answer(response);
  const fault = await call({ timeoutMs: 300 });
  expect(fault).toMatchObject({ answered: false, kind, why: expect.stringMatching(why) });
  expect(JSON.stringify(fault)).not.toContain('secret');
});

test('nobody there, and a name nobody has', async () => {
  expect(await call({ url: 'http://127.0.0.1:1/' })).toMatchObject({ kind: 'refused' });
  expect(await call({ url: 'http://no-such-host.invalid/' })).toMatchObject({
    kind: 'name',
    why: 'the name no-such-host.invalid cannot be resolved',
  });
});

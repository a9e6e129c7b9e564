/** The manners of every route: bodies, errors, headers, methods. */
import { request as open } from 'node:http';
import { connect } from 'node:net';
import { Body, Controller, Delete, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Needs } from '../../src/platform/access.ts';
import { ConflictError, DatabaseError, NotFoundError, UsageError } from '../../src/platform/errors.ts';
import { TakesStream } from '../../src/platform/http-body.ts';
import { sandboxReport } from '../../src/platform/http-headers.ts';
import { useDatabase } from '../support/database.ts';
import { type Asked, type HttpApp, type Told, call, httpApp } from '../support/http-app.ts';

const database = useDatabase();

const parcel = z.object({ number: z.string(), weights: z.array(z.object({ oz: z.number() })) });
const page = z.object({ limit: z.coerce.number().int().max(500) });

const errors: Record<string, () => Error> = {
  usage: () => new UsageError('vendor is missing: name it'),
  missing: () => new NotFoundError('there is no such thing'),
  conflict: () => new ConflictError('it stands otherwise'),
  database: () => new DatabaseError('cannot: no', { cause: Object.assign(new Error('relation x'), { code: '53100' }) }),
  stopped: () => Object.assign(new Error('terminating connection'), { code: '57P01' }),
  broken: () => new Error('Connection terminated unexpectedly'),
  wrapped: () => new UsageError('no answer', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) }),
  fault: () => new Error('SELECT secret FROM table'),
};

@Controller('api/v1/story')
@Needs('viewer')
class StoryController {
  @Post()
  echo(@Body() body: unknown): object {
    return { body };
  }
  @Post('parcels')
  parcels(@Body({ schema: parcel }) body: z.infer<typeof parcel>): object {
    return body;
  }
  @Get()
  list(@Query({ schema: page }) query: z.infer<typeof page>): object {
    return query;
  }
  @Get('error/:name')
  fail(@Param('name') name: string): never {
    throw errors[name]?.() ?? new Error('unheard of');
  }
  @Delete('error/:name')
  remove(): void {}
  @Post('stream')
  @TakesStream()
  async stream(@Req() request: Request): Promise<object> {
    let bytes = 0;
    for await (const chunk of request) bytes += chunk.length;
    return { bytes };
  }
  @Get('half')
  half(@Res() response: Response): void {
    response.write('half of it');
    throw new Error('in the middle');
  }
}

@Controller()
@Needs('viewer')
class PageController {
  @Get('page')
  show(): string {
    return '<p>page</p>';
  }
  @Post('page')
  form(@Body() body: unknown): object {
    return { body };
  }
  @Get('page/error')
  fail(): never {
    throw new UsageError('<b>vendor</b> is missing');
  }
  @Get('page/report')
  report(@Res({ passthrough: true }) response: Response): string {
    sandboxReport(response);
    return '<p style="color:red">report</p>';
  }
}

@Controller('api/v1/forgotten')
class ForgottenController {
  @Get()
  show(): object {
    return { told: 'everything' };
  }
}

let app: HttpApp;
beforeAll(async () => {
  const controllers = [StoryController, PageController, ForgottenController];
  app = await httpApp({ databaseUrl: database.url(), controllers, variables: { BODY_LIMIT_MB: '1' } });
});
afterAll(() => app.stop());

const ask = (path: string, asked?: Asked): Promise<Told> => call(`${app.url}${path}`, asked);
const json = (text: string): Asked => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: text,
});
const post = (text: string, path = '/api/v1/story'): Promise<Told> => ask(path, json(text));

describe('a body', () => {
  test('of JSON arrives, in whatever pieces, and none is none', async () => {
    expect((await post('{"a":[1,"ä"]}')).text).toBe('{"body":{"a":[1,"ä"]}}');
    expect((await ask('/api/v1/story', { method: 'POST' })).text).toBe('{}');
  });

  test('of other types is refused with the one that is taken', async () => {
    for (const type of ['text/csv', 'application/x-www-form-urlencoded', 'application/json; charset=latin1', '']) {
      const told = await ask('/api/v1/story', { method: 'POST', headers: { 'content-type': type }, body: 'a=b' });
      expect([type, told.status, told.headers['accept']]).toEqual([type, 415, 'application/json']);
    }
    const zipped = await ask('/api/v1/story', { ...json('{}'), headers: { 'content-encoding': 'gzip' } });
    expect(zipped.status).toBe(415);
  });

  test.each([
    ['[1,\n 2,,3]', 'line 2, column 4'],
    ['[1,\n nope]', 'line 2, column 3'],
    ['{"a": "x" "b": 1}', 'line 1, column 11'],
    ['[1, 2', 'ends too early'],
    ['"open', 'ends too early'],
  ])('of broken JSON %j is refused with the place', async (text, place) => {
    const told = await post(text);
    expect(told.status).toBe(400);
    expect(JSON.parse(told.text).detail).toContain(place);
  });

  test('that is no UTF-8 is refused', async () => {
    const bytes = Buffer.from([0x22, 0xff, 0x22]);
    const told = await ask('/api/v1/story', { ...json(''), body: bytes });
    expect([told.status, JSON.parse(told.text).detail]).toEqual([400, 'the body is not UTF-8']);
  });

  test('beyond the limit is refused, announced or not, and one at the limit is taken', async () => {
    const limit = 1024 * 1024;
    expect((await post(JSON.stringify('x'.repeat(limit - 2)))).status).toBe(201);
    const announced = await post(JSON.stringify('x'.repeat(limit - 1)));
    expect([announced.status, JSON.parse(announced.text).detail]).toEqual([413, expect.stringContaining('1048576')]);
    expect(await unannounced(limit + 1)).toBe(413);
  });

  test('that is streamed is not read by anyone else, whatever its type and size', async () => {
    for (const type of ['application/json', 'text/csv', 'multipart/form-data; boundary=x']) {
      const headers = { 'content-type': type };
      const told = await ask('/api/v1/story/stream', { method: 'POST', headers, body: Buffer.alloc(3_000_000, '{') });
      expect(JSON.parse(told.text)).toEqual({ bytes: 3_000_000 });
    }
  });

  test('of a form is taken from pages', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const told = await ask('/page', { method: 'POST', headers, body: 'key=a+b&next=%2Fx' });
    expect(JSON.parse(told.text)).toEqual({ body: { key: 'a b', next: '/x' } });
    const large = await ask('/page', { method: 'POST', headers, body: `key=${'x'.repeat(70_000)}` });
    expect(large.status).toBe(413);
  });

  test('that breaks off leaves the service as it was', async () => {
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
    socket.write('POST /api/v1/story HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n');
    socket.write('Content-Length: 100\r\n\r\n{"a":');
    await new Promise<void>((resolve) => socket.end(() => resolve()));
    socket.destroy();
    expect((await post('1')).status).toBe(201);
  });
});

/** Sends so many bytes in chunks, without saying how many will come; answers the status. */
function unannounced(bytes: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = open(`${app.url}/api/v1/story`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
    });
    sent.on('response', (answer) => resolve(answer.resume().statusCode)).on('error', reject);
    sent.write('"');
    sent.end('x'.repeat(bytes));
  });
}

describe('an error', () => {
  test.each([
    ['usage', 400, 'vendor is missing: name it'],
    ['missing', 404, 'there is no such thing'],
    ['conflict', 409, 'it stands otherwise'],
    ['database', 503, 'the disk that holds the database is full: free some space and run again, nothing is half done'],
    ['stopped', 503, 'the database does not answer now: try again in a few seconds'],
    ['broken', 503, 'the database does not answer now: try again in a few seconds'],
    ['wrapped', 503, 'the database does not answer now: try again in a few seconds'],
    ['fault', 500, 'a fault of the service, not of the request: its log tells more under the request id'],
  ])('%s is a problem with status %i', async (name, status, detail) => {
    const told = await ask(`/api/v1/story/error/${name}`);
    expect(told.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(told.headers['retry-after']).toBe(status === 503 ? '5' : undefined);
    const requestId = expect.stringMatching(/^[\w-]{36}$/);
    const instance = `/api/v1/story/error/${name}`;
    const title = expect.any(String);
    expect(JSON.parse(told.text)).toEqual({ type: 'about:blank', title, status, detail, instance, requestId });
    expect(told.status).toBe(status);
  });

  test('of a schema names every field', async () => {
    const told = await post('{"number":7,"weights":[{"oz":1},{"oz":"two"}]}', '/api/v1/story/parcels');
    const { status, detail, errors: fields } = JSON.parse(told.text);
    expect([told.status, status]).toEqual([400, 400]);
    expect(fields.map(({ field }: { field: string }) => field)).toEqual(['number', 'weights.1.oz']);
    expect(detail).toContain('number');
    const query = await ask('/api/v1/story?limit=9999');
    expect(JSON.parse(query.text).errors).toEqual([{ field: 'limit', message: expect.stringContaining('500') }]);
  });

  test('for a person is a page, in which nothing of the request is markup', async () => {
    const told = await ask('/page/error', { headers: { accept: 'text/html' } });
    expect([told.status, told.headers['content-type']]).toEqual([400, 'text/html; charset=utf-8']);
    expect(told.text).toContain('&lt;b&gt;vendor&lt;/b&gt; is missing');
    const asJson = await ask('/page/error', { headers: { accept: 'application/json' } });
    expect(asJson.headers['content-type']).toMatch('application/problem+json');
  });

  test('in the middle of an answer ends the connection: half an answer must not look whole', async () => {
    await expect(ask('/api/v1/story/half')).rejects.toThrow(/aborted|hang up|reset/i);
    expect((await ask('/page')).status).toBe(200);
  });
});

describe('a path', () => {
  test('nobody serves is a problem under /api and a page elsewhere', async () => {
    const told = await ask('/api/v1/nothing');
    expect([told.status, JSON.parse(told.text).detail]).toEqual([404, 'there is nothing at /api/v1/nothing']);
    expect((await ask('/nothing')).headers['content-type']).toBe('text/html; charset=utf-8');
    expect((await ask('/api/%E0%A4%A')).status).toBeLessThan(500);
  });

  test('asked with a method it does not know tells those it knows', async () => {
    const told = await ask('/api/v1/story/error/x', { method: 'PUT' });
    expect([told.status, told.headers['allow']]).toEqual([405, 'GET, HEAD, DELETE, OPTIONS']);
    const options = await ask('/api/v1/story', { method: 'OPTIONS' });
    expect([options.status, options.headers['allow']]).toEqual([204, 'POST, GET, HEAD, OPTIONS']);
    expect((await ask('/api/v1/nothing', { method: 'OPTIONS' })).status).toBe(404);
  });

  test('asked with HEAD answers as GET does, without the body', async () => {
    const told = await ask('/page', { method: 'HEAD' });
    expect([told.status, told.text]).toEqual([200, '']);
  });
});

describe('headers', () => {
  test('forbid what a page of ours never does, and keep answers out of caches', async () => {
    const { headers } = await ask('/page');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self';font-src 'self';connect-src 'self';form-action 'self';frame-ancestors 'none';base-uri 'none'",
    );
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('same-origin');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  test('let a report sent as a file have its styles and nothing more', async () => {
    const policy = (await ask('/page/report')).headers['content-security-policy'];
    expect(policy).toMatch(/^sandbox; default-src 'none'; style-src 'unsafe-inline'/);
    expect(policy).not.toContain('script-src');
  });
});

test('a route that names no role is refused to everybody', async () => {
  const told = await ask('/api/v1/forgotten');
  expect([told.status, told.text]).toEqual([500, expect.not.stringContaining('everything')]);
});

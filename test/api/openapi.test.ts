/** The interface as it is documented is the interface there is: every example is sent, every answer held to its schema. */
import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { curlOf, exampleBody } from '../../src/api/openapi/curl.ts';
import { OPERATIONS, openApiDocument } from '../../src/api/openapi/document.ts';
import type { Operation } from '../../src/api/openapi/operation.ts';
import { AccessService } from '../../src/platform/access.service.ts';
import { type Answer, Api } from '../support/api.ts';
import { useDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';

// Before the database goes.
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});
const database = useDatabase();
const folder = mkdtempSync(join(tmpdir(), 'pa-openapi-'));
const SECRETS = {
  TRACK17_KEY: '123456ABCDEF',
  EASYPOST_WEBHOOK_SECRET: 'sécret',
  SHIPPO_WEBHOOK_SECRET: 'known-to-shippo-alone',
  USPS_WEBHOOK_SECRET: 'known-to-usps-alone',
};
const api = new Api(database, { DATA_DIR: folder, ...SECRETS }).at('2026-12-01T08:00:00Z');
const kept = new Map([['TODAY', '2026-12-01'], ...Object.entries(SECRETS)]);
let key = '';

/** What the document says, as far as tests look into it. */
interface Document {
  paths: Record<string, Record<string, { operationId: string; 'x-role': string; security: object[] }>>;
  components: { schemas: Record<string, z.core.JSONSchema.BaseSchema> };
}

beforeAll(async () => {
  const access = new AccessService(database.dataSource());
  key = (await access.create({ name: 'documentation', role: 'auditor', now: new Date('2026-12-01T07:00:00Z') })).key;
  await api.start();
});

async function document(): Promise<Document> {
  const text: Document = JSON.parse((await api.get('/api/openapi.json')).text);
  return text;
}

/** What the lines for the shell in the examples of webhooks come to. */
function sign(body: string): void {
  const secret = Buffer.from(SECRETS.EASYPOST_WEBHOOK_SECRET.normalize('NFKD'));
  kept.set('SIGN', createHash('sha256').update(`${body}/${SECRETS.TRACK17_KEY}`).digest('hex'));
  kept.set('SIGNATURE', createHmac('sha256', secret).update(body).digest('hex'));
}

/** The example with what earlier answers said in the place of `$NAME`. */
async function paste(operation: Operation): Promise<Answer> {
  const body = exampleBody(operation);
  if (body !== null) sign(body.text);
  const filled = (text: string): string =>
    text.replaceAll(/\$([A-Z]+(?:_[A-Z]+)*)/g, (whole, name: string) => kept.get(name) ?? whole);
  const stated = Object.entries(operation.example.headers ?? {}).map(([name, value]) => [name, filled(value)] as const);
  const answer = await fetch(new URL(filled(operation.example.path), api.url), {
    method: operation.method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body && { 'content-type': body.type }),
      ...Object.fromEntries(stated),
    },
    ...(body && { body: body.text }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    body: /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : null,
  };
}

const examples = OPERATIONS.map((operation) => [`${operation.method} ${operation.example.path}`, operation] as const);

test.each(examples)('%s works as pasted, and answers what is documented', async (_name, operation) => {
  const [expected] = operation.answers;
  let answer = await paste(operation);
  // What an earlier example asked for is made in the background.
  await until(async () => {
    if (answer.status === expected?.status || operation.method === 'POST') return true;
    answer = await paste(operation);
    return false;
  });
  expect([answer.status, answer.text]).toEqual([expected?.status, expect.anything()]);
  if (operation.example.keepsIdAs !== undefined) kept.set(operation.example.keepsIdAs, answer.body.id);
  const type = answer.headers.get('content-type') ?? '';
  if (expected?.json === undefined) {
    expect(expected?.types?.some((documented) => type.startsWith(documented))).toBe(true);
    return;
  }
  const documented = (await document()).components.schemas[expected.json.name];
  // As documented, and with no field beside.
  for (const schema of [documented ?? {}, z.toJSONSchema(expected.json.schema)]) {
    expect(z.fromJSONSchema(schema).safeParse(answer.body).error?.issues ?? []).toEqual([]);
  }
  for (const header of Object.keys(expected.headers ?? {})) expect(answer.headers.get(header)).not.toBeNull();
});

test('the finding of the examples is the one their label causes', async () => {
  const { items } = (await api.ask('GET', '/api/v1/findings', { headers: { authorization: `Bearer ${key}` } })).body;
  const path = OPERATIONS.find(({ id }) => id === 'getFinding')?.example.path;
  expect(items.map(({ id }) => `/api/v1/findings/${id}`)).toContain(path);
});

test('every operation has an id of its own, and names the role that its route asks for', async () => {
  const operations = Object.values((await document()).paths).flatMap((methods) => Object.values(methods));
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  expect(operations).toHaveLength(OPERATIONS.length);
  const roles = new Map(operations.map((operation) => [operation.operationId, operation['x-role']]));
  expect(roles.get('listFindings')).toBe('viewer');
  expect(roles.get('decideFinding')).toBe('auditor');
  expect(
    operations.filter((operation) => operation['x-role'] !== 'nobody').every(({ security }) => security.length > 0),
  ).toBe(true);
});

test('a route that nobody documents, and documentation of no route, are faults', () => {
  const routes = OPERATIONS.map(({ method, path }) => ({
    method,
    path: path.replaceAll(/\{(\w+)\}/g, ':$1'),
    needs: 'viewer' as const,
  }));
  const page = { method: 'GET', path: '/findings', needs: 'viewer' } as const;
  expect(() => openApiDocument([...routes, page], '1')).not.toThrow();
  expect(() => openApiDocument([...routes, { ...page, path: '/api/v1/secrets' }], '1')).toThrow('GET /api/v1/secrets');
  expect(() => openApiDocument(routes.slice(1), '1')).toThrow(`${routes[0]?.method} ${routes[0]?.path}`);
});

test('every reference in the document leads somewhere', async () => {
  const { text } = await api.get('/api/openapi.json');
  const whole: object = JSON.parse(text);
  for (const [, reference = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const found = reference.split('/').reduce<unknown>((at, step) => Object(at)[step], whole);
    expect([reference, found]).toEqual([reference, expect.any(Object)]);
  }
});

test('the page shows every operation with a line to paste, and loads nothing from elsewhere', async () => {
  const page = await api.get('/api/docs');
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  for (const { id, summary } of OPERATIONS) {
    expect(page.text).toContain(`id="${id}"`);
    expect(page.text).toContain(summary);
  }
  expect(page.text).not.toMatch(/<script|<style|style="|https?:\/\/(?!127\.0\.0\.1)/);
});

test('a line keeps the id that later lines need', () => {
  const audit = OPERATIONS.find(({ id }) => id === 'requestAudit');
  expect(audit && curlOf(audit, { open: false })).toMatch(/^AUDIT=\$\(curl -sS -X POST "\$URL\/api\/v1\/audits"/);
});

test('a delivery whose signature has to be made has a line that makes it, and no key', () => {
  const push = OPERATIONS.find(({ id }) => id === 'takeFrom17Track');
  const lines = push ? curlOf(push, { open: true }).split('\n') : [];
  expect(lines[0]).toMatch(/^SIGN=\$\(printf '%s' '\{"event":.*\}\/'"\$TRACK17_KEY" \| openssl dgst -sha256 -r/);
  expect(lines.join(' ')).toContain('-H "sign: $SIGN"');
  expect(lines.join(' ')).not.toContain('Bearer');
});

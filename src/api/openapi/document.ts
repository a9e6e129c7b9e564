/** The OpenAPI document, made from the schemas that routes check by and the roles that routes name. */
import { z } from 'zod';
import type { Role } from '../../platform/access.ts';
import { MOST_ROWS } from '../arrays.schema.ts';
import { curlOf, exampleBody } from './curl.ts';
import { findingOperations } from './findings.ts';
import { type JsonSchema, jsonSchemaOf } from './json-schema.ts';
import type { Answer, Operation } from './operation.ts';
import { TAGS } from './operation.ts';
import { recordOperations } from './records.ts';
import { reportOperations } from './reports.ts';
import { ruleOperations } from './rules.ts';
import { suppressionOperations } from './suppressions.ts';
import { webhookOperations } from './webhooks.ts';

/** In the order in which the examples can be pasted one after the other. */
export const OPERATIONS: readonly Operation[] = [
  ...recordOperations,
  ...findingOperations,
  ...suppressionOperations,
  ...reportOperations,
  ...ruleOperations,
  ...webhookOperations,
];

/** A route as the service has it. */
export interface ServedRoute {
  method: string;
  /** "/api/v1/audits/:id" */
  path: string;
  needs: Role | 'nobody' | null;
}

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().meta({ description: 'What is wrong and what to do.' }),
  instance: z.string(),
  requestId: z.string().meta({ description: 'Under which the log has the request.' }),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'Something in the request is wrong; the detail names the field.',
  401: 'The access key is missing, unknown or was revoked; of a webhook, its secret or its signature is not right.',
  403: 'The role of the key is too low.',
  404: 'There is no such thing.',
  409: 'It contradicts what stands; the detail says what does.',
  413: 'The body is too large.',
  412: 'It changed since the version that If-Match names: read it again, then decide.',
  415: 'The body is of a type that is not taken.',
  422: 'The body is not what this route takes, or the Idempotency-Key came with another request before.',
  503: 'The database is away, or too much waits to be stored: try again after Retry-After.',
};

/**
 * The document for the routes there are. Throws a TypeError when a route for programs has no operation, or an operation no
 * route: the documentation is part of the interface.
 */
export function openApiDocument(routes: readonly ServedRoute[], version: string): object {
  const served = new Map(routes.filter(isForPrograms).map((route) => [keyOf(route.method, route.path), route]));
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of OPERATIONS) {
    const key = keyOf(operation.method, operation.path);
    const route = served.get(key);
    if (!route) throw new TypeError(`${key} is documented, and no route serves it`);
    served.delete(key);
    (paths[operation.path] ??= {})[operation.method.toLowerCase()] = describe(operation, route.needs);
  }
  const [left] = served.keys();
  if (left !== undefined) throw new TypeError(`${left} is served, and no operation documents it`);
  return {
    openapi: '3.1.0',
    info: { title: 'postage-auditor', version, description: INTRODUCTION },
    tags: TAGS.map((name) => ({ name })),
    paths,
    components: { schemas: schemas(), responses: problemResponses(), securitySchemes: SECURITY },
  };
}

const INTRODUCTION =
  'Finds counterfeit, underpriced and misbilled shipping labels. Lists are `{items, nextCursor}`: give `nextCursor` back ' +
  `as \`cursor\` for the next page. An array takes ${MOST_ROWS} rows; a file of any size goes to /api/v1/imports. ` +
  'Amounts are decimal texts with their currency, instants ISO 8601. Errors are RFC 9457 problems.';

const SECURITY = {
  key: { type: 'http', scheme: 'bearer', description: 'An access key, made with `npm run cli -- keys create`.' },
  session: { type: 'apiKey', in: 'cookie', name: 'pa_session', description: 'A browser signed in on /login.' },
};

function isForPrograms({ path }: ServedRoute): boolean {
  return /^\/(api|health|metrics)(\/|$)/.test(path);
}

function keyOf(method: string, path: string): string {
  return `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
}

function describe(operation: Operation, needs: ServedRoute['needs']): object {
  const open = needs === 'nobody';
  const { id, tag, summary, description, answers, problems } = operation;
  const usual = open ? [] : [400, 401, 403, ...(['POST', 'PATCH'].includes(operation.method) ? [422] : []), 503];
  const statuses = [...new Set([...usual, ...problems])].sort((a, b) => a - b);
  const refusals = statuses.filter((status) => !answers.some((answer) => answer.status === status));
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    'x-role': needs,
    security: open ? [] : [{ key: [] }, { session: [] }],
    parameters: parameters(operation, { open }),
    ...(operation.body && { requestBody: requestBody(operation) }),
    responses: Object.fromEntries([
      ...answers.map((answer) => [String(answer.status), response(answer)] as const),
      ...refusals.map((status) => [String(status), { $ref: `#/components/responses/${status}` }] as const),
    ]),
    'x-codeSamples': [{ lang: 'Shell', source: curlOf(operation, { open }) }],
  };
}

/** What is open to all is known by its content: only webhooks are sent to it, and the same one again changes nothing. */
function parameters({ method, path, params, query, headers }: Operation, { open }: { open: boolean }): object[] {
  const repeatable = ['POST', 'PATCH'].includes(method) && path.startsWith('/api/') && !open ? [IDEMPOTENCY_KEY] : [];
  return [
    ...parametersOf('path', params),
    ...parametersOf('query', query),
    ...parametersOf('header', headers),
    ...repeatable,
  ];
}

const IDEMPOTENCY_KEY = {
  in: 'header',
  name: 'Idempotency-Key',
  description: 'The same request with the same key is carried out once in 24 hours, and answered alike.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

function parametersOf(place: 'path' | 'query' | 'header', schema: z.ZodObject | undefined): object[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = jsonSchemaOf(schema, 'input');
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = typeof property === 'object' ? property : {};
    return {
      in: place,
      name,
      required: place === 'path' || required.includes(name),
      ...(description !== undefined && { description }),
      schema: rest,
    };
  });
}

function requestBody(operation: Operation): object {
  const { body } = operation;
  const example = exampleBody(operation);
  return {
    description: body?.description,
    required: body?.required,
    content: Object.fromEntries(
      Object.entries(body?.content ?? {}).map(([type, sent]) => [
        type,
        {
          ...(sent.schema && { schema: jsonSchemaOf(sent.schema, 'input') }),
          ...(example?.type === type && { example: sent.example }),
        },
      ]),
    ),
  };
}

function response({ description, json, types = [], headers = {} }: Answer): object {
  const content = {
    ...(json && { 'application/json': { schema: { $ref: `#/components/schemas/${json.name}` } } }),
    ...Object.fromEntries(types.map((type) => [type, {}])),
  };
  const described = Object.entries(headers).map(([name, says]) => [name, { description: says, schema: TEXT }] as const);
  return {
    description,
    ...(described.length > 0 && { headers: Object.fromEntries(described) }),
    ...(Object.keys(content).length > 0 && { content }),
  };
}

const TEXT = { type: 'string' };

function schemas(): Record<string, JsonSchema> {
  const named = OPERATIONS.flatMap(({ answers }) => answers.flatMap(({ json }) => json ?? []));
  const all = [...named, { name: 'Problem', schema: problem }];
  return Object.fromEntries(all.map(({ name, schema }) => [name, jsonSchemaOf(schema, 'output')]));
}

function problemResponses(): Record<string, object> {
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries(
    Object.entries(PROBLEMS).map(([status, description]) => [status, { description, content }] as const),
  );
}

/** The interface as a page: the OpenAPI document's operations with their parameters, answers and lines to paste. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { curlOf, exampleBody } from './curl.ts';
import type { ServedRoute } from './document.ts';
import { OPERATIONS } from './document.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { type Operation, TAGS } from './operation.ts';

/** Renders templates/pages/api-docs.hbs under `root`; everything shown is escaped by the template engine. */
export function docsPage(routes: readonly ServedRoute[], root: string): string {
  const engine = Handlebars.create();
  const source = readFileSync(join(root, 'templates', 'pages', 'api-docs.hbs'), 'utf8');
  const template = engine.compile(source, { strict: true, preventIndent: true });
  return template({ tags: TAGS.map((name) => ({ name, operations: operationsOf(name, routes) })) });
}

function operationsOf(tag: string, routes: readonly ServedRoute[]): object[] {
  return OPERATIONS.filter((operation) => operation.tag === tag).map((operation) => view(operation, routes));
}

function view(operation: Operation, routes: readonly ServedRoute[]): object {
  const { id, method, path, summary, description, answers, problems } = operation;
  const served = path.replaceAll(/\{(\w+)\}/g, ':$1');
  const needs = routes.find((route) => route.method === method && route.path === served)?.needs;
  const open = needs === 'nobody';
  return {
    id,
    method,
    path,
    summary,
    description: plain(description ?? ''),
    role: open ? 'open to all' : `needs the role ${needs ?? 'of nobody'}`,
    parameters: [...fields(operation.params, 'path'), ...fields(operation.query, 'query')],
    body: exampleBody(operation) === null ? null : (operation.body?.description ?? ''),
    answers: answers.map((answer) => ({
      status: answer.status,
      description: plain(answer.description),
      schema: answer.json ? JSON.stringify(jsonSchemaOf(answer.json.schema, 'output'), null, 2) : '',
    })),
    problems: problems.join(', '),
    curl: curlOf(operation, { open }),
  };
}

function fields(schema: Operation['params'], place: string): object[] {
  if (schema === undefined) return [];
  const { properties = {} } = jsonSchemaOf(schema, 'input');
  return Object.entries(properties).map(([name, property]) => ({
    name,
    place,
    description: plain(typeof property === 'object' ? (property.description ?? '') : ''),
  }));
}

/** Descriptions are Markdown to readers of the document; of it they use code marks only. */
function plain(markdown: string): string {
  return markdown.replaceAll('`', '');
}

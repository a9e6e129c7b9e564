/** The interface described: as an OpenAPI document for programs, as a page for people. It holds no data, so it is open. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, Header, Inject } from '@nestjs/common';
import { Needs } from '../platform/access.ts';
import { projectRoot } from '../platform/config.ts';
import { type HttpRoute, HttpRoutes } from '../platform/http-routes.ts';

@Controller('api')
@Needs('nobody')
export class OpenApiController {
  constructor(@Inject(HttpRoutes) private readonly routes: HttpRoutes) {}

  /** GET /api/openapi.json */
  @Get('openapi.json')
  document(): Promise<object> {
    return makeDocument(this.routes.list());
  }

  /** GET /api/docs */
  @Get('docs')
  @Header('Content-Type', 'text/html; charset=utf-8')
  page(): Promise<string> {
    return makePage(this.routes.list());
  }

  /** GET /api/docs/style.css */
  @Get('docs/style.css')
  @Header('Content-Type', 'text/css; charset=utf-8')
  style(): string {
    return readFileSync(join(projectRoot(), 'templates', 'assets', 'api-docs.css'), 'utf8');
  }
}

/**
 * What makes them is loaded when it is asked for: most processes never are. Outside the class, where the compiler corrects
 * the endings of such imports.
 */
async function makeDocument(routes: readonly HttpRoute[]): Promise<object> {
  const { openApiDocument } = await import('./openapi/document.ts');
  return openApiDocument(routes, versionOf(projectRoot()));
}

async function makePage(routes: readonly HttpRoute[]): Promise<string> {
  const { docsPage } = await import('./openapi/docs-page.ts');
  return docsPage(routes, projectRoot());
}

/** The version of the program by its package.json. */
function versionOf(root: string): string {
  const { version }: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return version;
}

/** The routes of the running service, as its controllers declare them. */
import { Inject, Injectable, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { type Role, ROUTE_ROLE } from './access.ts';

export interface HttpRoute {
  /** "GET", "POST", ... */
  method: string;
  /** "/api/v1/imports/:id" */
  path: string;
  /** The least role it takes; null = it forgot to name one and is refused to everybody. */
  needs: Role | 'nobody' | null;
}

@Injectable()
export class HttpRoutes {
  private known: readonly HttpRoute[] | null = null;

  constructor(
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  /** Every route of every controller. */
  list(): readonly HttpRoute[] {
    this.known ??= this.discovery.getControllers().flatMap(({ metatype }) =>
      // A controller is a class; the wrapper's type also covers factories.
      typeof metatype === 'function' ? this.routesOf(metatype) : [],
    );
    return this.known;
  }

  /** The methods that some route answers at a path of a request, HEAD beside GET; none where no route is there. */
  methodsAt(path: string): string[] {
    const methods = this.list().flatMap((route) => (matches(route.path, path) ? [route.method] : []));
    return [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))];
  }

  private routesOf(controller: Function): HttpRoute[] {
    const prototype: object = controller.prototype;
    return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
      const handler: unknown = Reflect.get(prototype, name);
      if (typeof handler !== 'function') return [];
      const paths = pathsOf(handler);
      const method = RequestMethod[this.reflector.get<RequestMethod>(METHOD_METADATA, handler)];
      const needs = this.reflector.getAllAndOverride<HttpRoute['needs'] | undefined>(ROUTE_ROLE, [handler, controller]);
      return paths.flatMap((end) =>
        pathsOf(controller).map((start) => ({ method, path: joined(start, end), needs: needs ?? null })),
      );
    });
  }
}

function pathsOf(target: Function): string[] {
  const path: unknown = Reflect.getMetadata(PATH_METADATA, target);
  return [path].flat().filter((each) => typeof each === 'string');
}

function joined(start: string, end: string): string {
  return `/${[start, end]
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/')}`;
}

/** `:name` stands for one segment, `*name` for the rest; the case of letters does not matter, as in Express. */
function matches(route: string, path: string): boolean {
  const wanted = segments(route);
  const given = segments(path);
  const rest = wanted.findIndex((segment) => segment.startsWith('*'));
  if (rest === -1 ? wanted.length !== given.length : given.length <= rest) return false;
  return wanted
    .slice(0, rest === -1 ? undefined : rest)
    .every((segment, at) => segment.startsWith(':') || segment.toLowerCase() === given[at]?.toLowerCase());
}

function segments(path: string): string[] {
  return path.split('/').filter(Boolean);
}

/** Gives every request an id, one line in the log and its place in the measures. */
import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { withLogFields } from './log-context.ts';
import type { Metrics } from './metrics.ts';

/** What another program may call its request; anything else could forge lines or flood the log. */
const SANE_ID = /^[\w.:-]{8,64}$/;
/** What proxies write for a caller who went away before the answer. */
const CALLER_LEFT = 499;
/** Asked every few seconds by machines. */
const PROBES = /^\/(health\/|metrics$)/;

/** The middleware; it has to be the first, so that everything the request causes carries its id. */
export function requestLog(metrics: Metrics): (request: Request, response: Response, next: NextFunction) => void {
  const logger = new Logger('http');
  return (request, response, next) => {
    const startedMs = performance.now();
    const requestId = requestIdOf(request);
    response.setHeader('X-Request-Id', requestId);
    response.once('close', () => {
      const ms = performance.now() - startedMs;
      const status = response.writableFinished ? response.statusCode : CALLER_LEFT;
      const { method } = request;
      const route = routeOf(request);
      metrics.request({ method, route, status, seconds: ms / 1000 });
      const line = { message: 'request', method, route, status, ms: Math.round(ms) };
      withLogFields({ requestId }, () => (PROBES.test(route) ? logger.debug(line) : logger.log(line)));
    });
    withLogFields({ requestId }, next);
  };
}

function requestIdOf(request: Request): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && SANE_ID.test(given) ? given : randomUUID();
}

/** The path as it was written in the program: the numbers in a caller's path are nobody's business. */
function routeOf(request: Request): string {
  const route: unknown = request.route;
  if (typeof route !== 'object' || route === null || !('path' in route)) return 'none';
  return typeof route.path === 'string' ? route.path : 'none';
}

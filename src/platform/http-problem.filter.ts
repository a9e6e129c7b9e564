/** Answers every error of a request: as problem+json to programs, as a page to people, never with what is inside. */
import { randomUUID } from 'node:crypto';
import { type ArgumentsHost, Catch, type ExceptionFilter, Inject, Logger, NotFoundException } from '@nestjs/common';
import type { Response } from 'express';
import type { CalledRequest } from './access.ts';
import { HttpErrorPage } from './http-error-page.ts';
import { HttpProblem, type Problem, problemOf, writeProblem } from './http-problem.ts';
import { HttpRoutes } from './http-routes.ts';
import { isForPrograms, shownPath } from './http-paths.ts';

@Catch()
export class HttpProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  constructor(
    @Inject(HttpRoutes) private readonly routes: HttpRoutes,
    @Inject(HttpErrorPage) private readonly pages: HttpErrorPage,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<CalledRequest>();
    const response = http.getResponse<Response>();
    // The caller went away, or has part of an answer already: a broken connection is all that can be told.
    if (response.headersSent || request.socket.destroyed) {
      response.destroy();
      return;
    }
    const unrouted = error instanceof NotFoundException && request.route === undefined;
    if (unrouted && request.method === 'OPTIONS' && this.allow(request, response)) {
      response.status(204).end();
      return;
    }
    const problem = unrouted ? this.noRoute(request, response) : problemOf(error);
    this.log(error, problem.status);
    this.send(problem, request, response);
  }

  private send(problem: Problem, request: CalledRequest, response: Response): void {
    for (const [name, value] of Object.entries(problem.headers ?? {})) response.setHeader(name, value);
    if (problem.status === 401 && mayBeSentToSignIn(request)) {
      response.redirect(303, signInUrl(request));
      return;
    }
    const requestId = String(response.getHeader('x-request-id') ?? randomUUID());
    const document = writeProblem(problem, { instance: shownPath(request.path), requestId });
    response.status(problem.status);
    if (isForPrograms(request)) response.type('application/problem+json').send(JSON.stringify(document));
    else response.type('html').send(this.pages.render(request, document));
  }

  private noRoute(request: CalledRequest, response: Response): Problem {
    const path = shownPath(request.path);
    if (!this.allow(request, response)) return { status: 404, detail: `there is nothing at ${path}` };
    return { status: 405, detail: `${request.method} is not possible at ${path}` };
  }

  /** Tells which methods the path knows; answers whether there are any. */
  private allow(request: CalledRequest, response: Response): boolean {
    const methods = this.routes.methodsAt(request.path);
    if (methods.length > 0) response.setHeader('Allow', [...methods, 'OPTIONS'].join(', '));
    return methods.length > 0;
  }

  private log(error: unknown, status: number): void {
    if (status < 500 || error instanceof HttpProblem) return;
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (status === 503) this.logger.warn(text.split('\n', 1)[0]);
    else this.logger.error(text);
  }
}

/** A person without a session; a program that tried a key wants to know that it was refused. */
function mayBeSentToSignIn(request: CalledRequest): boolean {
  return !isForPrograms(request) && request.headers.authorization === undefined && request.path !== '/login';
}

/** Back to where the person wanted to go; what a form would have changed is not done again behind their back. */
function signInUrl(request: CalledRequest): string {
  const wanted = request.method === 'GET' && request.originalUrl !== '/' ? request.originalUrl : null;
  return wanted === null ? '/login' : `/login?next=${encodeURIComponent(wanted)}`;
}

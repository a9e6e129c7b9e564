/** The manners of the service's HTTP side that are set once, before its first route. */
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Config } from './config.ts';
import { keepNothing, securityHeaders } from './http-headers.ts';

/** After so long without a byte in either direction a connection is taken for dead. */
const IDLE_MS = 600_000;
/** Longer than proxies keep theirs, or they would send a request into a connection that is just being closed. */
const KEEP_ALIVE_MS = 75_000;

/**
 * Sets headers and time limits. Create the application with `bodyParser: false`: bodies are read after the caller is
 * known, by HttpBodyInterceptor, and streams not at all.
 */
export function configureHttp(app: NestExpressApplication, config: Config): void {
  app.disable('x-powered-by');
  app.use(securityHeaders(config.publicUrl), keepNothing);
  const server = app.getHttpServer();
  // Not for a whole request, since a file may take hours; what is read whole has a deadline of its own.
  server.requestTimeout = 0;
  server.setTimeout(IDLE_MS);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
}

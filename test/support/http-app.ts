/** A small application that has what every request passes, and the controllers a story needs. */
import { once } from 'node:events';
import { type IncomingHttpHeaders, request as open } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AccessModule } from '../../src/platform/access.module.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { DatabaseModule } from '../../src/platform/database.module.ts';
import { configureHttp } from '../../src/platform/http-setup.ts';
import { HttpModule } from '../../src/platform/http.module.ts';
import { PlatformModule } from '../../src/platform/platform.module.ts';
import { schema } from '../../src/schema.ts';

export interface HttpApp {
  url: string;
  get: NestExpressApplication['get'];
  stop: () => Promise<void>;
}

export interface HttpAppOptions {
  databaseUrl: string;
  controllers: Type[];
  variables?: Record<string, string>;
  clock?: Clock;
}

/** Starts it on a free port of loopback, silent. */
export async function httpApp({ databaseUrl, controllers, variables, clock }: HttpAppOptions): Promise<HttpApp> {
  const config = readConfig({ ...variables });
  @Module({})
  class Story {}
  const module: DynamicModule = {
    module: Story,
    controllers,
    imports: [
      PlatformModule.over({ config, databaseUrl, dataDir: 'nowhere', ...(clock && { clock }) }),
      DatabaseModule.at({ url: databaseUrl, poolSize: config.databasePoolSize, ...schema }),
      AccessModule,
      HttpModule,
    ],
  };
  const app = await NestFactory.create<NestExpressApplication>(module, {
    logger: false,
    abortOnError: false,
    bodyParser: false,
  });
  configureHttp(app, config);
  await app.init();
  const server = app.getHttpServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, get: app.get.bind(app), stop: () => app.close() };
}

export interface Told {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

/** One request with exactly these headers, also those that `fetch` keeps to itself, such as Host. */
export async function call(url: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Told> {
  const length: Record<string, string> = body === undefined ? {} : { 'content-length': `${Buffer.byteLength(body)}` };
  const sent = open(url, { method, headers: { ...length, ...headers }, agent: false });
  sent.end(body);
  const [answer] = await once(sent, 'response');
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) text += chunk;
  return { status: answer.statusCode, headers: answer.headers, text };
}

/** A small application that has what every request passes, and the controllers a story needs. */
import { once } from 'node:events';
import { type IncomingHttpHeaders, request as open } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from '../../src/app.module.ts';
import { AccessModule } from '../../src/platform/access.module.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { type Config, readConfig } from '../../src/platform/config.ts';
import { DatabaseModule } from '../../src/platform/database.module.ts';
import { configureHttp } from '../../src/platform/http-setup.ts';
import { HttpModule } from '../../src/platform/http.module.ts';
import { PlatformModule } from '../../src/platform/platform.module.ts';
import { Queue } from '../../src/platform/queue.ts';
import { schema } from '../../src/schema.ts';

export interface HttpApp {
  url: string;
  nest: NestExpressApplication;
  stop: () => Promise<void>;
}

export interface HttpAppOptions {
  databaseUrl: string;
  controllers: Type[];
  variables?: Record<string, string>;
  clock?: Clock;
}

/** Starts one of the controllers alone. */
export async function httpApp({ databaseUrl, controllers, variables = {}, clock }: HttpAppOptions): Promise<HttpApp> {
  const config = readConfig(variables);
  @Module({})
  class Story {}
  const imports = [
    PlatformModule.over({ config, databaseUrl, dataDir: 'nowhere', ...(clock && { clock }) }),
    DatabaseModule.at({ url: databaseUrl, poolSize: config.databasePoolSize, ...schema }),
    AccessModule,
    HttpModule,
  ];
  return serve({ module: Story, controllers, imports }, config);
}

/** Starts the whole service but its jobs, in reach of the test. */
export async function wholeApp(options: Omit<HttpAppOptions, 'controllers'>): Promise<HttpApp> {
  const { databaseUrl, variables = {}, clock } = options;
  const config = readConfig(variables);
  const surroundings = {
    config,
    databaseUrl,
    dataDir: join(tmpdir(), 'postage-auditor-tests'),
    ...(clock && { clock }),
  };
  const app = await serve(AppModule.over(surroundings, { doors: true, jobs: false }), config);
  await app.nest.get(Queue).start();
  const stop = async (): Promise<void> => {
    await app.nest.get(Queue).stop();
    await app.stop();
  };
  return { ...app, stop };
}

/** On a free port of loopback, silent. */
async function serve(module: DynamicModule, config: Config): Promise<HttpApp> {
  const nest = await NestFactory.create<NestExpressApplication>(module, {
    logger: false,
    abortOnError: false,
    bodyParser: false,
  });
  configureHttp(nest, config);
  await nest.init();
  const server = nest.getHttpServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, nest, stop: () => nest.close() };
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

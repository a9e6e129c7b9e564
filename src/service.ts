/** The service as one thing that starts and stops: its database, its application, its port. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.ts';
import type { Config } from './platform/config.ts';
import { databaseSource } from './platform/database-source.ts';
import { UsageError, errorCodeOf } from './platform/errors.ts';

export interface Service {
  /** Where it answers. */
  url: string;
  /** Which database it works on, in words. */
  database: string;
  stop: () => Promise<void>;
}

const HOST = '127.0.0.1';

/** Starts the service on the loopback address. Nothing is left running when it cannot start. */
export async function startService(config: Config, root: string): Promise<Service> {
  const source = await databaseSource(config, { root, whenOwned: 'refuse' });
  try {
    const app = await openApplication(source.url, config);
    const stop = async (): Promise<void> => {
      await app.close();
      await source.stop();
    };
    return { url: `http://${HOST}:${portOf(app.getHttpServer())}`, database: source.where, stop };
  } catch (error) {
    await source.stop();
    throw error;
  }
}

async function openApplication(url: string, config: Config): Promise<NestExpressApplication> {
  const module = AppModule.over({ url, poolSize: config.databasePoolSize });
  const app = await NestFactory.create<NestExpressApplication>(module, {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  try {
    await app.init();
    // Not app.listen: it logs a stack for a taken port before anyone can say what to do about it.
    await listen(app.getHttpServer(), config.port);
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}

async function listen(server: Server, port: number): Promise<void> {
  try {
    server.listen(port, HOST);
    await once(server, 'listening');
  } catch (error) {
    if (errorCodeOf(error) === 'EADDRINUSE') {
      throw new UsageError(`port ${port} is taken by another program: set PORT to a free one`, { cause: error });
    }
    if (errorCodeOf(error) === 'EACCES') {
      throw new UsageError(`port ${port} is not ours to open: set PORT above 1023`, { cause: error });
    }
    throw error;
  }
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

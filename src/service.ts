/** The service as one thing that starts and stops: its database, its application, its port. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.ts';
import { startJobs } from './jobs.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { databaseSource } from './platform/database-source.ts';
import { UsageError, errorCodeOf } from './platform/errors.ts';
import type { Surroundings } from './platform/platform.module.ts';
import { Queue } from './platform/queue.ts';

export interface Service {
  /** Where it answers. */
  url: string;
  /** Which database it works on, in words. */
  database: string;
  stop: () => Promise<void>;
}

/** Starts the service. Nothing is left running when it cannot start. */
export async function startService(config: Config, root: string, clock?: Clock): Promise<Service> {
  const source = await databaseSource(config, { root, whenOwned: 'refuse' });
  try {
    const surroundings = { config, databaseUrl: source.url, dataDir: source.dataDir, ...(clock && { clock }) };
    const app = await openApplication(surroundings);
    const stop = async (): Promise<void> => {
      await app.get(Queue).stop();
      await app.close();
      await source.stop();
    };
    return { url: `http://${config.host}:${portOf(app.getHttpServer())}`, database: source.where, stop };
  } catch (error) {
    await source.stop();
    throw error;
  }
}

async function openApplication(surroundings: Surroundings): Promise<NestExpressApplication> {
  const { config } = surroundings;
  const app = await NestFactory.create<NestExpressApplication>(AppModule.over(surroundings), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  try {
    await app.init();
    await startJobs(app);
    // Not app.listen: it logs a stack for a taken port before anyone can say what to do about it.
    await listen(app.getHttpServer(), config);
    return app;
  } catch (error) {
    await app.get(Queue).stop();
    await app.close();
    throw error;
  }
}

async function listen(server: Server, { host, port }: Config): Promise<void> {
  try {
    server.listen(port, host);
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

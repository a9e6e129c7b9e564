/** The service as one thing that starts and stops: its database, its application, its port. */
import { NestFactory } from '@nestjs/core';
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

/** Starts the service on the loopback address. Nothing is left running when it cannot start. */
export async function startService(config: Config, root: string): Promise<Service> {
  const source = await databaseSource(config, { root, whenOwned: 'refuse' });
  try {
    const database = { url: source.url, poolSize: config.databasePoolSize };
    const app = await NestFactory.create(AppModule.over(database), { logger: ['error', 'warn'], abortOnError: false });
    const stop = async (): Promise<void> => {
      await app.close();
      await source.stop();
    };
    await app.listen(config.port, '127.0.0.1').catch(async (error: unknown) => {
      await app.close();
      throw explainListening(error, config.port);
    });
    return { url: await app.getUrl(), database: source.where, stop };
  } catch (error) {
    await source.stop();
    throw error;
  }
}

function explainListening(error: unknown, port: number): unknown {
  if (errorCodeOf(error) === 'EADDRINUSE') {
    return new UsageError(`port ${port} is taken by another program: set PORT to a free one`);
  }
  return errorCodeOf(error) === 'EACCES'
    ? new UsageError(`port ${port} is not ours to open: set PORT above 1023`)
    : error;
}

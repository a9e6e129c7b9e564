/** Rooms over one database without doors and without jobs, put together for a command and taken down after it. */
import 'reflect-metadata';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DatabaseModule } from '../platform/database.module.ts';
import type { DatabaseSchema } from '../platform/database.ts';
import { PlatformModule, type Surroundings } from '../platform/platform.module.ts';

/** Named for Nest's messages; what it holds is given when it is started. */
@Module({})
class CommandModule {}

export interface Rooms {
  /** The one instance of a class that any of the rooms provides. */
  get: <T>(type: Type<T>) => T;
  close: () => Promise<void>;
}

export interface ContextOptions {
  surroundings: Surroundings;
  schema: DatabaseSchema;
  modules: (Type | DynamicModule)[];
  /** Ends what the rooms stand on, such as the server; called also when they cannot be opened. */
  release: () => Promise<void>;
}

/** Opens the database, brings it up to date, and wires the rooms over it. Nothing is left running when it cannot. */
export async function openContext({ surroundings, schema, modules, release }: ContextOptions): Promise<Rooms> {
  const { databaseUrl, config } = surroundings;
  const database = DatabaseModule.at({ url: databaseUrl, poolSize: config.databasePoolSize, ...schema });
  try {
    const context = await NestFactory.createApplicationContext(
      { module: CommandModule, imports: [PlatformModule.over(surroundings), database, ...modules] },
      { logger: false, abortOnError: false },
    );
    return {
      get: (type) => context.get(type, { strict: false }),
      close: async () => {
        await context.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

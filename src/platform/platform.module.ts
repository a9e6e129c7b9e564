/** Gives every room the configuration, the clock, the data folder, the measures and the queue of the process. */
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Clock } from './clock.ts';
import { Config } from './config.ts';
import { SidePool } from './database-pool.ts';
import { DataDir } from './data-dir.ts';
import { Metrics } from './metrics.ts';
import { Patience } from './patience.ts';
import { Queue } from './queue.ts';

/** What a process is started with. */
export interface Surroundings {
  config: Config;
  /** Of the database it works on. */
  databaseUrl: string;
  /** Absolute path of the folder for what is not in the database. */
  dataDir: string;
  /** The machine's own, unless a test brings another. */
  clock?: Clock;
  /** How it waits; a test's own does not. */
  patience?: Patience;
}

@Global()
@Module({})
export class PlatformModule {
  static over({ config, databaseUrl, dataDir, clock, patience }: Surroundings): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: Config, useValue: config },
        { provide: Clock, useValue: clock ?? new Clock() },
        { provide: Patience, useValue: patience ?? new Patience() },
        { provide: DataDir, useValue: new DataDir(dataDir) },
        Metrics,
        { provide: SidePool, useFactory: () => new SidePool(databaseUrl) },
        {
          provide: Queue,
          inject: [SidePool, Metrics],
          useFactory: (pool: SidePool, metrics: Metrics) => new Queue(databaseUrl, pool, metrics),
        },
      ],
      exports: [Config, Clock, Patience, DataDir, Metrics, SidePool, Queue],
    };
  }
}

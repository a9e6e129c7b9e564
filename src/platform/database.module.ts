/** Gives every room the one open DataSource, and closes it with the application. */
import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { type OpenDatabaseOptions, dataSourceOptions, openDatabase } from './database.ts';

@Module({})
export class DatabaseModule {
  /** The database at the URL, opened and brought up to date when the application starts; inject `DataSource`. */
  static at(options: OpenDatabaseOptions): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          // openDatabase has waited already; one more try of Nest would also log a stack.
          useFactory: () => ({ ...dataSourceOptions(options), toRetry: () => false }),
          dataSourceFactory: () => openDatabase(options),
        }),
      ],
    };
  }
}

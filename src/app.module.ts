/** The service put together over one database. */
import { type DynamicModule, Module } from '@nestjs/common';
import { DatabaseModule } from './platform/database.module.ts';
import { schema } from './schema.ts';
import { WebModule } from './web/web.module.ts';

@Module({})
export class AppModule {
  /** The service over the database at the URL. */
  static over(database: { url: string; poolSize: number }): DynamicModule {
    return { module: AppModule, imports: [DatabaseModule.at({ ...database, ...schema }), WebModule] };
  }
}

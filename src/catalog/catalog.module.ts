/** Gives every room the one catalog of the process. */
import { Global, Module } from '@nestjs/common';
import { Config, projectRoot } from '../platform/config.ts';
import { Catalog } from './catalog.ts';

@Global()
@Module({
  providers: [
    { provide: Catalog, inject: [Config], useFactory: (config: Config) => new Catalog(projectRoot(), config) },
  ],
  exports: [Catalog],
})
export class CatalogModule {}

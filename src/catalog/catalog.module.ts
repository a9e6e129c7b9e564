/** Gives every room the one catalog of the process. */
import { Global, Module } from '@nestjs/common';
import { projectRoot } from '../platform/config.ts';
import { Catalog } from './catalog.ts';

@Global()
@Module({
  providers: [{ provide: Catalog, useFactory: () => new Catalog(projectRoot()) }],
  exports: [Catalog],
})
export class CatalogModule {}

/** Wires tracking; whoever includes it provides the DataSource and the Catalog. */
import { Module } from '@nestjs/common';
import { IngestModule } from '../ingest/ingest.module.ts';
import { Arrivals } from './arrivals.service.ts';
import { FoldJob } from './fold.job.ts';
import { FoldService } from './fold.service.ts';

@Module({
  imports: [IngestModule],
  providers: [FoldService, FoldJob, Arrivals],
  exports: [FoldService, Arrivals],
})
export class TrackingModule {}

/** Wires tracking; whoever includes it provides the DataSource and the Catalog. */
import { Module } from '@nestjs/common';
import { IngestModule } from '../ingest/ingest.module.ts';
import { Arrivals } from './arrivals.service.ts';
import { FoldJob } from './fold.job.ts';
import { FoldService } from './fold.service.ts';
import { WebhookIntake } from './webhook-intake.service.ts';
import { WebhookReader } from './webhook-reader.service.ts';
import { WebhookJob } from './webhook.job.ts';
import { WebhookService } from './webhook.service.ts';

@Module({
  imports: [IngestModule],
  providers: [FoldService, FoldJob, Arrivals, WebhookService, WebhookReader, WebhookIntake, WebhookJob],
  exports: [FoldService, Arrivals, WebhookService],
})
export class TrackingModule {}

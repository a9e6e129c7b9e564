/** Wires tracking; whoever includes it provides the DataSource and the Catalog. */
import { Module } from '@nestjs/common';
import { IngestModule } from '../ingest/ingest.module.ts';
import { Arrivals } from './arrivals.service.ts';
import { Asking } from './asking.service.ts';
import { Calling } from './calling.service.ts';
import { Enrolment } from './enrolment.service.ts';
import { FoldJob } from './fold.job.ts';
import { FoldService } from './fold.service.ts';
import { Planner } from './planner.service.ts';
import { PollJob } from './poll.job.ts';
import { Polling } from './poll.service.ts';
import { Quota } from './quota.service.ts';
import { Telling } from './telling.service.ts';
import { Track17Client } from './track17.client.ts';
import { UspsClient } from './usps.client.ts';
import { WebhookIntake } from './webhook-intake.service.ts';
import { WebhookReader } from './webhook-reader.service.ts';
import { WebhookJob } from './webhook.job.ts';
import { WebhookService } from './webhook.service.ts';

@Module({
  imports: [IngestModule],
  providers: [
    FoldService,
    FoldJob,
    Arrivals,
    Quota,
    Calling,
    UspsClient,
    Track17Client,
    Planner,
    Enrolment,
    Telling,
    Asking,
    Polling,
    PollJob,
    WebhookService,
    WebhookReader,
    WebhookIntake,
    WebhookJob,
  ],
  exports: [FoldService, Arrivals, Polling, WebhookService],
})
export class TrackingModule {}

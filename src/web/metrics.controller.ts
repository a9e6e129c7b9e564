/** The measures of the process for Prometheus, with what the database says of jobs, mails and reports. */
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Needs } from '../platform/access.ts';
import { Metrics } from '../platform/metrics.ts';
import { Queue } from '../platform/queue.ts';
import { OperationQuery } from '../reports/operation.query.ts';

@Controller('metrics')
@Needs('nobody')
export class MetricsController {
  constructor(
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(Queue) private readonly queue: Queue,
    @Inject(OperationQuery) private readonly operation: OperationQuery,
  ) {}

  /** GET /metrics: text, whatever state the database is in; while it is away its gauges are left out. */
  @Get()
  async read(@Res() response: Response): Promise<void> {
    const up = await this.readDatabase().then(
      () => 1,
      () => this.forget(),
    );
    this.metrics.gauge({ name: 'database_up', help: 'Whether the database answered this very request.' }, [
      { value: up },
    ]);
    const { type, body } = await this.metrics.text();
    response.setHeader('Content-Type', type);
    response.send(body);
  }

  private async readDatabase(): Promise<number> {
    const [waiting, figures] = await Promise.all([this.queue.waiting(), this.operation.read()]);
    this.show(
      waiting.map(({ queue, jobs, seconds }) => ({ label: queue, jobs, seconds })),
      figures,
    );
    return 1;
  }

  /** Figures of before would look like those of now. */
  private forget(): number {
    this.show([], { mails: [], lastReportAgeSeconds: null, uploadsOpen: null, webhooksWaiting: null });
    return 0;
  }

  private show(
    waiting: readonly { label: string; jobs: number; seconds: number }[],
    figures: {
      mails: readonly { state: string; count: number }[];
      lastReportAgeSeconds: number | null;
      uploadsOpen: number | null;
      webhooksWaiting: number | null;
    },
  ): void {
    const { metrics } = this;
    metrics.gauge(
      { name: 'jobs_waiting', help: 'Jobs that could start now, by queue.', label: 'queue' },
      waiting.map(({ label, jobs }) => ({ label, value: jobs })),
    );
    metrics.gauge(
      { name: 'jobs_waiting_seconds', help: 'How long the oldest of them has waited, by queue.', label: 'queue' },
      waiting.map(({ label, seconds }) => ({ label, value: seconds })),
    );
    metrics.gauge(
      { name: 'mails', help: 'Mails of the outbox, by state.', label: 'state' },
      figures.mails.map(({ state, count }) => ({ label: state, value: count })),
    );
    metrics.gauge(
      { name: 'last_report_age_seconds', help: 'Time since a report was last made.' },
      valueOf(figures.lastReportAgeSeconds),
    );
    metrics.gauge({ name: 'uploads_open', help: 'Files received and not imported yet.' }, valueOf(figures.uploadsOpen));
    metrics.gauge(
      { name: 'webhook_deliveries_waiting', help: 'Deliveries of webhooks stored and not looked into yet.' },
      valueOf(figures.webhooksWaiting),
    );
  }
}

function valueOf(value: number | null): { value: number }[] {
  return value === null ? [] : [{ value }];
}

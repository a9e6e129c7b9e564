/** What is measured of one process: requests, jobs, imports; one registry an application, in Prometheus' text format. */
import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** From a cached page to a large report, in seconds. */
const REQUEST_BUCKETS = [0.005, 0.025, 0.1, 0.25, 1, 2.5, 10, 60];
/** From an empty look to the import of a month, in seconds. */
const JOB_BUCKETS = [0.05, 0.25, 1, 5, 30, 120, 600, 3600];

@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer a request, by method, route and status.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: REQUEST_BUCKETS,
    registers: [this.registry],
  });
  private readonly jobs = new Histogram({
    name: 'job_duration_seconds',
    help: 'Time a job ran, by queue and outcome (done, failed).',
    labelNames: ['queue', 'outcome'] as const,
    buckets: JOB_BUCKETS,
    registers: [this.registry],
  });
  private readonly importRows = new Counter({
    name: 'import_rows_total',
    help: 'Rows of imported files and arrays, by outcome (accepted, repeated, rejected).',
    labelNames: ['outcome'] as const,
    registers: [this.registry],
  });

  private readonly deliveries = new Counter({
    name: 'webhook_deliveries_total',
    help: 'Deliveries of webhooks, by provider and outcome (stored, repeated, refused, unreadable).',
    labelNames: ['provider', 'outcome'] as const,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  request(answered: { method: string; route: string; status: number; seconds: number }): void {
    const { method, route, status, seconds } = answered;
    this.requests.observe({ method, route, status: String(status) }, seconds);
  }

  job(ended: { queue: string; outcome: 'done' | 'failed'; seconds: number }): void {
    this.jobs.observe({ queue: ended.queue, outcome: ended.outcome }, ended.seconds);
  }

  /** Counts the rows of one import, by what became of them. */
  imported(rows: { accepted: number; repeated: number; rejected: number }): void {
    for (const outcome of ['accepted', 'repeated', 'rejected'] as const) {
      this.importRows.inc({ outcome }, rows[outcome]);
    }
  }

  /** Counts a delivery of a webhook; an unreadable one was counted as stored before. */
  delivery(came: { provider: string; outcome: 'stored' | 'repeated' | 'refused' | 'unreadable' }): void {
    this.deliveries.inc({ provider: came.provider, outcome: came.outcome });
  }

  /** Sets a gauge to the values just read, one a label; without any it is not shown. */
  gauge(
    gauge: { name: string; help: string; label?: string },
    values: readonly { label?: string; value: number }[],
  ): void {
    const { name, help, label } = gauge;
    // Made anew, since one without a value would show 0.
    this.registry.removeSingleMetric(name);
    if (values.length === 0) return;
    const labelNames = label === undefined ? [] : [label];
    const made = new Gauge({ name, help, labelNames, registers: [this.registry] });
    for (const each of values) made.set(label === undefined ? {} : { [label]: each.label ?? '' }, each.value);
  }

  /** All of it as text, and the content type of that text. */
  async text(): Promise<{ type: string; body: string }> {
    return { type: this.registry.contentType, body: await this.registry.metrics() };
  }
}

/** How the service itself is doing: figures for whoever runs it, none of the business. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../platform/clock.ts';

export interface OperationFigures {
  /** Mails of the outbox, by state. */
  mails: { state: string; count: number }[];
  /** Seconds since a report was last made; null when there is none. */
  lastReportAgeSeconds: number | null;
  /** Files received and not imported yet. */
  uploadsOpen: number;
  /** Deliveries of webhooks stored and not looked into yet. */
  webhooksWaiting: number;
}

@Injectable()
export class OperationQuery {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The figures of this moment. */
  async read(): Promise<OperationFigures> {
    const mails: OperationFigures['mails'] = await this.dataSource.query(
      `SELECT state, count(*)::int AS count FROM mail GROUP BY state ORDER BY state`,
    );
    const [row]: { age: number | null; uploads: number; webhooks: number }[] = await this.dataSource.query(
      `SELECT EXTRACT(epoch FROM $1::timestamptz - (SELECT max(made_at) FROM report))::float8 AS age,
              (SELECT count(*)::int FROM upload WHERE state IN ('queued', 'running')) AS uploads,
              (SELECT count(*)::int FROM webhook_delivery WHERE state = 'waiting') AS webhooks`,
      [this.clock.now()],
    );
    return {
      mails,
      lastReportAgeSeconds: row?.age ?? null,
      uploadsOpen: row?.uploads ?? 0,
      webhooksWaiting: row?.webhooks ?? 0,
    };
  }
}

/** Records sent as JSON arrays: what can be taken is stored before the answer, the rest is said row by row. */
import { Body, Controller, HttpCode, Inject, Logger, Post, Query, UseGuards } from '@nestjs/common';
import type { z } from 'zod';
import { Needs } from '../platform/access.ts';
import { HttpProblem } from '../platform/http-problem.ts';
import { Metrics } from '../platform/metrics.ts';
import { Queue } from '../platform/queue.ts';
import type { ArrayResult } from '../ingest/array-import.ts';
import type { JsonRecord } from '../ingest/array-records.ts';
import { ArrayService } from '../ingest/array.service.ts';
import { ringFold } from '../ingest/fold-bell.ts';
import type { ArrayKind } from '../ingest/import-request.ts';
import { ArraysGuard } from './arrays.guard.ts';
import { MOST_ROWS, arrayQuery } from './arrays.schema.ts';

type Asked = z.infer<typeof arrayQuery>;

@Controller('api/v1')
@Needs('auditor')
@UseGuards(ArraysGuard)
export class ArraysController {
  private readonly logger = new Logger('arrays');

  constructor(
    @Inject(ArrayService) private readonly arrays: ArrayService,
    @Inject(Queue) private readonly queue: Queue,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  /** POST /api/v1/labels */
  @Post('labels')
  @HttpCode(200)
  labels(@Body() body: unknown, @Query({ schema: arrayQuery }) query: Asked): Promise<ArrayResult> {
    return this.take('labels', body, query);
  }

  /** POST /api/v1/tracking-events */
  @Post('tracking-events')
  @HttpCode(200)
  async trackingEvents(@Body() body: unknown, @Query({ schema: arrayQuery }) query: Asked): Promise<ArrayResult> {
    const result = await this.take('tracking', body, query);
    if (result.accepted > 0) await this.ringFold();
    return result;
  }

  /** POST /api/v1/charges */
  @Post('charges')
  @HttpCode(200)
  charges(@Body() body: unknown, @Query({ schema: arrayQuery }) query: Asked): Promise<ArrayResult> {
    return this.take('invoice', body, query);
  }

  private async take(kind: ArrayKind, body: unknown, { vendor }: Asked): Promise<ArrayResult> {
    const result = await this.arrays.take({ kind, vendor: vendor ?? null, items: recordsOf(body) });
    this.metrics.imported(result);
    return result;
  }

  /** The events are stored: what rings for what was left behind will ring for them too. */
  private async ringFold(): Promise<void> {
    try {
      await ringFold(this.queue);
    } catch (error) {
      this.logger.warn(`the bell for the folding of journeys was not heard: ${String(error)}`);
    }
  }
}

/** The objects of the body, an array or an object with `items`. A schema would look at every value; the import does. */
function recordsOf(body: unknown): readonly JsonRecord[] {
  const items: unknown = isRecord(body) && 'items' in body ? body['items'] : body;
  if (!Array.isArray(items)) {
    throw new HttpProblem(422, 'the body must be an array of objects, or an object with such an array as `items`');
  }
  if (items.length > MOST_ROWS) {
    throw new HttpProblem(
      413,
      `the array has ${items.length} rows, and a request takes ${MOST_ROWS} at most: send several, or the file to /api/v1/imports`,
    );
  }
  return items.map((item: unknown, at) => {
    if (isRecord(item)) return item;
    throw new HttpProblem(422, `the body must be an array of objects; item ${at} is none`);
  });
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

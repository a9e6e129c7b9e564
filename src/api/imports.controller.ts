/** Imports over HTTP: send a file, see how far it is, read what was refused. */
import { Controller, Get, Headers, Inject, Logger, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import type { z } from 'zod';
import { type CalledRequest, type Caller, CurrentCaller, Needs } from '../platform/access.ts';
import { NotFoundError } from '../platform/errors.ts';
import { sha256Hex } from '../platform/hash.ts';
import { TakesStream } from '../platform/http-body.ts';
import { applyAnswer, keyedRequest } from '../platform/idempotency.interceptor.ts';
import { Idempotency } from '../platform/idempotency.service.ts';
import { Queue } from '../platform/queue.ts';
import type { ImportView } from '../ingest/import-view.ts';
import { ImportsQuery } from '../ingest/imports.query.ts';
import { rejectedRowsName } from '../ingest/shown-name.ts';
import { IMPORT_QUEUE } from '../ingest/upload.job.ts';
import { UploadService } from '../ingest/upload.service.ts';
import { importCursor, importPlace, rejectedCursor, rejectedPlace } from './imports-cursor.ts';
import {
  type ImportAnswer,
  type ImportList,
  type RejectedList,
  aboutFile,
  importParam,
  rejectedQuery,
} from './imports.schema.ts';
import { listQuery } from './list-query.ts';
import { rejectedCsv } from './rejected-csv.ts';
import { type UploadBody, receiveBody } from './upload-body.ts';

@Controller('api/v1/imports')
@Needs('viewer')
export class ImportsController {
  private readonly logger = new Logger('imports');

  constructor(
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(ImportsQuery) private readonly imports: ImportsQuery,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Queue) private readonly queue: Queue,
  ) {}

  /** POST /api/v1/imports: a file of any size, as the body or in a form; it is imported in the background. */
  @Post()
  @Needs('auditor')
  @TakesStream()
  async send(
    @Req() request: CalledRequest,
    @Res({ passthrough: true }) response: Response,
    @CurrentCaller() caller: Caller,
    @Query({ schema: aboutFile }) query: z.infer<typeof aboutFile>,
  ): Promise<string | undefined> {
    const body = await receiveBody(request, query, this.uploads);
    try {
      const { kind, vendor, file } = body.about;
      const said = JSON.stringify([body.spooled.contentSha256, kind, vendor, file]);
      const keyed = keyedRequest(request, sha256Hex(said));
      const keep = () => this.keep(body, caller);
      const answer = keyed === null ? { ...(await keep()), replayed: false } : await this.idempotency.once(keyed, keep);
      return applyAnswer(response, answer);
    } finally {
      await body.spooled.remove();
    }
  }

  /** GET /api/v1/imports: the newest first. */
  @Get()
  async list(@Query({ schema: listQuery }) { cursor, limit }: z.infer<typeof listQuery>): Promise<ImportList> {
    const { items, next } = await this.imports.list({ limit, after: importPlace(cursor) });
    return { items: items.map(answerOf), nextCursor: next && importCursor(next) };
  }

  /** GET /api/v1/imports/{id} */
  @Get(':id')
  async one(@Param({ schema: importParam }) { id }: z.infer<typeof importParam>): Promise<ImportAnswer> {
    return answerOf(await this.find(id));
  }

  /** GET /api/v1/imports/{id}/rejected-rows: page by page, or all of them as CSV where that is asked for. */
  @Get(':id/rejected-rows')
  async rejected(
    @Param({ schema: importParam }) { id }: z.infer<typeof importParam>,
    @Query({ schema: rejectedQuery }) { cursor, limit, format }: z.infer<typeof rejectedQuery>,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RejectedList | StreamableFile> {
    const view = await this.find(id);
    if (format === 'csv' || (format === undefined && accept?.includes('text/csv') === true)) {
      response.attachment(rejectedRowsName(view.file));
      return new StreamableFile(rejectedCsv(this.imports, view), { type: 'text/csv; charset=utf-8' });
    }
    if (view.importId === null) return { items: [], nextCursor: null };
    const { items, next } = await this.imports.rejected(view.importId, { limit, after: rejectedPlace(cursor) });
    return { items, nextCursor: next && rejectedCursor(next) };
  }

  private async keep({ spooled, about }: UploadBody, caller: Caller) {
    const { file, kind = null, vendor = null } = about;
    const id = await this.uploads.keep(spooled, { file, kind, vendor, by: caller.name });
    try {
      await this.queue.send(IMPORT_QUEUE, { id }, { key: id });
    } catch (error) {
      // It is kept, and what is kept is looked for once a minute.
      this.logger.warn(`the bell for upload ${id} was not heard: ${String(error)}`);
    }
    return { status: 202, body: JSON.stringify(answerOf(await this.find(id))), location: `/api/v1/imports/${id}` };
  }

  private async find(id: string): Promise<ImportView> {
    const view = await this.imports.find(id);
    if (view === null) throw new NotFoundError(`there is no import ${id}`);
    return view;
  }
}

function answerOf(view: ImportView): ImportAnswer {
  return { ...view, receivedAt: view.receivedAt.toISOString(), finishedAt: view.finishedAt?.toISOString() ?? null };
}

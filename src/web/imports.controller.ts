/** Pages of imports: a place to drop files, how far they are, and what was not taken and why. */
import { Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { type Caller, CurrentCaller, Needs, mayAct } from '../platform/access.ts';
import { NotFoundError, UsageError } from '../platform/errors.ts';
import { onlyText } from '../platform/given-text.ts';
import { TakesStream } from '../platform/http-body.ts';
import { type FormFile, readForm } from '../platform/http-form.ts';
import { Queue } from '../platform/queue.ts';
import { IMPORT_KINDS } from '../ingest/import-request.ts';
import { type ImportPlace, ImportsQuery } from '../ingest/imports.query.ts';
import { shownName } from '../ingest/shown-name.ts';
import { IMPORT_QUEUE } from '../ingest/upload.job.ts';
import { UploadService } from '../ingest/upload.service.ts';
import { importPage, importsPage } from './imports-page.ts';
import { PageRenderer } from './page.ts';

const IMPORTS_A_PAGE = 25;
const PROBLEMS_A_PAGE = 100;

const NO_PLACE = 'is no place in this list: leave it out';
/** `after` is an instant and an id with "~" between. */
const listQuery = z.object({
  after: z
    .string(NO_PLACE)
    .regex(/^[^~]{1,40}~[0-9a-f]{32,64}$/, NO_PLACE)
    .optional(),
  received: z.coerce.number().int().min(0).max(1000).catch(0),
});
/** `after` is the row and the problem of the row the page before ended with. */
const oneQuery = z.object({
  after: z
    .string(NO_PLACE)
    .regex(/^\d{1,9}\.\d{1,9}$/, NO_PLACE)
    .optional(),
});
const formFields = z.object({
  kind: z.enum(IMPORT_KINDS, `the kind must be one of ${IMPORT_KINDS.join(', ')}`).nullable(),
  vendor: z.string().max(200, 'the vendor must have 200 characters at most').nullable(),
});

@Controller('imports')
@Needs('viewer')
export class ImportsController {
  constructor(
    @Inject(ImportsQuery) private readonly imports: ImportsQuery,
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(Queue) private readonly queue: Queue,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
  ) {}

  /** GET /imports: what was brought in, the newest first. */
  @Get()
  async list(
    @Req() request: Request,
    @CurrentCaller() caller: Caller,
    @Query({ schema: listQuery }) { after, received }: z.infer<typeof listQuery>,
  ): Promise<string> {
    return this.listPage(request, caller, { after: placeOf(after), received, problems: [] });
  }

  /** POST /imports: files of a form; the way of browsers that run no script. */
  @Post()
  @Needs('auditor')
  @TakesStream()
  async bring(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @CurrentCaller() caller: Caller,
  ): Promise<string | undefined> {
    const problems: string[] = [];
    let received = 0;
    await readForm(request, async (file) => {
      try {
        await this.take(file, caller);
        received += 1;
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        problems.push(`${file.name}: ${error.message}`);
      }
    });
    if (received === 0 && problems.length === 0)
      problems.push(this.pages.words(request).wording.say('imports.no_file'));
    if (problems.length > 0) {
      response.status(400);
      return this.listPage(request, caller, { after: undefined, received, problems });
    }
    response.redirect(303, `/imports?received=${received}`);
    return undefined;
  }

  /** GET /imports/{id}: one import and the rows of it that were not taken. */
  @Get(':id')
  async one(
    @Req() request: Request,
    @Param('id') id: string,
    @Query({ schema: oneQuery }) { after }: z.infer<typeof oneQuery>,
  ): Promise<string> {
    const view = await this.imports.find(id);
    if (view === null) throw new NotFoundError(`there is no import ${id}`);
    const [row, position] = after?.split('.').map(Number) ?? [];
    const from = row === undefined || position === undefined ? {} : { after: { row, position } };
    const found =
      view.importId === null
        ? { items: [], next: null }
        : await this.imports.rejected(view.importId, { limit: PROBLEMS_A_PAGE, ...from });
    const next = found.next && `/imports/${id}?after=${found.next.row}.${found.next.position}`;
    const page = importPage({ view, rejected: found.items, next }, this.pages.words(request));
    return this.pages.render(request, 'import', page);
  }

  private async take({ name, content, fields }: FormFile, caller: Caller): Promise<void> {
    const said = (field: string): string | null => onlyText(fields.get(field) ?? '').trim() || null;
    const about = formFields.safeParse({ kind: said('kind'), vendor: said('vendor') });
    if (!about.success) throw new UsageError(about.error.issues.map(({ message }) => message).join('; '));
    const id = await this.uploads.receive(content, { ...about.data, file: shownName(name), by: caller.name });
    await this.queue.send(IMPORT_QUEUE, { id }, { key: id });
  }

  private async listPage(
    request: Request,
    caller: Caller,
    { after, received, problems }: { after: ImportPlace | undefined; received: number; problems: string[] },
  ): Promise<string> {
    const { items, next } = await this.imports.list({ limit: IMPORTS_A_PAGE, after });
    const earlier = next && `/imports?after=${encodeURIComponent(`${next.receivedAt.toISOString()}~${next.id}`)}`;
    const input = { imports: items, next: earlier, mayBring: mayAct(caller.role, 'auditor'), problems, received };
    return this.pages.render(request, 'imports', importsPage(input, this.pages.words(request)));
  }
}

function placeOf(after: string | undefined): ImportPlace | undefined {
  if (after === undefined) return undefined;
  const [at = '', id = ''] = after.split('~');
  const receivedAt = new Date(at);
  if (Number.isNaN(receivedAt.getTime())) throw new UsageError('after is no place in this list: leave it out');
  return { receivedAt, id };
}

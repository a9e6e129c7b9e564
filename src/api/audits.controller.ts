/** Audits over HTTP: ask for one, see how it stands. */
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { z } from 'zod';
import { AUDIT_QUEUE } from '../audit/audit.job.ts';
import { AuditRequests } from '../audit/audit-requests.service.ts';
import { RunReader } from '../audit/run-reader.service.ts';
import type { StoredRun } from '../audit/run.query.ts';
import { formatInstant } from '../core/units/day.ts';
import { Needs } from '../platform/access.ts';
import { Clock } from '../platform/clock.ts';
import { Queue } from '../platform/queue.ts';
import { FindingReader } from '../reports/finding-reader.service.ts';
import { type Audit, type AuditList, type AuditRequested, type AuditWithFindings, newAudit } from './audits.schema.ts';
import { idParam } from './id-param.ts';
import { listQuery } from './list-query.ts';

@Controller('api/v1/audits')
@Needs('viewer')
export class AuditsController {
  constructor(
    @Inject(AuditRequests) private readonly requests: AuditRequests,
    @Inject(RunReader) private readonly runs: RunReader,
    @Inject(FindingReader) private readonly findings: FindingReader,
    @Inject(Queue) private readonly queue: Queue,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** POST /api/v1/audits: an audit as of `asOf`, the present second unless it is given. */
  @Post()
  @Needs('auditor')
  @HttpCode(202)
  async request(
    @Body({ schema: newAudit }) body: z.infer<typeof newAudit>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AuditRequested> {
    const asOf = body?.asOf;
    const run = await this.requests.request({ now: this.clock.now(), ...(asOf !== undefined && { asOf }) });
    await this.queue.send(AUDIT_QUEUE);
    response.location(`/api/v1/audits/${run.id}`);
    return { id: run.id, state: run.state, asOf: formatInstant(run.asOf) };
  }

  /** GET /api/v1/audits: the last begun first. */
  @Get()
  async list(@Query({ schema: listQuery }) query: z.infer<typeof listQuery>): Promise<AuditList> {
    const { cursor, limit } = query;
    const { items, nextCursor } = await this.runs.list({ limit, cursor: cursor ?? null });
    return { items: items.map(auditOf), nextCursor };
  }

  /** GET /api/v1/audits/{id} */
  @Get(':id')
  async one(@Param({ schema: idParam }) { id }: z.infer<typeof idParam>): Promise<AuditWithFindings> {
    return { ...auditOf(await this.runs.one(id)), findings: await this.findings.countOpen() };
  }
}

function auditOf({ id, state, book, parcels, problem, laterRows, ...times }: StoredRun): Audit {
  return {
    id,
    state,
    asOf: formatInstant(times.asOf.getTime()),
    book,
    parcels,
    laterRows,
    startedAt: formatInstant(times.startedAt.getTime()),
    finishedAt: times.finishedAt && formatInstant(times.finishedAt.getTime()),
    problem,
  };
}

/** Suppressions over HTTP: what is hidden, made and ended. */
import { Body, Controller, Delete, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { z } from 'zod';
import { SuppressionService } from '../audit/suppression.service.ts';
import { type Caller, CurrentCaller, Needs } from '../platform/access.ts';
import { Clock } from '../platform/clock.ts';
import { idParam } from './id-param.ts';
import {
  type Suppression,
  type SuppressionList,
  endQuery,
  newSuppression,
  suppressionAnswer,
  suppressionsQuery,
} from './suppressions.schema.ts';

@Controller('api/v1/suppressions')
@Needs('viewer')
export class SuppressionsController {
  constructor(
    @Inject(SuppressionService) private readonly suppressions: SuppressionService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** GET /api/v1/suppressions: the last made first. */
  @Get()
  async list(@Query({ schema: suppressionsQuery }) query: z.infer<typeof suppressionsQuery>): Promise<SuppressionList> {
    const { state, cursor, limit } = query;
    const wanted = { states: state ?? (['active'] as const), cursor: cursor ?? null, limit };
    const { items, nextCursor } = await this.suppressions.list(wanted, this.clock.now());
    return { items: items.map(suppressionAnswer), nextCursor };
  }

  /** GET /api/v1/suppressions/{id} */
  @Get(':id')
  async one(@Param({ schema: idParam }) { id }: z.infer<typeof idParam>): Promise<Suppression> {
    return suppressionAnswer(await this.suppressions.one(id, this.clock.now()));
  }

  /** POST /api/v1/suppressions */
  @Post()
  @Needs('auditor')
  async add(
    @Res({ passthrough: true }) response: Response,
    @Body({ schema: newSuppression }) body: z.infer<typeof newSuppression>,
    @CurrentCaller() caller: Caller,
  ): Promise<Suppression> {
    const { reason, owner } = body;
    const wish = {
      rule: body.rule ?? null,
      vendor: body.vendor ?? null,
      trackingNumber: body.trackingNumber ?? null,
      labelId: body.labelId ?? null,
      orderId: body.orderId ?? null,
      expression: body.expression ?? null,
      expiresOn: body.expiresOn ?? null,
    };
    const author = { by: caller.name, now: this.clock.now() };
    const made = await this.suppressions.add({ ...wish, reason, owner }, author);
    response.location(`/api/v1/suppressions/${made.id}`);
    return suppressionAnswer(made);
  }

  /** DELETE /api/v1/suppressions/{id}: ends it; it is kept, and the same once more changes nothing. */
  @Delete(':id')
  @Needs('auditor')
  async end(
    @Param({ schema: idParam }) { id }: z.infer<typeof idParam>,
    @Query({ schema: endQuery }) { reason }: z.infer<typeof endQuery>,
    @CurrentCaller() caller: Caller,
  ): Promise<Suppression> {
    const how = { reason: reason ?? null, by: caller.name, now: this.clock.now() };
    return suppressionAnswer(await this.suppressions.end(id, how));
  }
}

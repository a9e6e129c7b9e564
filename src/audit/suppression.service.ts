/** Suppressions people make and end, and what each of them hides now. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Catalog } from '../catalog/catalog.ts';
import {
  IDLE_DAYS,
  EXPIRES_SOON_DAYS,
  LONGEST_SUPPRESSION_DAYS,
  type SuppressionScope,
  USUAL_SUPPRESSION_DAYS,
  compileSuppression,
  expiresSoon,
  scopeProblem,
} from '../core/finding/suppression.ts';
import { canonicalNumber } from '../core/barcode/canonical.ts';
import { ExpressionError } from '../core/rules/expression.ts';
import type { SubjectKind } from '../core/rules/answer.ts';
import { DAY_MS, type Day, addDays, dayOf } from '../core/units/day.ts';
import type { Money } from '../core/units/money.ts';
import { NotFoundError, UsageError } from '../platform/errors.ts';
import { newId } from '../platform/new-id.ts';
import {
  type HiddenSum,
  type StandingSuppression,
  type SuppressionState,
  isKnownVendor,
  readHidden,
  readSuppression,
  readSuppressions,
} from './suppression.query.ts';
import { endSuppression, insertSuppression } from './suppression.store.ts';

/** What somebody asks for. */
export interface SuppressionWish extends SuppressionScope {
  reason: string;
  owner: string;
  /** Null = 90 days from now. */
  expiresOn: Day | null;
}

/** A suppression with what it hides now. */
export interface SuppressionView extends StandingSuppression {
  /** Findings that would be somebody's work. */
  hides: number;
  /** By currency. */
  amounts: Money[];
  /** Findings it names and must not hide. */
  spares: number;
  /** It is in force and ends within 7 days. */
  expiresSoon: boolean;
  /** It is in force and hid nothing for 30 days. */
  idle: boolean;
  /** Why its expression hides nothing: a later release may not know what it names. */
  problem: string | null;
}

export interface SuppressionPage {
  items: SuppressionView[];
  /** Give it back to have those made before these; null at the end. */
  nextCursor: string | null;
}

/** More than anybody keeps in force; what hides so much is a rule that should be changed. */
const MOST_ON_REPORT = 500;

@Injectable()
export class SuppressionService {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Catalog) private readonly catalog: Catalog,
  ) {}

  /** Makes one. Throws a UsageError that names the field for a scope, an expression or a day that cannot be. */
  async add(wish: SuppressionWish, { by, now }: { by: string; now: Date }): Promise<SuppressionView> {
    const scope = await this.checkedScope(wish);
    const id = newId();
    await insertSuppression(this.dataSource.manager, {
      id,
      ...scope,
      reason: wish.reason,
      owner: wish.owner,
      createdAt: now,
      createdBy: by,
      expiresOn: checkedExpiry(wish.expiresOn, dayOf(now.getTime())),
    });
    return this.one(id, now);
  }

  /** Ends one; one that was ended before stays as it is. Throws a NotFoundError. */
  async end(
    id: string,
    { reason, by, now }: { reason: string | null; by: string; now: Date },
  ): Promise<SuppressionView> {
    await this.one(id, now);
    await endSuppression(this.dataSource.manager, { id, reason, by, now });
    return this.one(id, now);
  }

  /** One of any state. Throws a NotFoundError. */
  async one(id: string, now: Date): Promise<SuppressionView> {
    const row = await readSuppression(this.dataSource, id, now);
    if (row === null) throw new NotFoundError(`there is no suppression ${id}`);
    return this.view(row, await readHidden(this.dataSource, now), now);
  }

  /** The last made first. Throws a UsageError for a cursor that is none of ours. */
  async list(
    { states, cursor = null, limit }: { states: readonly SuppressionState[]; cursor?: string | null; limit: number },
    now: Date,
  ): Promise<SuppressionPage> {
    const found = await readSuppressions(this.dataSource, now, { states, before: placeOf(cursor), limit: limit + 1 });
    const hidden = await readHidden(this.dataSource, now);
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map((row) => this.view(row, hidden, now)),
      nextCursor: found.length > limit && last !== undefined ? cursorOf(last) : null,
    };
  }

  private view(row: StandingSuppression, hidden: readonly HiddenSum[], now: Date): SuppressionView {
    return suppressionView(row, hidden, { now, problem: this.problemOf(row) });
  }

  private problemOf({ expression, rule, state }: StandingSuppression): string | null {
    if (expression === null || state !== 'active') return null;
    try {
      compileSuppression(expression, this.subjectOf(rule));
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  private async checkedScope(wish: SuppressionWish): Promise<SuppressionScope> {
    const { rule, vendor, trackingNumber, labelId, orderId, expression } = wish;
    const problem = scopeProblem(wish);
    if (problem !== null) throw new UsageError(problem);
    const rules = this.catalog.rules.rules;
    if (rule !== null && !rules.some(({ id }) => id === rule)) {
      throw new UsageError(`rule: "${rule}" is none of ${rules.map(({ id }) => id).join(', ')}`);
    }
    if (vendor !== null && !(await isKnownVendor(this.dataSource, vendor))) {
      throw new UsageError(`vendor: no label of "${vendor}" is on file; capitals count`);
    }
    if (expression !== null) {
      try {
        compileSuppression(expression, this.subjectOf(rule));
      } catch (error) {
        if (error instanceof ExpressionError) throw new UsageError(`expression: ${error.message}`);
        throw error;
      }
    }
    const number = trackingNumber === null ? null : canonicalNumber(trackingNumber).canonical;
    return { rule, vendor, trackingNumber: number, labelId, orderId, expression };
  }

  private subjectOf(rule: string | null): SubjectKind {
    return this.catalog.rules.rules.find(({ id }) => id === rule)?.subject ?? 'label';
  }
}

/** A row with what it hides at the instant. */
export function suppressionView(
  row: StandingSuppression,
  hidden: readonly HiddenSum[],
  { now, problem }: { now: Date; problem: string | null },
): SuppressionView {
  const sums = hidden.filter(({ id }) => id === row.id);
  const today = dayOf(now.getTime());
  const active = row.state === 'active';
  const idleSince = (row.lastHidAt ?? row.createdAt).getTime();
  const hides = sums.reduce((sum, { findings }) => sum + findings, 0);
  return {
    ...row,
    hides,
    amounts: sums.flatMap(({ currency, mills }) => (currency === null || mills === 0 ? [] : [{ mills, currency }])),
    spares: sums.reduce((sum, { guarded }) => sum + guarded, 0),
    expiresSoon: active && expiresSoon(row.expiresOn, { today, limit: addDays(today, EXPIRES_SOON_DAYS) }),
    idle: active && hides === 0 && now.getTime() - idleSince >= IDLE_DAYS * DAY_MS,
    problem,
  };
}

/** Those in force at the instant with what they hide, for a report. */
export async function suppressionsInForce(manager: Pick<DataSource, 'query'>, at: Date): Promise<SuppressionView[]> {
  const rows = await readSuppressions(manager, at, { states: ['active'], limit: MOST_ON_REPORT });
  const hidden = rows.length === 0 ? [] : await readHidden(manager, at);
  return rows.map((row) => suppressionView(row, hidden, { now: at, problem: null }));
}

function checkedExpiry(day: Day | null, today: Day): Day {
  if (day === null) return addDays(today, USUAL_SUPPRESSION_DAYS);
  const last = addDays(today, LONGEST_SUPPRESSION_DAYS);
  if (today <= day && day <= last) return day;
  throw new UsageError(`expiresOn: must be from ${today} to ${last}, ${LONGEST_SUPPRESSION_DAYS} days at most`);
}

function cursorOf({ createdAt, id }: StandingSuppression): string {
  return Buffer.from(`${createdAt.getTime()} ${id}`).toString('base64url');
}

function placeOf(cursor: string | null): { createdAt: Date; id: string } | null {
  if (cursor === null) return null;
  const [, time, id] = /^(\d{1,15}) ([0-9a-f]{32})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (time !== undefined && id !== undefined) return { createdAt: new Date(Number(time)), id };
  throw new UsageError('cursor is not one this list has answered: leave it out to start anew');
}

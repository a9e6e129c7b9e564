/** Audits people ask for: written down at once, made one after the other by whichever process has time. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Instant, formatInstant } from '../core/units/day.ts';
import { explainDatabaseError, isDatabaseAway } from '../platform/database-errors.ts';
import { tryWithLock, withLock } from '../platform/database-lock.ts';
import { ConflictError, DatabaseError, UsageError, isDomainError } from '../platform/errors.ts';
import { withLogFields } from '../platform/log-context.ts';
import { FoldService } from '../tracking/fold.service.ts';
import { AuditService } from './audit.service.ts';
import {
  type WaitingRun,
  type WaitingState,
  failRun,
  queueRun,
  readLatestDone,
  readWaiting,
  runId,
} from './run.store.ts';

/** An audit that was asked for. */
export interface RequestedRun {
  /** 32 hex digits. */
  id: string;
  state: WaitingState;
  asOf: Instant;
}

@Injectable()
export class AuditRequests {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(FoldService) private readonly fold: FoldService,
  ) {}

  /**
   * Writes down that an audit is wanted as of an instant, the present second unless one is given. Throws a ConflictError
   * for an instant before the latest audit's: see `refuseGoingBack`.
   */
  async request({ asOf, now }: { asOf?: Instant; now: Date }): Promise<RequestedRun> {
    const clock = asOf ?? Math.floor(now.getTime() / 1000) * 1000;
    await this.refuseGoingBack(clock, now);
    const run = await queueRun(this.dataSource.manager, { asOf: clock, book: this.audit.bookAsOf(clock) }, now);
    return { ...run, asOf: clock };
  }

  /**
   * Throws a ConflictError where an audit as of the instant would put findings back to what was known earlier. An audit
   * as of a time still to come binds nobody: it was somebody's look ahead.
   */
  async refuseGoingBack(asOf: Instant, now: Date): Promise<void> {
    const latest = await readLatestDone(this.dataSource.manager, now);
    if (latest === null || asOf >= latest) return;
    throw new ConflictError(
      `asOf ${formatInstant(asOf)} lies before the latest audit, which is as of ${formatInstant(latest)}: findings would ` +
        'fall back to what was known then. Ask for a later time, or look at the past beside the service with ' +
        `npm run audit -- FILES --as-of ${formatInstant(asOf)}`,
    );
  }

  /** Whether an audit waits, or was left half done, and no process is at one. */
  async leftLying(): Promise<boolean> {
    const waiting = await readWaiting(this.dataSource.manager);
    if (waiting.length === 0) return false;
    return (await tryWithLock(this.dataSource, 'audit', async () => true)) ?? false;
  }

  /** Makes every audit that waits, the earliest first. One that cannot be made is recorded as failed, with why. */
  async makeWaiting(now: () => Date): Promise<void> {
    await withLock(this.dataSource, 'audit', async () => {
      const tried = new Set<string>();
      for (;;) {
        const next = (await readWaiting(this.dataSource.manager)).find(({ id }) => !tried.has(id));
        if (next === undefined) return;
        tried.add(next.id);
        await withLogFields({ runId: next.id }, () => this.make(next, now));
      }
    });
  }

  /** A database that is away leaves the run as it is, for the next try; anything else ends it. */
  private async make(run: WaitingRun, now: () => Date): Promise<void> {
    try {
      await this.refuseGoingBack(run.asOf, now());
      this.refuseAnotherBook(run);
      await withLock(this.dataSource, 'fold', () => this.fold.foldTouched());
      await this.audit.runHoldingLock({ asOf: run.asOf, now });
    } catch (error) {
      const explained = explainDatabaseError(error, 'the audit stopped');
      if (isDatabaseAway(error) || explained !== error || error instanceof DatabaseError) throw explained;
      await failRun(this.dataSource.manager, run.id, { problem: problemOf(error), at: now() });
      if (!isDomainError(error)) throw error;
    }
  }

  private refuseAnotherBook({ id, asOf }: WaitingRun): void {
    if (runId({ asOf, book: this.audit.bookAsOf(asOf) }) === id) return;
    throw new UsageError('rules or published data have changed since the audit was asked for: ask for it again');
  }
}

function problemOf(error: unknown): string {
  return isDomainError(error) ? error.message : 'a fault of the program: its log says more. Ask for the audit again';
}

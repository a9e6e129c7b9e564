/** Lets calls of a provider through as its quota allows, counted in the database: across processes and restarts. */
import { Inject, Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { Catalog } from '../catalog/catalog.ts';
import type { Askable, QuotaWindow } from '../catalog/providers.ts';
import type { Instant } from '../core/units/day.ts';
import { Clock } from '../platform/clock.ts';
import { Config } from '../platform/config.ts';
import { inTransaction } from '../platform/database-client.ts';
import { freeAt, longestWindowMs, withRaised } from './quota.ts';
import { endCall, insertCall, lockQuota, readCalls, readRest, saveRest } from './quota.store.ts';

/** A call that may be made now. End it, or it counts for as long as it could take. */
export interface Passage {
  free: true;
  provider: Askable;
  calledAt: Date;
}

/** No call may be made before that instant. */
export interface Closed {
  free: false;
  until: Instant;
  why: string;
}

/** Why a call must wait that would be one too many. */
export const QUOTA_USED = 'the quota is used up';

/** Questions in a row that come to nothing before the provider is let rest: one or two may be about a single number. */
const FAULTS_BORNE = 2;
const FIRST_REST_MS = 60_000;
const LONGEST_REST_MS = 3_600_000;

@Injectable()
export class Quota {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Catalog) private readonly catalog: Pick<Catalog, 'providers'>,
    @Inject(Config) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The windows that hold for us: those published, or with the raised number of calls the configuration states. */
  windowsOf(provider: Askable): readonly QuotaWindow[] {
    const { windows } = this.catalog.providers[provider];
    const raised = provider === 'usps' ? this.config.usps.callsPerHour : null;
    return raised === null ? windows : withRaised(windows, raised);
  }

  /** Writes a call down that may begin now and takes `timeoutMs` at most, or says until when none may. */
  async enter(provider: Askable, call: { purpose: string; timeoutMs: number }): Promise<Passage | Closed> {
    return inTransaction(this.dataSource, async (client) => {
      await lockQuota(client, provider);
      const now = this.clock.now().getTime();
      const closed = await this.closed(client, provider, now);
      if (closed !== null) return closed;
      const calls = await readCalls(client, { provider, after: new Date(now - this.longestMs(provider)) });
      // A clock that was set back must not give two calls one instant.
      const calledAt = new Date(Math.max(now, ...calls.map((each) => each.calledAt.getTime() + 1)));
      await insertCall(client, {
        provider,
        calledAt,
        overAt: new Date(calledAt.getTime() + call.timeoutMs),
        purpose: call.purpose,
      });
      return { free: true, provider, calledAt };
    });
  }

  /** The call is over: from now on it can no longer be noticed over there. */
  async leave({ provider, calledAt }: Passage): Promise<void> {
    const overAt = new Date(Math.max(this.clock.now().getTime(), calledAt.getTime()));
    await endCall(this.dataSource, { provider, calledAt, overAt });
  }

  /** When the next call may be made; the present when at once. */
  async nextFree(provider: Askable): Promise<{ at: Instant; why: string | null }> {
    const now = this.clock.now().getTime();
    const closed = await inTransaction(this.dataSource, (client) => this.closed(client, provider, now));
    return closed === null ? { at: now, why: null } : { at: closed.until, why: closed.why };
  }

  /** Nobody calls the provider until then. */
  async rest(provider: Askable, { until, why }: { until: Instant; why: string }): Promise<void> {
    await this.changeRest(provider, (faults, rest) => longer(rest, { until: new Date(until), why, faults }));
  }

  /** A question came to nothing: after some in a row the provider is let rest, longer each time. */
  async failed(provider: Askable, why: string): Promise<void> {
    const now = this.clock.now().getTime();
    await this.changeRest(provider, (before, rest) => {
      const faults = before + 1;
      const pause = faults <= FAULTS_BORNE ? 0 : FIRST_REST_MS * 2 ** Math.min(faults - FAULTS_BORNE - 1, 10);
      return longer(rest, { until: new Date(now + Math.min(pause, LONGEST_REST_MS)), why, faults });
    });
  }

  /** A question was answered: the faults before it are forgotten. */
  async succeeded(provider: Askable): Promise<void> {
    await this.changeRest(provider, (faults, rest) => (rest === null || faults === 0 ? null : { ...rest, faults: 0 }));
  }

  private async closed(client: PoolClient, provider: Askable, now: Instant): Promise<Closed | null> {
    const rest = await readRest(client, provider);
    if (rest !== null && rest.until.getTime() > now) {
      return { free: false, until: rest.until.getTime(), why: rest.why };
    }
    const calls = await readCalls(client, { provider, after: new Date(now - this.longestMs(provider)) });
    const over = calls.map(({ overAt }) => overAt.getTime());
    const until = freeAt(over, this.windowsOf(provider), now);
    return until > now ? { free: false, until, why: QUOTA_USED } : null;
  }

  private longestMs(provider: Askable): number {
    return longestWindowMs(this.windowsOf(provider));
  }

  private async changeRest(
    provider: Askable,
    change: (faults: number, rest: Rest | null) => Rest | null,
  ): Promise<void> {
    await inTransaction(this.dataSource, async (client) => {
      await lockQuota(client, provider);
      const rest = await readRest(client, provider);
      const changed = change(rest?.faults ?? 0, rest);
      if (changed !== null) await saveRest(client, { provider, ...changed });
    });
  }
}

interface Rest {
  until: Date;
  why: string;
  /** Faults in a row. */
  faults: number;
}

/** A rest that still runs is not cut short: a call that was under way when it began may end after it. */
function longer(running: Rest | null, rest: Rest): Rest {
  return running !== null && running.until > rest.until ? { ...running, faults: rest.faults } : rest;
}

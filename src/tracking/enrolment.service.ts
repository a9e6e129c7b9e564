/** Which labels are asked about: those that came since it last looked, and whose are looked at more often. */
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { WATCHED_DAYS } from '../core/journey/asking.ts';
import { type Day, type Instant, addDays, dayOf } from '../core/units/day.ts';
import { Clock } from '../platform/clock.ts';
import { Planner } from './planner.service.ts';
import { enrol, lookAtVendors, numberAfter, replaceSuspects } from './poll.store.ts';

/** Labels looked through at a time, and how often all of them are: no label is due before the evening of its day. */
const LABELS_A_SLICE = 20_000;
const ENROL_EVERY_MS = 600_000;

@Injectable()
export class Enrolment {
  /** How far this process has looked: through all labels (null), or those up to a number. */
  private looked: { at: Instant; after: string | null } | null = null;

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Planner) private readonly planner: Planner,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Takes up labels that have no row yet; where there are many it stops at `endsAt` and goes on the next time. */
  async takeUp(endsAt: Instant): Promise<void> {
    const { looked } = this;
    const isThrough = looked === null || looked.after === null;
    if (looked !== null && isThrough && this.now() - looked.at < ENROL_EVERY_MS) return;
    const at = looked === null || isThrough ? this.now() : looked.at;
    let after: string | null = looked?.after ?? '';
    do {
      const upTo: string | null = await numberAfter(this.dataSource, { after, labels: LABELS_A_SLICE });
      await this.takeUpSlice({ after, upTo });
      after = upTo;
      this.looked = { at, after };
    } while (after !== null && this.now() < endsAt);
  }

  /** These vendors, and no others, are under suspicion; the parcels of those new among them are looked at at once. */
  async suspect(vendors: readonly string[]): Promise<void> {
    const now = new Date(this.now());
    const added = await replaceSuspects(this.dataSource, { vendors, now });
    if (added.length > 0) await lookAtVendors(this.dataSource, { vendors: added, since: this.watchedSince(), now });
  }

  private async takeUpSlice(slice: { after: string; upTo: string | null }): Promise<void> {
    const { providers } = this.planner;
    for (const [place, provider] of providers.entries()) {
      const before = providers.slice(0, place);
      const now = new Date(this.now());
      await enrol(this.dataSource, { provider, before, ...slice, since: this.watchedSince(), now });
    }
  }

  private watchedSince(): Day {
    return addDays(dayOf(this.now()), -WATCHED_DAYS);
  }

  private now(): Instant {
    return this.clock.now().getTime();
  }
}

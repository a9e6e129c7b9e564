/** Keeps one digest a parcel in step with its events, and folds again as of an earlier time. */
import { Inject, Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { DataSource, type QueryRunner } from 'typeorm';
import { Catalog } from '../catalog/catalog.ts';
import { DIGEST_VERSION, type JourneyDigest, isAlarming } from '../core/journey/digest.ts';
import { foldJourney } from '../core/journey/fold.ts';
import type { Instant } from '../core/units/day.ts';
import { rollBack } from '../platform/database-client.ts';
import { withLock } from '../platform/database-lock.ts';
import type { ParcelEvents } from './event-row.ts';
import { JourneyHistory, type Stretch, foldKnown } from './journey-history.ts';
import {
  type FoldedJourney,
  countStale,
  readAsOf,
  readStale,
  readStaleAmong,
  replaceJourneys,
  takeTurn,
} from './journey.store.ts';

/** Parcels a slice: large enough to hide its commit, small enough to lose little when interrupted. */
const SLICE = 10_000;

/** How far the folding is. */
export type FoldProgress = (state: { folded: number; total: number }) => void;

@Injectable()
export class FoldService {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Catalog) private readonly catalog: Catalog,
  ) {}

  /**
   * Folds every parcel whose events have changed since its digest, and answers how many. Every slice is a transaction
   * of its own, so an interrupted run is finished by the next.
   */
  async foldTouched(progress?: FoldProgress): Promise<number> {
    return this.withRunner(async (runner, client) => {
      const total = await countStale(client, this.foldedBy);
      let folded = 0;
      let after = '';
      for (;;) {
        const slice = await this.foldSlice(runner, client, after);
        const last = slice.at(-1);
        if (!last) return folded;
        folded += slice.length;
        after = last.trackingNumber;
        progress?.({ folded, total: Math.max(folded, total) });
      }
    });
  }

  /** As `foldTouched`, waiting for any other process that folds: it would only look at the same parcels twice. */
  async foldAlone(): Promise<number> {
    return withLock(this.dataSource, 'fold', () => this.foldTouched());
  }

  /**
   * The journeys of these parcels as they were known at an instant, one for each of the stretches of time asked for; null
   * where nothing was known by then. Without a stretch it is one over all time.
   */
  async foldAsOf(
    parcels: ReadonlyMap<string, readonly Stretch[]>,
    asOf: Instant,
  ): Promise<Map<string, (JourneyDigest | null)[]>> {
    return this.withRunner(async (_runner, client) => {
      const journeys = new Map<string, (JourneyDigest | null)[]>();
      for await (const parcel of readAsOf(client, [...parcels.keys()], asOf)) {
        const stretches = parcels.get(parcel.trackingNumber) ?? [];
        journeys.set(parcel.trackingNumber, foldKnown(parcel, { asOf, stretches }, this.catalog.tracking));
      }
      return journeys;
    });
  }

  /**
   * What is known of these parcels until an instant, to be folded as of any earlier one; read on the caller's connection,
   * and so in its transaction.
   */
  async historiesUntil(
    client: PoolClient,
    trackingNumbers: readonly string[],
    until: Instant,
  ): Promise<Map<string, JourneyHistory>> {
    const histories = new Map<string, JourneyHistory>();
    for await (const parcel of readAsOf(client, trackingNumbers, until)) {
      histories.set(parcel.trackingNumber, new JourneyHistory(parcel, this.catalog.tracking));
    }
    return histories;
  }

  /** Folds those of the named parcels whose events have changed; answers how many of them are alarming now. */
  async foldNow(trackingNumbers: readonly string[]): Promise<number> {
    return this.withRunner(async (runner, client) => {
      const parcels = () => readStaleAmong(client, trackingNumbers, this.foldedBy);
      const folded = await this.replaceInTurn(runner, client, parcels);
      return folded.filter(({ digest }) => isAlarming(digest)).length;
    });
  }

  /** What journeys are folded by: this program's digest and the data in force. */
  get foldedBy(): string {
    return `${DIGEST_VERSION}/${this.catalog.trackingVersion}`;
  }

  private foldSlice(runner: QueryRunner, client: PoolClient, after: string): Promise<FoldedJourney[]> {
    const { foldedBy } = this;
    return this.replaceInTurn(runner, client, () => readStale(client, { after, limit: SLICE, foldedBy }));
  }

  private async replaceInTurn(
    runner: QueryRunner,
    client: PoolClient,
    read: () => AsyncGenerator<ParcelEvents>,
  ): Promise<FoldedJourney[]> {
    const slice: FoldedJourney[] = [];
    await runner.startTransaction();
    try {
      await takeTurn(client);
      for await (const { trackingNumber, eventsRevision, events, asked } of read()) {
        slice.push({ trackingNumber, eventsRevision, digest: foldJourney(events, asked, this.catalog.tracking) });
      }
      if (slice.length > 0) await replaceJourneys(client, slice, this.foldedBy);
      await runner.commitTransaction();
      return slice;
    } catch (error) {
      await rollBack(runner);
      throw error;
    }
  }

  private async withRunner<T>(work: (runner: QueryRunner, client: PoolClient) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client: PoolClient = await runner.connect();
      return await work(runner, client);
    } finally {
      await runner.release();
    }
  }
}

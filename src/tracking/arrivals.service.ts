/** What sources told, by webhook or when asked, on its way to events, journeys and judgement. */
import { Inject, Injectable } from '@nestjs/common';
import { canonicalNumber } from '../core/barcode/canonical.ts';
import { type ToldParcel, recordsOf } from '../core/mapping/told.ts';
import { ArrayService } from '../ingest/array.service.ts';
import { Queue } from '../platform/queue.ts';
import { FoldService } from './fold.service.ts';
import { ringJudge } from './judge-bell.ts';

/** What was told at one time. */
export interface Told {
  parcels: readonly ToldParcel[];
  /** When it was received. */
  at: Date;
}

/** Where it comes from. */
export interface Teller {
  /** The source's name as events keep it; data/tracking/sources.yaml knows whose it is. */
  source: string;
  /** What stands for a file's name in the list of imports, such as `webhook 17TRACK`. */
  shownAs: string;
  /** When it was received. */
  at: Date;
}

@Injectable()
export class Arrivals {
  constructor(
    @Inject(ArrayService) private readonly arrays: ArrayService,
    @Inject(FoldService) private readonly fold: FoldService,
    @Inject(Queue) private readonly queue: Queue,
  ) {}

  /**
   * Stores what was told, brings the journeys of its numbers up to date, and has those judged at once about which something
   * was stated; answers when events and journeys are committed. The same told again changes nothing, so that a caller who
   * dies after it may call again.
   */
  async take(parcels: readonly ToldParcel[], { source, shownAs, at }: Teller): Promise<void> {
    await this.takeAll([{ parcels, at }], { source, shownAs });
  }

  /** As `take`, of what one source told at several times, as one import. */
  async takeAll(told: readonly Told[], teller: Omit<Teller, 'at'>): Promise<void> {
    await this.storeAll(told, teller);
    // Also when nothing was new: the caller before may have died in between.
    await this.bringUpToDate(told.flatMap(({ parcels }) => parcels).map(({ trackingNumber }) => trackingNumber));
  }

  /** Stores what was told, for a caller who sees to the journeys; answers how many rows said something new. */
  async store(parcels: readonly ToldParcel[], { source, shownAs, at }: Teller): Promise<number> {
    return this.storeAll([{ parcels, at }], { source, shownAs });
  }

  /** Brings the journeys of the numbers up to date, and has those judged at once about which something was stated. */
  async bringUpToDate(trackingNumbers: readonly string[]): Promise<void> {
    const numbers = new Set(trackingNumbers.map((number) => canonicalNumber(number).canonical));
    if (numbers.size === 0) return;
    const alarming = await this.fold.foldNow([...numbers]);
    if (alarming > 0) await ringJudge(this.queue);
  }

  private async storeAll(told: readonly Told[], { source, shownAs }: Omit<Teller, 'at'>): Promise<number> {
    const items = told.flatMap(({ parcels, at }) => recordsOf(parcels, { source, at: at.getTime() }));
    if (items.length === 0) return 0;
    const { accepted } = await this.arrays.take({ kind: 'tracking', vendor: null, items, shownAs });
    return accepted;
  }
}

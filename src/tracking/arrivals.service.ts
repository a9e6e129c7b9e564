/** What sources told, by webhook or when asked, on its way to events and journeys. */
import { Inject, Injectable } from '@nestjs/common';
import { type ToldParcel, recordsOf } from '../core/mapping/told.ts';
import { ArrayService } from '../ingest/array.service.ts';
import { ringFold } from '../ingest/fold-bell.ts';
import { Queue } from '../platform/queue.ts';

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
    @Inject(Queue) private readonly queue: Queue,
  ) {}

  /**
   * Stores what was told and has the journeys of its numbers brought up to date; answers when it is committed. The same told
   * again changes nothing, so that a caller who dies after it may call again.
   */
  async take(parcels: readonly ToldParcel[], teller: Teller): Promise<void> {
    if ((await this.store(parcels, teller)) > 0) await ringFold(this.queue);
  }

  /** As `take`, for a caller who sees to the journeys; answers how many rows said something new. */
  async store(parcels: readonly ToldParcel[], { source, shownAs, at }: Teller): Promise<number> {
    const items = recordsOf(parcels, { source, at: at.getTime() });
    const { accepted } = await this.arrays.take({ kind: 'tracking', vendor: null, items, shownAs });
    return accepted;
  }
}

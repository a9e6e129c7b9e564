/** What is known of one number over time, folded to its journey as of any instant of it. */
import type { JourneyDigest } from '../core/journey/digest.ts';
import { foldJourney } from '../core/journey/fold.ts';
import { type Life, isWithin } from '../core/journey/lives.ts';
import type { Instant } from '../core/units/day.ts';
import type { ParcelEvents } from './event-row.ts';

/** A part of the time of a number: one of its lives. */
export type Stretch = Pick<Life, 'from' | 'until'>;
const EVER: Stretch = { from: -Infinity, until: null };

type FoldedBy = Parameters<typeof foldJourney>[2];

export interface FoldRequest {
  asOf: Instant;
  /** Without a stretch the journey is one over all time. */
  stretches: readonly Stretch[];
}

/** One journey a stretch as it was known at the instant; null where nothing was. Rows of later events must not be among them. */
export function foldKnown(
  { events, asked }: Pick<ParcelEvents, 'events' | 'asked'>,
  { asOf, stretches }: FoldRequest,
  by: FoldedBy,
): (JourneyDigest | null)[] {
  const known = events.map((event) => withoutLaterReading(event, asOf));
  const asks = asked.filter(({ at }) => at <= asOf);
  return (stretches.length === 0 ? [EVER] : stretches).map((stretch) => {
    const within = known.filter(({ at }) => isWithin(at, stretch));
    const heard = asks.filter(({ at }) => isWithin(at, stretch));
    return within.length + heard.length > 0 ? foldJourney(within, heard, by) : null;
  });
}

export class JourneyHistory {
  /** When something became known, in order. */
  private readonly instants: readonly Instant[];

  constructor(
    private readonly told: ParcelEvents,
    private readonly by: FoldedBy,
  ) {
    const { events, asked } = told;
    const all = [...events.flatMap(({ at, retrievedAt }) => [at, retrievedAt ?? at]), ...asked.flatMap(timesOf)];
    this.instants = [...new Set(all)].toSorted((a, b) => a - b);
  }

  /** When the first of it happened or was asked, as a journey over all time would say; null where nothing did. */
  get firstAt(): Instant | null {
    const { events, asked } = this.told;
    return [...events, ...asked].reduce<Instant | null>((first, { at }) => Math.min(first ?? at, at), null);
  }

  /** Whether something became known after the one instant and not after the other. */
  changedBetween(after: Instant, until: Instant): boolean {
    return this.instants.some((at) => at > after && at <= until);
  }

  /** The journeys as `FoldService.foldAsOf` folds them. */
  foldAsOf(request: FoldRequest): (JourneyDigest | null)[] {
    const events = this.told.events.filter(({ at }) => at <= request.asOf);
    const asked = this.told.asked.filter(({ rowAt }) => rowAt <= request.asOf);
    return foldKnown({ events, asked }, request, this.by);
  }
}

function timesOf({ at, rowAt }: ParcelEvents['asked'][number]): Instant[] {
  return [at, rowAt];
}

/** An event that had happened by then, as it was known by then. */
function withoutLaterReading<T extends { retrievedAt: Instant | null }>(event: T, asOf: Instant): T {
  return event.retrievedAt !== null && event.retrievedAt > asOf ? { ...event, retrievedAt: null } : event;
}

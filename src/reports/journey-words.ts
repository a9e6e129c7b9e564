/** A parcel's journey for readers: the events as told, what they mean, and what they add up to. */
import type { JourneyDigest } from '../core/journey/digest.ts';
import { ASK_OUTCOMES, type Asked, type CarrierEvent } from '../core/journey/event.ts';
import { foldJourney, tellInOrder } from '../core/journey/fold.ts';
import type { TrackingCodes } from '../core/journey/codes.ts';
import { type Instant, formatInstant } from '../core/units/day.ts';
import type { EventRow } from '../ingest/event.table.ts';
import type { Journey, JourneyEvent } from './finding-detail.ts';
import type { Wording } from './wording.ts';

/** Stages that say that the postage is in doubt. */
export const GRAVE_STAGES: readonly JourneyEvent['stage'][] = [
  'hold_for_postage',
  'notice',
  'seized',
  'unpaid',
  'duplicate',
];

/** The journey by the rows on file, in any order. */
export function describeJourney(
  rows: readonly EventRow[],
  { codes, wording, eventsKnown }: { codes: TrackingCodes; wording: Wording; eventsKnown: number },
): Journey {
  const events = rows.filter(({ kind }) => kind === 'event').map(eventOf);
  const asked = rows.flatMap(askedOf);
  return {
    milestones: milestonesOf(foldJourney(events, asked, codes)).map(({ what, at }) => ({
      what,
      at: formatInstant(at),
      text: wording.say(`journey.${what}`),
    })),
    events: tellInOrder(events, codes).map(({ event, meaning, kind }) => ({
      at: formatInstant(event.at),
      code: event.code,
      text: event.text,
      city: event.city,
      state: event.state,
      zip: event.zip,
      country: event.country,
      source: event.source,
      sourceKind: kind,
      stage: meaning.stage,
      meaning: wording.say(`stage.${meaning.stage}`),
    })),
    asked: asked.sort((a, b) => b.at - a.at).map((answer) => ({ ...answer, at: formatInstant(answer.at) })),
    eventsKnown,
  };
}

/** The event of a row that is one. */
export function eventOf(row: EventRow): CarrierEvent {
  const { code, text, city, state, zip, country, source, mailpieceId } = row;
  return {
    at: row.eventTime.getTime(),
    hash: row.eventHash,
    code,
    text,
    city,
    state,
    zip,
    country,
    source,
    retrievedAt: row.retrievedAt?.getTime() ?? null,
    mailpieceId,
  };
}

/** An answer of its own, or one that came with an event. */
export function askedOf(row: EventRow): Asked[] {
  const outcome = ASK_OUTCOMES.find((known) => known === row.outcome);
  if (outcome === undefined || (row.kind !== 'ask' && row.retrievedAt === null)) return [];
  return [{ source: row.source, outcome, at: (row.retrievedAt ?? row.eventTime).getTime() }];
}

const WHAT = [
  'announced',
  'receipt',
  'inducted',
  'first_scan',
  'first_hold',
  'hold',
  'notice',
  'hearsay',
  'moved_after_notice',
  'unpaid',
  'paid',
  'duplicate',
  'seized',
  'diverted',
  'returned',
  'last_scan',
  'delivered',
] as const;

/** What a digest adds up to, in order of time; what happened at one instant in the order above. */
export function milestonesOf(digest: JourneyDigest): { what: (typeof WHAT)[number]; at: Instant }[] {
  const times: Record<(typeof WHAT)[number], Instant | null> = {
    announced: digest.announcedAt,
    receipt: digest.receiptAt,
    inducted: digest.inductedAt,
    first_scan: digest.firstScan?.at ?? null,
    first_hold: digest.firstHoldAt === digest.hold?.at ? null : digest.firstHoldAt,
    hold: digest.hold?.at ?? null,
    notice: digest.notice?.at ?? null,
    hearsay: digest.hearsayAt,
    moved_after_notice: digest.movedAfterNoticeAt,
    unpaid: digest.unpaid?.at ?? null,
    paid: digest.paidAt,
    duplicate: digest.duplicate?.at ?? null,
    seized: digest.seized?.at ?? null,
    diverted: digest.divertedAt === digest.returnedAt ? null : digest.divertedAt,
    returned: digest.returnedAt,
    last_scan: digest.lastScan?.at === digest.firstScan?.at ? null : (digest.lastScan?.at ?? null),
    delivered: digest.delivered?.at ?? null,
  };
  return WHAT.flatMap((what) => {
    const at = times[what];
    return at === null ? [] : [{ what, at }];
  }).sort((a, b) => a.at - b.at);
}

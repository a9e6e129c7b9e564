/** A parcel's journey for readers: the events as told, what they mean, and what they add up to. */
import type { JourneyDigest } from '../core/journey/digest.ts';
import { ASK_OUTCOMES, type Asked, type CarrierEvent } from '../core/journey/event.ts';
import { foldJourney, tellInOrder } from '../core/journey/fold.ts';
import type { TrackingCodes } from '../core/journey/codes.ts';
import { type Instant, formatInstant } from '../core/units/day.ts';
import type { EventRow } from '../ingest/event.table.ts';
import type { Journey, Milestone } from './finding-detail.ts';
import type { Wording } from './wording.ts';

/** The journey by the rows on file, in any order. */
export function describeJourney(
  rows: readonly EventRow[],
  { codes, wording, eventsKnown }: { codes: TrackingCodes; wording: Wording; eventsKnown: number },
): Journey {
  const events = rows.filter(({ kind }) => kind === 'event').map(eventOf);
  const asked = rows.flatMap(askedOf);
  return {
    milestones: milestonesOf(foldJourney(events, asked, codes), wording),
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

function eventOf(row: EventRow): CarrierEvent {
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
function askedOf(row: EventRow): Asked[] {
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

/** In order of time; what happened at one instant in the order above. */
function milestonesOf(digest: JourneyDigest, wording: Wording): Milestone[] {
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
    return at === null ? [] : [{ what, at, text: wording.say(`journey.${what}`) }];
  })
    .sort((a, b) => a.at - b.at)
    .map((milestone) => ({ ...milestone, at: formatInstant(milestone.at) }));
}

/** Facts about what carriers and other sources said of the parcel, from the digest of its events. */
import type { JourneyDigest } from '../journey/digest.ts';
import type { Instant } from '../units/day.ts';
import { type Fact, factsOf } from './fact.ts';
import type { JudgeInput } from './input.ts';

const noJourney = 'no event and no answer about the number is known';

/**
 * Whether any source showed the parcel's events; only then is it worth saying that something is not among them. Where
 * outcomes are stated, one of them must be an answer: no access is never clear.
 */
export function hasSpoken(journey: JourneyDigest): boolean {
  return answered(journey) || (journey.events > 0 && journey.lastOutcome === null);
}

/** Whether a source is known to have shown all it has. Events without a stated outcome prove themselves, not silence. */
function answered(journey: JourneyDigest): boolean {
  return journey.answeredAt !== null && journey.lastOutcome !== 'withheld';
}

/** A scan is known, or known to be missing: an event that nobody can read may be one. */
export function scanned(journey: JourneyDigest): boolean | null {
  if (journey.firstScan !== null) return true;
  return answered(journey) && journey.unread === 0 ? false : null;
}

/** Whether something is among the events; an event that nobody can read may be it. */
export function seen(at: Instant | null, { unread }: JourneyDigest): boolean | null {
  if (at !== null) return true;
  return unread === 0 ? false : null;
}

/** True when something was stated; false only when a source spoke and did not state it. */
export function stated(of: (journey: JourneyDigest) => boolean): (input: JudgeInput) => boolean | null {
  return ({ journey }) => {
    if (journey === null) return null;
    if (of(journey)) return true;
    return hasSpoken(journey) ? false : null;
  };
}

function earliest(...instants: (Instant | null | undefined)[]): Instant | null {
  const known = instants.filter((at) => typeof at === 'number');
  return known.length === 0 ? null : Math.min(...known);
}

export const journeyFacts: Fact[] = factsOf('journey', {
  notice: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'The carrier, a source that relays its events or, where neither does, an unlisted source stated that the postage is counterfeit, fraudulent or was not proper.',
    unknownWhen: `${noJourney}, or the only answers were refusals and errors; false means no more than that no source showed one`,
    of: stated((journey) => journey.notice !== null),
  },
  notice_at: {
    type: 'double',
    unit: 'instant',
    meaning: 'When the first such statement was made.',
    unknownWhen: 'there is none',
    of: ({ journey }) => journey?.notice?.at,
  },
  notice_text: {
    type: 'string',
    unit: 'text',
    meaning: 'The statement in its own words.',
    unknownWhen: 'there is none, or it came as a code only',
    of: ({ journey }) => journey?.notice?.text,
  },
  notice_code: {
    type: 'string',
    unit: 'text',
    meaning: "The statement's event or error code.",
    unknownWhen: 'there is none, or it came without a code',
    of: ({ journey }) => journey?.notice?.code,
  },
  notice_source: {
    type: 'string',
    unit: 'text',
    meaning: 'Where the statement came from, by the name the tracking file gives.',
    unknownWhen: 'there is none, or the file does not name its source',
    of: ({ journey }) => journey?.notice?.source,
  },
  notice_by_carrier: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The statement came from the carrier itself, not through somebody who relays its events.',
    unknownWhen: 'there is none',
    of: ({ journey }) => (journey?.notice ? journey.notice.sourceKind === 'carrier' : null),
  },
  notice_by_unlisted: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The statement came from a source that is neither the carrier nor known to relay its events.',
    unknownWhen: 'there is none',
    of: ({ journey }) => (journey?.notice ? journey.notice.sourceKind === 'unlisted' : null),
  },
  moved_after_notice: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'A scan that brings the parcel on its way followed the last such statement; failed deliveries and returns do not.',
    unknownWhen: noJourney,
    of: ({ journey }) => (journey === null ? null : journey.movedAfterNoticeAt !== null),
  },
  moved_after_notice_at: {
    type: 'double',
    unit: 'instant',
    meaning: 'When the first such scan after the last such statement was made.',
    unknownWhen: 'there is none',
    of: ({ journey }) => journey?.movedAfterNoticeAt,
  },
  held: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The parcel is held for postage (assessment, postage due, payment awaited) and no movement followed.',
    unknownWhen: `${noJourney}, the only answers were refusals and errors, or an event after the hold cannot be read`,
    of: (input) => ((input.journey?.unreadSinceHold ?? 0) > 0 ? null : stated(({ hold }) => hold !== null)(input)),
  },
  hold_at: {
    type: 'double',
    unit: 'instant',
    meaning: 'When the hold that still stands was first stated.',
    unknownWhen: 'no such hold stands',
    of: ({ journey }) => journey?.hold?.at,
  },
  hold_text: {
    type: 'string',
    unit: 'text',
    meaning: 'The statement of the hold in its own words.',
    unknownWhen: 'no such hold stands, or it came as a code only',
    of: ({ journey }) => journey?.hold?.text,
  },
  hold_source: {
    type: 'string',
    unit: 'text',
    meaning: 'Where the statement of the hold came from.',
    unknownWhen: 'no such hold stands, or the file does not name its source',
    of: ({ journey }) => journey?.hold?.source,
  },
  hold_by_carrier: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The statement of the hold came from the carrier itself.',
    unknownWhen: 'no such hold stands',
    of: ({ journey }) => (journey?.hold ? journey.hold.sourceKind === 'carrier' : null),
  },
  hold_by_unlisted: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The statement of the hold came from a source that is neither the carrier nor known to relay its events.',
    unknownWhen: 'no such hold stands',
    of: ({ journey }) => (journey?.hold ? journey.hold.sourceKind === 'unlisted' : null),
  },
  hours_held: {
    type: 'double',
    unit: 'hours',
    meaning: 'Hours from the first statement of the hold to the audit.',
    unknownWhen: 'no such hold stands',
    of: ({ journey, asOf }) => (journey?.hold ? (asOf - journey.hold.at) / 3_600_000 : null),
  },
  mailpieces: {
    type: 'double',
    unit: 'count',
    meaning: 'Distinct mailpiece ids seen under the number; two or more are two parcels.',
    unknownWhen: noJourney,
    of: ({ journey }) => journey?.mailpieces,
  },
  stopped: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'A source stated that the postage is not proper, or that the parcel is held for it or seized; false when none is known to.',
    unknownWhen: null,
    of: ({ journey }) => Boolean(journey?.notice ?? journey?.hold ?? journey?.seized),
  },
  scanned: {
    type: 'bool',
    unit: 'flag',
    meaning: 'A physical scan is known: an event that only a parcel in hand causes.',
    unknownWhen:
      'there is none, and no source is known to have answered, the carrier withholds, or an event cannot be read',
    of: ({ journey }) => (journey === null ? null : scanned(journey)),
  },
  scan_seen: {
    type: 'bool',
    unit: 'flag',
    meaning: 'A physical scan is among the events on file; false says nothing about the parcel, only about the file.',
    unknownWhen: null,
    of: ({ journey }) => (journey?.firstScan ?? null) !== null,
  },
  first_sign_at: {
    type: 'double',
    unit: 'instant',
    meaning: 'The earliest physical scan or statement about its postage on file.',
    unknownWhen: 'there is none',
    of: ({ journey }) => earliest(journey?.firstScan?.at, journey?.notice?.at, journey?.firstHoldAt),
  },
  first_scan_at: {
    type: 'double',
    unit: 'instant',
    meaning: 'When the first physical scan was made.',
    unknownWhen: 'there is none',
    of: ({ journey }) => journey?.firstScan?.at,
  },
  scan_by_unlisted: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The first scan was told only by a source that is neither the carrier nor known to relay its events.',
    unknownWhen: noJourney,
    of: ({ journey }) => journey?.scanByUnlisted,
  },
  delivered: {
    type: 'bool',
    unit: 'flag',
    meaning: 'A delivery is known that no return came before.',
    unknownWhen: noJourney,
    of: ({ journey }) => (journey === null ? null : journey.delivered !== null),
  },
  delivered_at: {
    type: 'double',
    unit: 'instant',
    meaning: 'When the parcel was delivered.',
    unknownWhen: 'no delivery is known',
    of: ({ journey }) => journey?.delivered?.at,
  },
  delivered_by_unlisted: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The delivery was told only by a source that is neither the carrier nor known to relay its events.',
    unknownWhen: noJourney,
    of: ({ journey }) => journey?.deliveredByUnlisted,
  },
  returned: {
    type: 'bool',
    unit: 'flag',
    meaning: 'A return to the sender is known.',
    unknownWhen: noJourney,
    of: ({ journey }) => (journey === null ? null : journey.returnedAt !== null),
  },
  answered_at: {
    type: 'double',
    unit: 'instant',
    meaning: 'When a source last answered about the number with all it has; only then is silence about a scan a fact.',
    unknownWhen: 'no source is known to have answered',
    of: ({ journey }) => journey?.answeredAt,
  },
});

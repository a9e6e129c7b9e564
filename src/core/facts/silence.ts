/** Facts about what a carrier does not know: announcements that are missing or late, numbers nobody has heard of. */
import type { JourneyDigest } from '../journey/digest.ts';
import { mailingDay } from '../label/label.ts';
import { businessDaysAfter } from '../units/calendar.ts';
import { DAY_MS, HOUR_MS, type Instant, dayOf } from '../units/day.ts';
import { type Fact, factsOf } from './fact.ts';
import { seen } from './journey.ts';
import type { JudgeInput } from './input.ts';

const noJourney = 'no event and no answer about the number is known';

/** When the carrier was first told of the parcel electronically; the receipt of a SCAN form proves that it was. */
function announcedAt({ announcedAt: announced, receiptAt }: JourneyDigest): Instant | null {
  if (announced === null || receiptAt === null) return announced ?? receiptAt;
  return Math.min(announced, receiptAt);
}

/** An announcement is known, or known to be missing: in a whole history without an event that nobody can read. */
function isAnnounced(journey: JourneyDigest): boolean | null {
  if (announcedAt(journey) !== null) return true;
  return hasWholeHistory(journey) ? false : null;
}

function hasWholeHistory({ historyAt, unread, lastOutcome }: JourneyDigest): boolean {
  return historyAt !== null && unread === 0 && lastOutcome !== 'withheld';
}

/**
 * An event of the carrier's proves that it knows the number; only an answer proves that it does not. What somebody else
 * saw of the parcel, or nobody can read, proves neither.
 */
function isKnownToCarrier(journey: JourneyDigest): boolean | null {
  if (journey.knownAt !== null) return true;
  if (journey.events > 0 || journey.lastOutcome === 'withheld') return null;
  return heardAt(journey) === null ? null : false;
}

/** When a carrier or relay last answered at all: with what it knows, or that it knows nothing. */
function heardAt({ historyAt, notFoundAt }: JourneyDigest): Instant | null {
  if (historyAt === null || notFoundAt === null) return historyAt ?? notFoundAt;
  return Math.max(historyAt, notFoundAt);
}

/** Completed USPS business days between the mailing day and the day of that answer. */
function businessDaysUntilHeard({ label, journey, calendar }: JudgeInput): number | null {
  const heard = journey && heardAt(journey);
  return heard === null ? null : businessDaysAfter(mailingDay(label), dayOf(heard - DAY_MS), calendar);
}

export const silenceFacts: Fact[] = factsOf('journey', {
  announced: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The carrier was told of the parcel electronically: an announcement, or the receipt of its SCAN form.',
    unknownWhen:
      'there is none, and no carrier or relay is known to have answered with its whole history, the carrier withholds, or an event cannot be read',
    of: ({ journey }) => (journey === null ? null : isAnnounced(journey)),
  },
  announced_hours_after_scan: {
    type: 'double',
    unit: 'hours',
    meaning:
      'Hours from the first physical scan to the first announcement; negative where it came before, as it should.',
    unknownWhen: 'there is no scan or no announcement',
    of: ({ journey }) => {
      const announced = journey && announcedAt(journey);
      return announced === null || !journey?.firstScan ? null : (announced - journey.firstScan.at) / HOUR_MS;
    },
  },
  history_at: {
    type: 'double',
    unit: 'instant',
    meaning:
      'When the carrier or a relay last answered with its whole history; only then is what is missing in it a fact.',
    unknownWhen: 'neither is known to have answered so',
    of: ({ journey }) => journey?.historyAt,
  },
  form_received: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'The receipt of the SCAN form that names the parcel is among the events on file; false says nothing about the parcel, only about the file.',
    unknownWhen: null,
    of: ({ journey }) => (journey?.receiptAt ?? null) !== null,
  },
  inducted: {
    type: 'bool',
    unit: 'flag',
    meaning: 'A shipping partner had the parcel before the Postal Service did.',
    unknownWhen: `${noJourney}; or no such event is known, and one cannot be read`,
    of: ({ journey }) => journey && seen(journey.inductedAt, journey),
  },
  known_to_carrier: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'The carrier, or a relay of what it says, showed anything about the number: an announcement, a scan, a word on it.',
    unknownWhen:
      'neither did, and neither is known to have answered, the carrier withholds, or there are events of another source or that cannot be read',
    of: ({ journey }) => (journey === null ? null : isKnownToCarrier(journey)),
  },
  trace_seen: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'The carrier or a relay is on file as having shown anything about the number; false says nothing about the parcel, only about the file.',
    unknownWhen: null,
    of: ({ journey }) => (journey?.knownAt ?? null) !== null,
  },
  heard_at: {
    type: 'double',
    unit: 'instant',
    meaning:
      'When the carrier or a relay last answered about the number: with what it knows, or that it knows nothing.',
    unknownWhen: 'neither is known to have answered; no access and errors are no answers',
    of: ({ journey }) => journey && heardAt(journey),
  },
  heard_business_days: {
    type: 'double',
    unit: 'business_days',
    meaning: 'Completed USPS business days after the mailing day and before the day of that answer.',
    unknownWhen: 'there is no such answer, or the list of holidays does not cover the time',
    of: businessDaysUntilHeard,
  },
});

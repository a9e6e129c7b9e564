/** What those who read providers' words must be told: codes of errors, sentences, and the clocks of places; all of it stands in data/. */
import type { AskOutcome } from '../../journey/event.ts';
import type { TrackingWords } from '../../journey/codes.ts';

/** What an error code of 17TRACK means; only the first two are about the parcel. */
export const TRACK17_MEANINGS = [
  'not_found',
  'registered',
  'not_registered',
  'carrier_unknown',
  'bad_number',
  'too_many',
  'daily_limit',
  'quota',
  'bad_key',
] as const;
export type Track17Meaning = (typeof TRACK17_MEANINGS)[number];

/** What providers' errors say of the parcel that was asked about. */
export interface ProviderErrors {
  usps: {
    codes: ReadonlyMap<string, AskOutcome>;
    /** Looked for in titles and sentences where no code decides. */
    messages: readonly { outcome: AskOutcome; pattern: RegExp }[];
    /** By HTTP status, where nothing else decides and the token was good. */
    statuses: ReadonlyMap<number, AskOutcome>;
    /** Refusals of our own key, in codes, titles and sentences. */
    ownKey: readonly RegExp[];
  };
  track17: {
    codes: ReadonlyMap<number, Track17Meaning>;
    /** Codes of the carriers whose events are those of USPS. */
    carriers: ReadonlySet<number>;
    /** Statuses of a parcel nobody knows of. */
    notFound: ReadonlySet<string>;
    /** How it says that it could ask the carrier; what it shows after any other word may be old. */
    synced: ReadonlySet<string>;
  };
  page: {
    /** Banners of a page that knows nothing of the number. */
    notFound: readonly RegExp[];
  };
}

/**
 * The zone of a state's clocks, by its two letters. A state on both sides of a boundary has the zone of most of its people:
 * for a few places the hour beside.
 */
export type TimeZones = ReadonlyMap<string, string>;

/** Everything that a reader looks up. */
export interface Published {
  errors: ProviderErrors;
  codes: TrackingWords;
  zones: TimeZones;
}

/** What a source of tracking told about parcels, whatever shape it came in, and how that is written as rows of a tracking file. */
import type { AskOutcome } from '../journey/event.ts';
import { type Instant, formatInstant } from '../units/day.ts';

/** One thing told about a parcel; null = not told. */
export interface ToldEvent {
  /** Null for what a source gives no time, such as a carrier's refusal: it is dated by when it was met. */
  at: Instant | null;
  code: string | null;
  text: string | null;
  city: string | null;
  state: string | null;
  zip: string | null;
  country: string | null;
  mailpieceId: string | null;
}

/** An event of which nothing is told yet; a reader fills in what it finds. */
export const UNTOLD: Readonly<ToldEvent> = {
  at: null,
  code: null,
  text: null,
  city: null,
  state: null,
  zip: null,
  country: null,
  mailpieceId: null,
};

/** What a source told about one number. */
export interface ToldParcel {
  /** As the source writes it. */
  trackingNumber: string;
  /**
   * How the source answered: `answered` only where it shows all it knows of the parcel, so that silence means something. Null
   * where it told a single thing unasked.
   */
  outcome: AskOutcome | null;
  /** Until when the source itself had looked, where it says so: what it does not show is silence only until then. */
  lookedAt?: Instant | null;
  events: readonly ToldEvent[];
}

/** A row of a tracking file by the names of its columns; what is not told is left out. */
export type ToldRecord = Readonly<Record<string, string>>;

/**
 * The rows of a tracking file that say the same: one for every event, and one that says how the source answered. Only a
 * refusal, of an answer that withholds, carries the outcome with its words. Times of retrieval stand on answers alone: a
 * history that is told again changes no event.
 */
export function recordsOf(parcels: readonly ToldParcel[], told: { source: string; at: Instant }): ToldRecord[] {
  const retrievedAt = formatInstant(told.at);
  return parcels.flatMap(({ trackingNumber, outcome, lookedAt, events }) => {
    const withheld = outcome === 'withheld';
    const rows = events.map((event) =>
      eventRecord(trackingNumber, event, { source: told.source, retrievedAt, withheld }),
    );
    const refused = withheld && events.some(({ at }) => at === null);
    if (outcome === null || refused) return rows;
    // A relay answers with what it heard last: its own question to the carrier may be older than ours to it.
    const readAt = formatInstant(Math.min(lookedAt ?? told.at, told.at));
    return [...rows, { tracking_number: trackingNumber, outcome, source: told.source, retrieved_at: readAt }];
  });
}

function eventRecord(
  trackingNumber: string,
  event: ToldEvent,
  { source, retrievedAt, withheld }: { source: string; retrievedAt: string; withheld: boolean },
): ToldRecord {
  const { at, code, text, city, state, zip, country, mailpieceId } = event;
  const refuses = at === null && withheld;
  const time = at === null ? retrievedAt : formatInstant(at);
  const parts: [string, string | null][] = [
    ['event_time', refuses ? null : time],
    ['event_code', code],
    ['event_text', text],
    ['city', city],
    ['state', state],
    ['zip', zip],
    ['country', country],
    ['mailpiece_id', mailpieceId],
    ['outcome', refuses ? 'withheld' : null],
    ['retrieved_at', refuses ? retrievedAt : null],
  ];
  const stated = parts.flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, value] as const]));
  return { tracking_number: trackingNumber, source, ...Object.fromEntries(stated) };
}

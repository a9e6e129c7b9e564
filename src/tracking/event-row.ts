/** Rows of events as COPY writes them, gathered to one parcel after the other. */
import { ASK_OUTCOMES, type AskOutcome, type Asked, type CarrierEvent } from '../core/journey/event.ts';
import type { Instant } from '../core/units/day.ts';
import type { CopyRow } from '../platform/database-copy.ts';

/** Everything known about one number. */
export interface ParcelEvents {
  trackingNumber: string;
  /** The parcel.events_revision these events make. */
  eventsRevision: string;
  events: CarrierEvent[];
  asked: AskedBy[];
}

/** That a source was asked, and when the row that says so happened: an event may be told of before its own time. */
export interface AskedBy extends Asked {
  rowAt: Instant;
}

/** The select list `ParcelGatherer` reads; w = the parcels, e = their events, absent for a parcel without any. */
export const EVENT_COLUMNS =
  `w.tracking_number, w.events_revision, ${secondsOf('event_time')}, e.event_hash, e.kind, e.code, e.text, e.city, ` +
  `e.state, e.zip, e.country, e.source, ${secondsOf('retrieved_at')}, e.outcome, e.mailpiece_id`;

/** Seconds since 1970 as a float: PostgreSQL writes one in a fraction of the time it takes for a date in a time zone. */
function secondsOf(column: string): string {
  return `date_part('epoch', e.${column})`;
}

/** NULL is written as nothing, which no column of an event holds: then a row without backslashes needs no unescaping. */
export const EVENT_FORMAT = "(NULL '')";

/** Takes rows in order of tracking number and hands out each parcel once it is complete. */
export class ParcelGatherer {
  private parcel: ParcelEvents | null = null;

  /** The parcel that the row shows to be complete, if it does. */
  take(row: CopyRow): ParcelEvents | null {
    const trackingNumber = row[0] ?? '';
    let complete: ParcelEvents | null = null;
    if (this.parcel?.trackingNumber !== trackingNumber) {
      complete = this.parcel;
      this.parcel = { trackingNumber, eventsRevision: row[1] ?? '0', events: [], asked: [] };
    }
    this.add(this.parcel, row);
    return complete;
  }

  /** The last parcel. */
  end(): ParcelEvents | null {
    return this.parcel;
  }

  private add(parcel: ParcelEvents, row: CopyRow): void {
    const at = instantOf(row[2]);
    if (at === null) return;
    const retrievedAt = instantOf(row[12]);
    const source = row[11] || null;
    const outcome = outcomeOf(row[13]);
    const isAsk = row[4] === 'ask';
    if (outcome !== null && (isAsk || retrievedAt !== null)) {
      parcel.asked.push({ source, outcome, at: retrievedAt ?? at, rowAt: at });
    }
    if (isAsk) return;
    parcel.events.push({
      at,
      hash: row[3] ?? '',
      code: row[5] || null,
      text: row[6] || null,
      city: row[7] || null,
      state: row[8] || null,
      zip: row[9] || null,
      country: row[10] || null,
      source,
      retrievedAt,
      mailpieceId: row[14] || null,
    });
  }
}

function instantOf(seconds: string | null | undefined): Instant | null {
  return seconds ? Math.round(Number(seconds) * 1000) : null;
}

function outcomeOf(text: string | null | undefined): AskOutcome | null {
  return ASK_OUTCOMES.find((outcome) => outcome === text) ?? null;
}

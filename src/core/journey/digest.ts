/** The timeline of one parcel, folded to what rules need. It holds no clock: the same events give the same digest. */
import type { Instant } from '../units/day.ts';
import type { AskOutcome } from './event.ts';

/** Raised whenever the meaning or the set of a digest's fields changes; older digests are folded again. */
export const DIGEST_VERSION = 1;

/** Where an event happened, as far as the source says. */
export interface Place {
  city: string | null;
  state: string | null;
  zip: string | null;
}

/** Something a carrier stated about a parcel: when, in which words, by which source. */
export interface Statement {
  at: Instant;
  code: string | null;
  text: string | null;
  source: string | null;
  /** `carrier` = the carrier itself, `relay` = somebody who passes its events on. */
  sourceKind: 'carrier' | 'relay';
}

export interface PhysicalScan extends Place {
  at: Instant;
  code: string | null;
}

export interface JourneyDigest {
  version: number;
  events: number;
  /** The latest instant of any event or answer in the digest; an audit as of an earlier time folds again. */
  latestAt: Instant | null;
  announcedAt: Instant | null;
  /** First event of a shipping partner (80, 81, 82, 84). */
  inductedAt: Instant | null;
  /** First and last events that only a parcel in hand causes. */
  firstScan: PhysicalScan | null;
  lastScan: PhysicalScan | null;
  delivered: PhysicalScan | null;
  /** First event of a return to sender. */
  returnedAt: Instant | null;
  /** First and last statement that the postage is counterfeit, fraudulent or was not proper. */
  notice: Statement | null;
  lastNoticeAt: Instant | null;
  /** First physical scan after the last notice. */
  movedAfterNoticeAt: Instant | null;
  /** Words of a notice from a source that is not the carrier (a vendor's or customer's note). */
  hearsayAt: Instant | null;
  /** First statement of the hold for postage that no physical movement has followed; null when lifted or never held. */
  hold: Statement | null;
  /** First hold for postage ever, lifted or not. */
  firstHoldAt: Instant | null;
  seized: Statement | null;
  /** Distinct mailpiece ids seen; two or more are two parcels under one number. */
  mailpieces: number;
  /** Latest answer by any source: when one answered with events, and the latest outcome of all. */
  answeredAt: Instant | null;
  lastOutcome: AskOutcome | null;
  lastAskedAt: Instant | null;
}

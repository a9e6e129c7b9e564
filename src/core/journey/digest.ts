/** The timeline of one parcel, folded to what rules need. It holds no clock: the same events give the same digest. */
import type { Instant } from '../units/day.ts';
import type { SourceKind } from './codes.ts';
import type { AskOutcome } from './event.ts';

/** Raised whenever the meaning or the set of a digest's fields changes; older digests are folded again. */
export const DIGEST_VERSION = 2;

/** Where an event happened, as far as the source says. */
export interface Place {
  city: string | null;
  state: string | null;
  zip: string | null;
}

/** Something stated about a parcel that stops it: when, in which words, by which source. */
export interface Statement {
  at: Instant;
  code: string | null;
  text: string | null;
  source: string | null;
  /**
   * `carrier` = the carrier itself, `relay` = somebody who passes its events on, `unlisted` = a source nobody knows, heard
   * only where neither of them stated such a thing.
   */
  sourceKind: Exclude<SourceKind, 'person'>;
}

export interface PhysicalScan extends Place {
  at: Instant;
  code: string | null;
}

export interface JourneyDigest {
  version: number;
  events: number;
  /** Events, a person's apart, that neither code nor text tells the meaning of: any of them may be a scan. */
  unread: number;
  /** The latest instant of any event or answer in the digest; an audit as of an earlier time folds again. */
  latestAt: Instant | null;
  announcedAt: Instant | null;
  /** First event of a shipping partner (80, 81, 82, 84). */
  inductedAt: Instant | null;
  /** First and last events that only a parcel in hand causes. */
  firstScan: PhysicalScan | null;
  lastScan: PhysicalScan | null;
  /** First delivery that no return came before: after one it is the sender's own. */
  delivered: PhysicalScan | null;
  /** First event of a return to sender. */
  returnedAt: Instant | null;
  /** First and last statement that the postage is counterfeit, fraudulent or was not proper. */
  notice: Statement | null;
  lastNoticeAt: Instant | null;
  /** First scan after the last notice that brought the parcel on its way: no failed delivery, no return or what follows it. */
  movedAfterNoticeAt: Instant | null;
  /** Words of a notice from a source that is not the carrier (a vendor's or customer's note). */
  hearsayAt: Instant | null;
  /** First statement of the hold for postage that stands: no movement and no return has followed; null when lifted or never held. */
  hold: Statement | null;
  /** Unread events since the standing hold was last stated: any of them may have lifted it. */
  unreadSinceHold: number;
  /** First hold for postage ever, lifted or not. */
  firstHoldAt: Instant | null;
  seized: Statement | null;
  /** Distinct mailpiece ids seen; two or more are two parcels under one number. */
  mailpieces: number;
  /** When a source last stated that it answered; events alone prove no answer. Then the latest outcome stated by any source. */
  answeredAt: Instant | null;
  lastOutcome: AskOutcome | null;
  lastAskedAt: Instant | null;
}

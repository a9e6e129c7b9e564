/** The timeline of one parcel, folded to what rules need. It holds no clock: the same events give the same digest. */
import type { Instant } from '../units/day.ts';
import type { SourceKind, Stage } from './codes.ts';
import type { AskOutcome } from './event.ts';

/** Raised whenever the meaning or the set of a digest's fields changes; older digests are folded again. */
export const DIGEST_VERSION = 6;

/** Where a parcel stands by the last thing told of it; `withheld` = the carrier does not show it for its postage. */
export const STANDINGS = [
  'announced',
  'accepted',
  'moving',
  'out_for_delivery',
  'stopped',
  'delivered',
  'returned',
  'forwarded',
  'held',
  'withheld',
  'seized',
] as const;
export type Standing = (typeof STANDINGS)[number];

/** Where an event happened, as far as the source says. */
export interface Place {
  city: string | null;
  state: string | null;
  zip: string | null;
}

/** Something stated about a parcel: when, in which words, by which source. */
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
  /** The mailpiece it is about, where the source tells them apart. */
  mailpieceId: string | null;
}

/** Its ZIP is one of ours: postal codes of other countries are left out. */
export interface PhysicalScan extends Place {
  at: Instant;
  code: string | null;
  stage: Stage;
}

/** Two scans, both with a ZIP, that one parcel can hardly have had. */
export interface Leap {
  from: PhysicalScan;
  to: PhysicalScan;
  /** Between the reference points of their ZIP areas. */
  miles: number;
  /** Scans with a ZIP near the one place and near the other. */
  fromScans: number;
  toScans: number;
}

/** Two deliveries at different places with nothing between them that explains it. */
export interface TwoDeliveries {
  first: PhysicalScan;
  second: PhysicalScan;
  miles: number;
  /** Scans with a ZIP near the one place and near the other. */
  firstScans: number;
  secondScans: number;
}

/** What bears one mailpiece id, where several stand under one number. */
export interface Mailpiece {
  id: string;
  firstScan: PhysicalScan | null;
  lastScan: PhysicalScan | null;
  delivered: PhysicalScan | null;
  /** First notice or hold for postage. */
  statedAt: Instant | null;
}

export interface JourneyDigest {
  version: number;
  /** Those a person wrote apart, as in all that follows unless said. */
  events: number;
  /** Events that neither code nor text tells the meaning of: any of them may be a scan. */
  unread: number;
  /** The earliest instant of any event or answer, a person's too: what is of a number's earlier use is told apart by folding anew. */
  firstAt: Instant | null;
  /** The latest instant of any event or answer in the digest; an audit as of an earlier time folds again. */
  latestAt: Instant | null;
  standing: Standing | null;
  /** First event or refusal by which the carrier or a relay showed that it knows the number. */
  knownAt: Instant | null;
  announcedAt: Instant | null;
  /** First receipt of a SCAN form (TM): the shipment was announced, its parcels not yet seen. */
  receiptAt: Instant | null;
  /** First event of a shipping partner (80, 81, 82, 84). */
  inductedAt: Instant | null;
  /** First and last events that only a parcel in hand causes. */
  firstScan: PhysicalScan | null;
  /** Whether the first scan is known from an unlisted source alone. */
  scanByUnlisted: boolean;
  lastScan: PhysicalScan | null;
  /** First delivery that no return came before: after one it is the sender's own. */
  delivered: PhysicalScan | null;
  /** Whether the delivery is known from an unlisted source alone; the scans before it may be the carrier's. */
  deliveredByUnlisted: boolean;
  /** First event of a return to sender. */
  returnedAt: Instant | null;
  /** First event that may lead the parcel elsewhere, lawfully: refused, forwarded, held, handed to an agent or the military. */
  divertedAt: Instant | null;
  /** Scans whose ZIP has a place on the map, those on the way back or on left out: only they can be compared by where they were. */
  located: number;
  /** The pair of scans that is the hardest to have travelled between; null where none is remarkable. */
  leap: Leap | null;
  twoDeliveries: TwoDeliveries | null;
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
  /** First statement that the piece was scanned without a payment, as long as none says that it was paid since. */
  unpaid: Statement | null;
  /** Last statement that a payment came. */
  paidAt: Instant | null;
  /** First statement that the number was scanned on two pieces (46). */
  duplicate: Statement | null;
  /** Distinct mailpiece ids seen; two or more are two parcels under one number. */
  mailpieces: number;
  /** The first few of them in order of their ids; null while there is only one. */
  pieces: readonly Mailpiece[] | null;
  /** When a source, a person apart, last stated that it answered; events alone prove no answer. */
  answeredAt: Instant | null;
  /** When a carrier or relay last answered with its whole history: what is not in it was not known to it then. */
  historyAt: Instant | null;
  /** When a carrier or relay last stated that it does not know the number. */
  notFoundAt: Instant | null;
  /** The latest outcome that any of them stated. */
  lastOutcome: AskOutcome | null;
  lastAskedAt: Instant | null;
}

/** The digest of a parcel about which nothing is known. */
export const EMPTY_DIGEST: Readonly<JourneyDigest> = {
  version: DIGEST_VERSION,
  events: 0,
  unread: 0,
  firstAt: null,
  latestAt: null,
  standing: null,
  knownAt: null,
  announcedAt: null,
  receiptAt: null,
  inductedAt: null,
  firstScan: null,
  scanByUnlisted: false,
  lastScan: null,
  delivered: null,
  deliveredByUnlisted: false,
  returnedAt: null,
  divertedAt: null,
  located: 0,
  leap: null,
  twoDeliveries: null,
  notice: null,
  lastNoticeAt: null,
  movedAfterNoticeAt: null,
  hearsayAt: null,
  hold: null,
  unreadSinceHold: 0,
  firstHoldAt: null,
  seized: null,
  unpaid: null,
  paidAt: null,
  duplicate: null,
  mailpieces: 0,
  pieces: null,
  answeredAt: null,
  historyAt: null,
  notFoundAt: null,
  lastOutcome: null,
  lastAskedAt: null,
};

/** Whether anything was ever stated against the parcel: it is worth looking at before the day's report. */
export function isAlarming({ notice, firstHoldAt, seized, unpaid, paidAt, duplicate }: JourneyDigest): boolean {
  return (notice ?? firstHoldAt ?? seized ?? unpaid ?? paidAt ?? duplicate) !== null;
}

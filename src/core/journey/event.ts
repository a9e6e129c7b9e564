/** One thing a source said about a parcel, and the outcome of having asked a source. */
import type { Instant } from '../units/day.ts';

export const ASK_OUTCOMES = ['answered', 'not_found', 'no_access', 'withheld', 'error'] as const;
export type AskOutcome = (typeof ASK_OUTCOMES)[number];

/** An event as stored. Every field but the instant may be missing; `hash` is of code, text and place. */
export interface CarrierEvent {
  at: Instant;
  /** Lower-case hex; with the number and the instant it is the event's identity, whatever source brought it. */
  hash: string;
  code: string | null;
  text: string | null;
  city: string | null;
  state: string | null;
  zip: string | null;
  country: string | null;
  /** The source's name as the file gives it; what kind of source that is stands in data/tracking. */
  source: string | null;
  retrievedAt: Instant | null;
  mailpieceId: string | null;
}

/** The latest known answer of one source that was asked about a number. */
export interface Asked {
  source: string | null;
  outcome: AskOutcome;
  at: Instant;
}

/** What the published event codes and sentences mean, as data/tracking holds it. */
import type { Miles } from '../rating/distance.ts';

/**
 * What an event is about, in the order events of one instant are told. `accepted`, `moving` and `out_for_delivery` bring the
 * parcel on its way, `stopped` finds it where it cannot go on: a notice left, refused, no such address, damaged.
 */
export const STAGES = [
  'announcement',
  'receipt',
  'partner',
  'other',
  'accepted',
  'moving',
  'out_for_delivery',
  'stopped',
  'hold_other',
  'forward',
  'return',
  'delivered',
  'duplicate',
  'unpaid',
  'paid',
  'hold_for_postage',
  'notice',
  'seized',
] as const;
export type Stage = (typeof STAGES)[number];

/** `diversion` = what may lead the parcel to another place than its label says, lawfully. */
export const SAYINGS = ['notice', 'hold', 'seized', 'unpaid', 'paid', 'return', 'diversion'] as const;
export type Saying = (typeof SAYINGS)[number];

/** From the most to the least trustworthy. */
export const SOURCE_KINDS = ['carrier', 'relay', 'unlisted', 'person'] as const;
/** `relay` = passes on what a carrier said, `unlisted` = a name that data/tracking does not know. */
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** A pattern and what keeps it from counting. */
export interface Sentence {
  pattern: RegExp;
  unless: RegExp | null;
}

export interface StageMeaning {
  stage: Stage;
  /** Only a parcel in somebody's hands causes it. */
  physical: boolean;
}

export interface CodeMeaning extends StageMeaning {
  /** It may lead the parcel to another place than its label says, lawfully. */
  diverts: boolean;
}

export interface TrackingCodes {
  codes: ReadonlyMap<string, CodeMeaning>;
  /** Looked for in every text. */
  statements: readonly (Sentence & { says: Saying })[];
  /** Looked for where the code is missing, unknown, or says nothing of where the parcel is. */
  stages: readonly (Sentence & StageMeaning)[];
  /** A name that no pattern matches is `unlisted`, no name at all a relay. */
  sources: readonly { kind: SourceKind; pattern: RegExp }[];
  /** Between two ZIP codes, as far as their areas have a place. */
  miles: Miles;
  /** Countries with our ZIP codes; a place that names no country is taken for one of them. */
  domesticPlaces: ReadonlySet<string>;
}

/** What is needed to read words alone, wherever the places are. */
export type TrackingWords = Omit<TrackingCodes, 'miles' | 'domesticPlaces'>;

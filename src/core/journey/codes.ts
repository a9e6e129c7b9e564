/** What the published event codes and sentences mean, as data/tracking holds it. */

/**
 * What an event is about, in the order events of one instant are told. `physical` brings the parcel on its way,
 * `stopped` finds it where it cannot go on: a notice left, refused, no such address, damaged.
 */
export const STAGES = [
  'announcement',
  'receipt',
  'partner',
  'other',
  'physical',
  'stopped',
  'hold_other',
  'forward',
  'return',
  'delivered',
  'duplicate',
  'hold_for_postage',
  'notice',
  'seized',
] as const;
export type Stage = (typeof STAGES)[number];

export const SAYINGS = ['notice', 'hold', 'seized', 'return'] as const;
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

export interface CodeMeaning {
  stage: Stage;
  /** Only a parcel in somebody's hands causes it. */
  physical: boolean;
}

export interface TrackingCodes {
  codes: ReadonlyMap<string, CodeMeaning>;
  /** Looked for in every text. */
  statements: readonly (Sentence & { says: Saying })[];
  /** Looked for where the code is missing, unknown, or says nothing of where the parcel is. */
  stages: readonly (Sentence & CodeMeaning)[];
  /** A name that no pattern matches is `unlisted`, no name at all a relay. */
  sources: readonly { kind: SourceKind; pattern: RegExp }[];
}

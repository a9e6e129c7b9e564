/** What the published event codes and sentences mean, as data/tracking holds it. */

/** What an event is about, in the order events of one instant are told. */
export const STAGES = [
  'announcement',
  'receipt',
  'partner',
  'other',
  'physical',
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

export const SAYINGS = ['notice', 'hold', 'seized'] as const;
export type Saying = (typeof SAYINGS)[number];

export const SOURCE_KINDS = ['carrier', 'relay', 'person'] as const;
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
  /** Looked for where the code is missing or unknown. */
  stages: readonly (Sentence & CodeMeaning)[];
  /** Names that no pattern matches are relays. */
  sources: readonly { kind: SourceKind; pattern: RegExp }[];
}

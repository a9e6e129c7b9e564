/** What the readers of rows must be told about the world's words: spellings, personal data and sources are lists in data/. */
import type { Spellings } from '../label/spelling.ts';

export interface Vocabulary {
  spellings: Spellings;
  /** Whether a column with this header holds what identifies a person. */
  isPersonal: (header: string) => boolean;
  /** How far the source of that name is trusted: 0 = the carrier itself, greater = trusted less. */
  sourceRank: (source: string | null) => number;
}

/** What the readers of rows must be told about the world's words: spellings and personal data are lists in data/. */
import type { Spellings } from '../label/spelling.ts';

export interface Vocabulary {
  spellings: Spellings;
  /** Whether a column with this header holds what identifies a person. */
  isPersonal: (header: string) => boolean;
}

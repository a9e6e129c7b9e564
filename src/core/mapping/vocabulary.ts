/** What the readers of rows must be told about the world's words: spellings and personal data are published lists. */
import type { ExtraService, Packaging, Service } from '../label/label.ts';

export interface Vocabulary {
  /** The service, packaging or extra service a spelling means; null when the lists do not know it. */
  service: (spelling: string) => Service | null;
  packaging: (spelling: string) => Packaging | null;
  extraService: (spelling: string) => ExtraService | null;
  /** Whether a column with this header holds what identifies a person. */
  isPersonal: (header: string) => boolean;
}

/** The words an import must know, as one thing that can be injected. */
import type { Spellings } from '../core/label/spelling.ts';
import type { Published } from '../core/mapping/providers/published.ts';
import type { Vocabulary } from '../core/mapping/vocabulary.ts';

export class ImportVocabulary implements Vocabulary {
  constructor(
    readonly spellings: Spellings,
    readonly isPersonal: (header: string) => boolean,
    readonly sourceRank: (source: string | null) => number,
    /** For saved tracking pages. */
    readonly published: Published,
  ) {}
}

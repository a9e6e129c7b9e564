/** Recognises how carriers and vendors write services, packagings and extra services. */
import { EXTRA_SERVICES, type ExtraService, PACKAGINGS, type Packaging, SERVICES, type Service } from './label.ts';

/** Spellings remembered as written; a hostile file cannot make the memory grow beyond. */
const MAX_KNOWN = 1000;

/** Other ways to write each word, by the word. */
export interface SpellingLists {
  services: Partial<Record<Service, readonly string[]>>;
  packagings: Partial<Record<Packaging, readonly string[]>>;
  extraServices: Partial<Record<ExtraService, readonly string[]>>;
  /** Spellings that name several extra services at once, as one product; left out = none. */
  extraBundles?: readonly ExtraBundle[];
}

export interface ExtraBundle {
  means: readonly ExtraService[];
  spellings: readonly string[];
}

/** Looks a spelling up; null when nobody is known to write so. */
export interface Spellings {
  service(spelling: string): Service | null;
  packaging(spelling: string): Packaging | null;
  /** Every extra service a spelling names; most name one. */
  extraServices(spelling: string): readonly ExtraService[] | null;
}

/** A spelling that two words claim. */
export interface SpellingConflict {
  spelling: string;
  words: [string, string];
}

/**
 * The spelling without what does not matter: case, spaces, punctuation, registration marks ("®", "(TM)"), a leading
 * "USPS". "<=" and ">" stay, because "Insurance > $500" differs by them alone.
 */
export function normaliseSpelling(text: string): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/\((?:r|tm|sm)\)|&(?:reg|trade);/g, '')
    .replaceAll(/[^\p{L}\p{N}<>]/gu, '');
  return plain.startsWith('usps') && plain.length > 4 ? plain.slice(4) : plain;
}

/** Prepares the lookups; our own words are spellings of themselves. */
export function buildSpellings(lists: SpellingLists): Spellings {
  return Object.freeze({
    service: lookUpIn(indexSpellings(SERVICES, lists.services)),
    packaging: lookUpIn(indexSpellings(PACKAGINGS, lists.packagings)),
    extraServices: lookUpIn(indexExtras(lists)),
  });
}

/** The first spelling that two words of one list claim; null when every spelling means one thing. */
export function findConflict(lists: SpellingLists): SpellingConflict | null {
  return (
    conflictIn(SERVICES, lists.services) ??
    conflictIn(PACKAGINGS, lists.packagings) ??
    conflictIn(EXTRA_SERVICES, lists.extraServices) ??
    bundleConflict(lists)
  );
}

type Listed<W extends string> = Partial<Record<W, readonly string[]>>;

function indexSpellings<W extends string>(words: readonly W[], listed: Listed<W>): Map<string, W> {
  const index = new Map<string, W>();
  for (const word of words) {
    for (const spelling of [word, ...(listed[word] ?? [])]) index.set(normaliseSpelling(spelling), word);
  }
  return index;
}

function indexExtras({ extraServices, extraBundles = [] }: SpellingLists): Map<string, readonly ExtraService[]> {
  const index = new Map<string, readonly ExtraService[]>();
  for (const [spelling, word] of indexSpellings(EXTRA_SERVICES, extraServices)) index.set(spelling, [word]);
  for (const { means, spellings } of extraBundles) {
    for (const spelling of spellings) index.set(normaliseSpelling(spelling), means);
  }
  return index;
}

/** A spelling of a bundle that stands elsewhere, too. */
function bundleConflict({ extraServices, extraBundles = [] }: SpellingLists): SpellingConflict | null {
  const seen = new Map<string, string>(indexSpellings(EXTRA_SERVICES, extraServices));
  for (const { means, spellings } of extraBundles) {
    const words = means.join(' with ');
    for (const spelling of spellings) {
      const key = normaliseSpelling(spelling);
      const other = seen.get(key);
      if (other !== undefined && other !== words) return { spelling, words: [other, words] };
      seen.set(key, words);
    }
  }
  return null;
}

function conflictIn<W extends string>(words: readonly W[], listed: Listed<W>): SpellingConflict | null {
  const seen = new Map<string, W>();
  for (const word of words) {
    for (const spelling of [word, ...(listed[word] ?? [])]) {
      const key = normaliseSpelling(spelling);
      const other = seen.get(key);
      if (other !== undefined && other !== word) return { spelling, words: [other, word] };
      seen.set(key, word);
    }
  }
  return null;
}

/** Files repeat a few spellings on every row: an exact text that was found once is found without normalising again. */
function lookUpIn<W>(index: ReadonlyMap<string, W>): (spelling: string) => W | null {
  const known = new Map<string, W>();
  return (spelling) => {
    const found = known.get(spelling);
    if (found !== undefined) return found;
    const word = index.get(normaliseSpelling(spelling)) ?? null;
    if (word !== null && known.size < MAX_KNOWN) known.set(spelling, word);
    return word;
  };
}

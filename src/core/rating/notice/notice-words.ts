/** The words by which a published price list names its products, as data/mappings/notice-123.yaml lists them. */
import type { Packaging, PriceList, Service } from '../../label/label.ts';

/** Letters, flats ... of a service that prices them apart. */
export interface NoticeShape {
  service: Service;
  packagings: readonly Packaging[];
  /** The thing priced, where there is one price whatever it weighs; else null. */
  item: string | null;
  /** There is one single-piece price; a list that does not print it has it all the same. */
  forBothLists: boolean;
  phrases: readonly string[];
}

/** Phrases are written as `plainWords` gives them; where several are found, the longest is meant. */
export interface NoticeWords {
  services: readonly { service: Service; phrases: readonly string[] }[];
  /** Parts of a service that have prices of their own. */
  shapes: readonly NoticeShape[];
  lists: Readonly<Record<PriceList, readonly string[]>>;
  /** Flat-rate things, by the word they are asked for. */
  items: readonly { item: string; phrases: readonly string[] }[];
  /** Prices of these are none that a single label could be asked for. */
  leftOut: readonly { phrases: readonly string[]; why: string }[];
  /** Columns of a table that hold the price of a single piece, where there are several. */
  singlePiece: readonly string[];
}

/**
 * Text without what does not matter: case, marks of registration, punctuation other than the signs of a number, white
 * space; every dash is a space. "USPS Ground Advantage®—Retail" -> "usps ground advantage retail".
 */
export function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/\((?:r|tm|sm)\)|[®™℠]/g, '')
    .replaceAll(/[^\p{L}\p{N}.½]+/gu, ' ')
    .trim();
}

/** Whether the plain text holds one of the phrases as whole words. */
export function names(plain: string, phrases: readonly string[]): boolean {
  return longest(plain, phrases) > 0;
}

/** Of several things, the one whose phrase is the longest found in the plain text; null when it names none. */
export function namedIn<T extends { phrases: readonly string[] }>(plain: string, things: readonly T[]): T | null {
  let best: T | null = null;
  let length = 0;
  for (const thing of things) {
    const found = longest(plain, thing.phrases);
    if (found > length) [best, length] = [thing, found];
  }
  return best;
}

function longest(plain: string, phrases: readonly string[]): number {
  const text = ` ${plain} `;
  return Math.max(0, ...phrases.map((phrase) => (text.includes(` ${phrase} `) ? phrase.length : 0)));
}

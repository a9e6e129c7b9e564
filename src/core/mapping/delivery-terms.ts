/** Tells by the further columns of a row whether its parcel is bound to its service: by a promised date, or by its contents. */
import { plainHeader } from './personal-data.ts';

export interface DeliveryTermLists {
  /** Headers of columns in which any value is a promise. */
  promised: readonly string[];
  /** Headers of columns in which a value that is not a no tells of hazardous or restricted contents. */
  hazardous: readonly string[];
  /** Values that say no. */
  no: readonly string[];
}

/** Columns of a row that the contract does not name, by their headers as written; null = none. */
type FurtherColumns = Readonly<Record<string, string>> | null;

export type BoundTest = (extra: FurtherColumns) => boolean;

type Term = 'promised' | 'hazardous' | 'other';

/** Headers remembered; a hostile file cannot make the memory grow beyond. */
const MOST_REMEMBERED = 10_000;

/** The test of a row by the lists; case, width, accents, spaces and punctuation of headers and values do not matter. */
export function boundToService(lists: DeliveryTermLists): BoundTest {
  const promised = new Set(lists.promised.map(plainHeader));
  const hazardous = new Set(lists.hazardous.map(plainHeader));
  const no = new Set(lists.no.map(plainHeader));
  const remembered = new Map<string, Term>();
  const termOf = (header: string): Term => {
    const known = remembered.get(header);
    if (known !== undefined) return known;
    const plain = plainHeader(header);
    const term = promised.has(plain) ? 'promised' : hazardous.has(plain) ? 'hazardous' : 'other';
    if (remembered.size < MOST_REMEMBERED) remembered.set(header, term);
    return term;
  };
  return (extra) =>
    extra !== null &&
    Object.entries(extra).some(([header, value]) => {
      if (value.trim() === '') return false;
      const term = termOf(header);
      return term === 'promised' || (term === 'hazardous' && !no.has(plainHeader(value)));
    });
}

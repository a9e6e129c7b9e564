/** One vendor, however the name is spelt: case, width and white space tell no two vendors apart. */

/** Written forms remembered; a hostile file cannot make the memory grow beyond. */
const MOST_REMEMBERED = 10_000;

/** One character may fold to many, and rows of an index are small. */
const LONGEST_FOLDED = 600;

const foldedNames = new Map<string, string>();

/** The form in which names are compared; invisible characters of spreadsheets and mails do not count. */
export function foldVendorName(name: string): string {
  if (name.length > LONGEST_FOLDED) return fold(name);
  const known = foldedNames.get(name);
  if (known !== undefined) return known;
  if (foldedNames.size >= MOST_REMEMBERED) foldedNames.clear();
  const folded = fold(name);
  foldedNames.set(name, folded);
  return folded;
}

function fold(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase()
    .slice(0, LONGEST_FOLDED);
}

/** A name and the form by which it is found again. */
export interface NamedVendor {
  folded: string;
  name: string;
}

/** The spelling each vendor goes by: the first that was ever seen. */
export class VendorNames {
  private readonly names: Map<string, string>;
  private readonly written = new Map<string, string>();
  private readonly seenNow: NamedVendor[] = [];

  constructor(known: readonly NamedVendor[] = []) {
    this.names = new Map(known.map(({ folded, name }) => [folded, name]));
  }

  /** The name the vendor goes by; a vendor not seen before goes by this spelling from now on. */
  nameOf(written: string): string {
    const remembered = this.written.get(written);
    if (remembered !== undefined) return remembered;
    const folded = foldVendorName(written);
    let name = this.names.get(folded);
    if (name === undefined) {
      name = written;
      this.names.set(folded, name);
      this.seenNow.push({ folded, name });
    }
    if (this.written.size >= MOST_REMEMBERED) this.written.clear();
    this.written.set(written, name);
    return name;
  }

  /** The vendors that were not known at the start. */
  get fresh(): readonly NamedVendor[] {
    return this.seenNow;
  }
}

/** One parcel, one number: how any way of writing a tracking number becomes the key every table joins on. */
import { passesMod10 } from './check-digit.ts';

/** A number as every table knows it, and the ZIP that stood behind 420 in what was written. */
export interface CanonicalNumber {
  canonical: string;
  /** ZIP5 or ZIP9 behind 420; null when none was written. */
  routingZip: string | null;
}

const plainPackageNumber = /^9[1-5]\d{20}$/;
const packageNumber = /^9[1-5](?:\d{20}|\d{24})$/;
const routed = /^420(?:\d{27}|\d{31})$/;
/** Spaces, dashes, brackets, quotes, what a spreadsheet wraps around text (="..."), and everything that prints nothing. */
const dressing = /[\s\p{C}\p{Pd}\u2212()='"`]/gu;
/** What scanners send in front of GS1-128 data, and the sign that marks keys which are no tracking number. */
const prefixes = /^(?:\]C1|@)+/;

/**
 * The written number without dressing, in upper case, and without 420 + ZIP where what remains is a package number.
 * Never fails: what is no number at all is only undressed, and may be empty.
 */
export function canonicalNumber(raw: string): CanonicalNumber {
  if (plainPackageNumber.test(raw)) return { canonical: raw, routingZip: null };
  const written = undress(raw);
  return (routed.test(written) ? splitRouting(written) : null) ?? { canonical: written, routingZip: null };
}

/** Upper case without spaces, dashes, wrappers and scanner prefixes; never starts with "@", the mark of account keys. */
export function undress(raw: string): string {
  return raw.normalize('NFKC').replace(dressing, '').toUpperCase().replace(prefixes, '');
}

/**
 * Parts 420 + ZIP from the package number behind it. 34 digits may hold ZIP5 + 26 or ZIP9 + 22: the reading with a
 * right check digit wins; without one, the only reading that begins like a package number; else null.
 */
export function splitRouting(digits: string): CanonicalNumber | null {
  const readings = digits.length === 34 ? [split(digits, 9), split(digits, 5)] : [split(digits, 5)];
  const possible = readings.filter(({ canonical }) => packageNumber.test(canonical));
  const passing = possible.find(({ canonical }) => passesMod10(canonical));
  return passing ?? (possible.length === 1 ? (possible[0] ?? null) : null);
}

function split(digits: string, zipLength: 5 | 9): CanonicalNumber {
  const end = 3 + zipLength;
  return { canonical: digits.slice(end), routingZip: digits.slice(3, end) };
}

/** JSON in its one canonical form (RFC 8785), so that equal values have equal bytes, and with them equal hashes. */

/** Halves of characters: UTF-8 cannot write them, so no two readers would hash the same bytes. */
const HALF_CHARACTER = /\p{Surrogate}/u;

/**
 * The value without white space, keys in order of their UTF-16 code units, numbers and texts as ECMAScript writes them.
 * Throws a TypeError for what JSON cannot hold: undefined, numbers that are none, dates, halves of characters.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return writeText(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`JSON has no number ${value}`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || !isPlain(value))
    throw new TypeError(`JSON cannot hold a value such as ${kindOf(value)}`);
  // Texts compare by their UTF-16 code units, as the standard wants it.
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, part]) => `${writeText(key)}:${canonicalJson(part)}`).join(',')}}`;
}

function writeText(text: string): string {
  if (HALF_CHARACTER.test(text)) throw new TypeError('canonical JSON cannot hold half of a character');
  return JSON.stringify(text);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function kindOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? value.constructor.name : typeof value;
}

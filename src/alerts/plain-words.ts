/** Text of users as one harmless line, no longer than its place: a mail must not be told to say something else. */

/** Control characters, and those that turn the direction of a line round. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\u200E\u200F]+/gu;

/** The text on one line. */
export function cleanText(text: string): string {
  return text.replaceAll(UNSEEN, ' ');
}

/** The text on one line of at most `length` characters, its end marked where some were left out. */
export function clipText(text: string, length: number): string {
  const clean = cleanText(text);
  if (clean.length <= length) return clean;
  const characters = Array.from(clean);
  return characters.length <= length ? clean : `${characters.slice(0, length - 1).join('')}…`;
}

/** A copy of plain data with every text in it clipped. */
export function clipAll<T extends object>(value: T, length: number): T {
  const copy = structuredClone(value);
  clipWithin(copy, length);
  return copy;
}

function clipWithin(value: object, length: number): void {
  for (const [name, each] of Object.entries(value) as [string, unknown][]) {
    if (typeof each === 'string') Reflect.set(value, name, clipText(each, length));
    else if (typeof each === 'object' && each !== null) clipWithin(each, length);
  }
}

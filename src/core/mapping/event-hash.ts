/** The identity of an event beside its number and its instant: a hash of what was said and where. */

/** Texts kept with their hash; the same sentence at the same facility comes thousands of times. */
const MAX_KEPT = 50_000;

type Part = string | null;

/** A function from the parts of an event to the first 128 bits of SHA-256 over them as JSON, in hex. */
export function eventHasher(sha256Hex: (text: string) => string): (parts: readonly Part[]) => string {
  let kept = new Map<string, string>();
  return (parts) => {
    // Only to find the hash again: cells hold no NUL, and an absent part is not an empty one, for no part is empty.
    const together = parts.join('\0');
    const known = kept.get(together);
    if (known !== undefined) return known;
    if (kept.size >= MAX_KEPT) kept = new Map();
    const hash = sha256Hex(JSON.stringify(parts)).slice(0, 32);
    kept.set(together, hash);
    return hash;
  };
}

/** The identity of an event beside its number and its instant: a hash of what was said and where. */

/** Texts kept with their hash; the same sentence at the same facility comes thousands of times. */
const MAX_KEPT = 50_000;

/** A function from the parts of an event to the first 128 bits of SHA-256 over them, in hex. */
export function eventHasher(sha256Hex: (text: string) => string): (parts: readonly (string | null)[]) => string {
  let kept = new Map<string, string>();
  return (parts) => {
    const text = JSON.stringify(parts);
    const known = kept.get(text);
    if (known !== undefined) return known;
    if (kept.size >= MAX_KEPT) kept = new Map();
    const hash = sha256Hex(text).slice(0, 32);
    kept.set(text, hash);
    return hash;
  };
}

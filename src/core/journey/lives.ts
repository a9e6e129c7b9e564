/** A number lives again: after the time for which it must be unique it may lawfully be sold anew, for another parcel. */
import { DAY_MS, type Instant } from '../units/day.ts';

/** The time in which a number belongs to one purchase, or to several that no such time lies between. */
export interface Life {
  /** Of the first of its purchases; one belongs to the last life that had begun by then. */
  purchasedFrom: Instant;
  /** Events before are those of an earlier use. */
  from: Instant;
  /** Events from here on are those of a later use; null = there is none. */
  until: Instant | null;
}

/**
 * The lives of a number by the instants of its purchases, in any order; none without a purchase. A life begins before its
 * purchase, so that scans of a number nobody had bought yet are seen: by the time for which it must be unique, or
 * half the way from the purchase before.
 */
export function livesOf(purchases: readonly Instant[], uniqueDays: number): Life[] {
  const unique = uniqueDays * DAY_MS;
  const lives: Life[] = [];
  let last = -Infinity;
  for (const at of purchases.toSorted((a, b) => a - b)) {
    const before = lives.at(-1);
    if (before === undefined || at - last > unique) {
      // What lies between two lives belongs to the nearer purchase: the parcel of the first was long on its way by then.
      const from = at - Math.min(unique, (at - last) / 2);
      if (before !== undefined) before.until = from;
      lives.push({ purchasedFrom: at, from, until: null });
    }
    last = at;
  }
  return lives;
}

/** Whether what was told from `firstAt` on has to be told apart by life: some lie before the only one, or there are several. */
export function haveSeveralLives(lives: readonly Life[], firstAt: Instant | null): boolean {
  const [first] = lives;
  return lives.length > 1 || (first !== undefined && firstAt !== null && firstAt < first.from);
}

/** The place of a purchase's life in the list of lives. */
export function lifeAt(purchasedAt: Instant, lives: readonly Life[]): number {
  return lives.findLastIndex(({ purchasedFrom }) => purchasedFrom <= purchasedAt);
}

/** Whether something that happened at the instant happened within the life. */
export function isWithin(at: Instant, { from, until }: Pick<Life, 'from' | 'until'>): boolean {
  return at >= from && (until === null || at < until);
}

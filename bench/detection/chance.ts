/** Chance for the benchmark's months: one seeded stream, and draws made of sums and products alone, the same on every machine. */
import { Dice } from '../../test/support/month/dice.ts';

/** A distribution by its quantiles: of all values this share lies under that one, straight between two of them. */
export type Spread = readonly (readonly [share: number, value: number])[];

/** What may be drawn, and how often beside the others. */
export type Choices<T> = readonly (readonly [value: T, weight: number])[];

export class Chance extends Dice {
  /** A real number from `from` up to `to`. */
  between(from: number, to: number): number {
    return from + this.next() * (to - from);
  }

  /** A value of a distribution. */
  of(spread: Spread): number {
    const share = this.next();
    let [lowShare, low] = spread[0] ?? [0, 0];
    for (const [highShare, high] of spread) {
      if (share <= highShare && highShare > lowShare) {
        return low + ((high - low) * (share - lowShare)) / (highShare - lowShare);
      }
      [lowShare, low] = [highShare, high];
    }
    return low;
  }

  /** One of the choices, by their weights. */
  choose<T>(choices: Choices<T>): T {
    let left = this.next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of choices) {
      left -= weight;
      if (left < 0) return value;
    }
    return this.pick(choices)[0];
  }

  /** The list in another order. */
  shuffled<T>(list: readonly T[]): T[] {
    const rest = [...list];
    return list.map(() => rest.splice(this.whole(0, rest.length - 1), 1)).flat();
  }
}

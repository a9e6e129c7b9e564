/** Which labels of an order are more than it has parcels: those bought after the last that was needed. */
import type { SurplusLabel } from '../facts/input.ts';
import { DAY_MS, type Day, type Instant, daysBetween, startOfDay } from '../units/day.ts';

/** A live outbound label of an order. */
export interface OrderedLabel {
  trackingNumber: string;
  purchasedDay: Day;
  purchasedAt: Instant | null;
  /** When its parcel first came back, was stopped or delivered; null = nothing of it is known. */
  endedAt: Instant | null;
}

/**
 * By tracking number, the labels beyond the number of parcels that was stated. One number is one label, however often it was
 * sold; whatever the order of the list, the answer is the same.
 */
export function surplusOf(labels: readonly OrderedLabel[], stated: number): ReadonlyMap<string, SurplusLabel> {
  const surplus = new Map<string, SurplusLabel>();
  const seen = new Set<string>();
  const before: OrderedLabel[] = [];
  for (const label of labels.toSorted(byPurchase)) {
    if (seen.has(label.trackingNumber)) continue;
    seen.add(label.trackingNumber);
    const last = before.at(-1);
    if (last !== undefined && before.length >= stated) {
      surplus.set(label.trackingNumber, {
        daysAfter: daysBetween(last.purchasedDay, label.purchasedDay),
        replaces: before.some(({ endedAt }) => endedAt !== null && endedAt <= latestPurchase(label)),
      });
    }
    before.push(label);
  }
  return surplus;
}

function earliestPurchase({ purchasedAt, purchasedDay }: OrderedLabel): Instant {
  return purchasedAt ?? startOfDay(purchasedDay);
}

function latestPurchase({ purchasedAt, purchasedDay }: OrderedLabel): Instant {
  return purchasedAt ?? startOfDay(purchasedDay) + DAY_MS;
}

function byPurchase(a: OrderedLabel, b: OrderedLabel): number {
  return earliestPurchase(a) - earliestPurchase(b) || (a.trackingNumber < b.trackingNumber ? -1 : 1);
}

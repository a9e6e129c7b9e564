/** Whether a vendor's labels declare one value whatever the order is worth. */
import { type Counted, totalCases, variation } from './statistics.ts';
import { type Dated, lookBack, within } from './window.ts';

/** So many labels that declare a value are wanted before a month is enough. */
const ENOUGH_DECLARED = 30;
/** Two, so that one of them may be the value that the vendor's system fills in by itself. */
const MOST_REPEATED = 2;
/** Where fewer of the labels than these say what their orders are worth, they say nothing of the rest. */
const KNOWN_SHARE = 0.5;

/** Labels of a vendor that declare a value above zero, in one currency. */
export interface DeclaringGroup extends Dated {
  currency: string;
}

/** Those of them that declare one value; values on a few labels may be left out. */
export interface ValueGroup extends DeclaringGroup {
  mills: number;
}

/** A declared value that many labels of a vendor bear. */
export interface RepeatedValue {
  mills: number;
  labels: number;
}

/** What a vendor's labels declare; money in mills of one currency. */
export interface DeclaredValues {
  days: number;
  currency: string;
  labels: number;
  /** At most two, the one on the most labels first. */
  repeated: readonly RepeatedValue[];
}

/** Sums up what a vendor's labels declare, in the currency of most of them; null where none declares a value. */
export function declaredOf(all: readonly DeclaringGroup[], values: readonly ValueGroup[]): DeclaredValues | null {
  const currency = commonestCurrency(all);
  if (currency === null) return null;
  const { groups, days } = lookBack(
    all.filter((group) => group.currency === currency),
    ENOUGH_DECLARED,
  );
  const labels = new Map<number, number>();
  for (const value of within(values, days)) {
    if (value.currency === currency) labels.set(value.mills, (labels.get(value.mills) ?? 0) + value.cases);
  }
  const repeated = [...labels]
    .map(([mills, count]): RepeatedValue => ({ mills, labels: count }))
    .toSorted((a, b) => b.labels - a.labels || a.mills - b.mills)
    .slice(0, MOST_REPEATED);
  return { days, currency, labels: totalCases(groups), repeated };
}

function commonestCurrency(all: readonly DeclaringGroup[]): string | null {
  const cases = new Map<string, number>();
  for (const group of all) cases.set(group.currency, (cases.get(group.currency) ?? 0) + group.cases);
  const [first] = [...cases].toSorted(([a, most], [b, least]) => least - most || (a < b ? -1 : 1));
  return first?.[0] ?? null;
}

/** The worth of orders whose labels declare one value. */
export interface OrderGroup extends Dated {
  mills: number;
  orderMills: number;
}

/**
 * How the worth of the orders behind a repeated value varies (coefficient of variation) over the days; null where too few of
 * its labels say what their orders are worth.
 */
export function orderVariation(
  { mills, labels }: RepeatedValue,
  all: readonly OrderGroup[],
  days: number,
): number | null {
  const orders = within(all, days)
    .filter((group) => group.mills === mills)
    .map(({ orderMills, cases }): Counted => ({ value: orderMills, cases }));
  const known = totalCases(orders);
  return known === 0 || known < labels * KNOWN_SHARE ? null : variation(orders);
}

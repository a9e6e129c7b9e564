/** Facts about earlier purchases under the same tracking number. */
import type { Label } from '../label/label.ts';
import { daysBetween } from '../units/day.ts';
import { type Fact, type FactSpec, factsOf } from './fact.ts';
import type { JudgeInput } from './input.ts';

type Relation = 'other_vendor' | 'again' | 'reprint';

/** Money changed hands and stayed: neither voided nor refunded, and not free. */
function isCharged(label: Label): boolean {
  return label.status === 'purchased' && label.chargedMills > 0;
}

/**
 * Whether two rows are one purchase told twice: the same vendor and order, instant and amount, and no two different label ids.
 * (Rows with the same sale key were merged when they were imported.)
 */
export function isSamePurchase(a: Label, b: Label): boolean {
  if (a.vendor !== b.vendor) return false;
  if (a.saleKey === b.saleKey) return true;
  if (a.labelId !== null && b.labelId !== null) return false;
  return (
    a.orderId !== null &&
    a.orderId === b.orderId &&
    a.purchasedDay === b.purchasedDay &&
    a.purchasedAt === b.purchasedAt &&
    a.chargedMills === b.chargedMills
  );
}

function relationOf(label: Label, earlier: Label): Relation {
  if (earlier.vendor !== label.vendor) return 'other_vendor';
  const sameOrder = label.orderId !== null && label.orderId === earlier.orderId;
  return sameOrder && label.purchasedDay === earlier.purchasedDay ? 'reprint' : 'again';
}

/** Whether two purchases lie so near each other that the number may be on one parcel; later ones are a lawful use anew. */
function isOfItsTime(sale: Label, { label, uniqueDays }: JudgeInput): boolean {
  return Math.abs(daysBetween(sale.purchasedDay, label.purchasedDay)) <= uniqueDays;
}

/** Whether the row names neither a label id nor order, time and amount: its key was made up to keep it. */
export function isUnsure({ saleKey }: Label): boolean {
  return saleKey === '' || saleKey.startsWith('?');
}

/** Whether `a` was bought before `b`, `sure` when their written times decide it and not only their order in the list. */
function sureBefore(a: Label, b: Label): boolean {
  if (a.purchasedDay !== b.purchasedDay && (a.purchasedAt === null || b.purchasedAt === null)) return true;
  return a.purchasedAt !== null && b.purchasedAt !== null && a.purchasedAt < b.purchasedAt;
}

/** The latest earlier charged purchase that stands in a relation to this one; null when none does, undefined = unknown. */
function earlierSale({ label, sales }: JudgeInput, relation: Relation): Label | null | undefined {
  if (sales.length < 2 || !isCharged(label)) return null;
  let unknown = false;
  let found: Label | null = null;
  for (const sale of sales) {
    if (sale.vendor === label.vendor && sale.saleKey === label.saleKey) break;
    if (!isCharged(sale) || isSamePurchase(sale, label) || relationOf(label, sale) !== relation) continue;
    // Of two rows of one vendor, one without any identity may be the other one told again.
    if (sale.vendor === label.vendor && (isUnsure(sale) || isUnsure(label))) unknown = true;
    else found = sale;
  }
  return found ?? (unknown ? undefined : null);
}

function exists(relation: Relation, meaning: string): FactSpec {
  return {
    type: 'bool',
    unit: 'flag',
    meaning,
    unknownWhen: 'a row lacks label id, order and time, so that it may be the same purchase told twice',
    of: (input) => {
      const sale = earlierSale(input, relation);
      return sale === undefined ? undefined : sale !== null;
    },
  };
}

function ofEarlier<T>(relation: Relation, read: (earlier: Label, label: Label) => T): (input: JudgeInput) => T | null {
  return (input) => {
    const sale = earlierSale(input, relation);
    return sale ? read(sale, input.label) : null;
  };
}

function daysSince(relation: Relation): FactSpec {
  return {
    type: 'double',
    unit: 'days',
    meaning: `Days from that earlier purchase (${relation}) to this one.`,
    unknownWhen: 'there is no such purchase',
    of: ofEarlier(relation, (earlier, label) => daysBetween(earlier.purchasedDay, label.purchasedDay)),
  };
}

function dayOfEarlier(relation: Relation): FactSpec {
  return {
    type: 'string',
    unit: 'day',
    meaning: `The day of that earlier purchase (${relation}).`,
    unknownWhen: 'there is no such purchase',
    of: ofEarlier(relation, (earlier) => earlier.purchasedDay),
  };
}

export const saleFacts: Fact[] = factsOf('sale', {
  rival: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'Another vendor charged for a label under the same number, before or after this one, within the time for which a number must be unique.',
    unknownWhen: null,
    of: (input) =>
      input.sales.some((sale) => sale.vendor !== input.label.vendor && isCharged(sale) && isOfItsTime(sale, input)),
  },
  printed_again: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The same vendor sold the number twice for one order on one day, charged or not: one label printed again.',
    unknownWhen: 'a purchase that may be the other one told again states no label id',
    of: ({ label, sales }) => {
      const others = sales.filter(
        (sale) =>
          sale.saleKey !== label.saleKey && relationOf(label, sale) === 'reprint' && !isSamePurchase(sale, label),
      );
      if (others.length === 0) return false;
      return others.some((sale) => !isUnsure(sale) && !isUnsure(label)) ? true : null;
    },
  },
  also_live: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'Another purchase under the same number, within the time for which a number must be unique, is neither voided nor refunded, so that the parcel may travel on it.',
    unknownWhen: null,
    of: (input) =>
      input.sales.some(
        (sale) =>
          sale.status === 'purchased' &&
          (sale.vendor !== input.label.vendor || sale.saleKey !== input.label.saleKey) &&
          isOfItsTime(sale, input),
      ),
  },
  other_vendor: exists(
    'other_vendor',
    'Another vendor sold the same number before, and both sales were charged and neither voided nor refunded.',
  ),
  other_vendor_days: daysSince('other_vendor'),
  other_vendor_day: dayOfEarlier('other_vendor'),
  other_vendor_name: {
    type: 'string',
    unit: 'text',
    meaning: 'The vendor of that earlier purchase.',
    unknownWhen: 'there is no such purchase',
    of: ofEarlier('other_vendor', (earlier) => earlier.vendor),
  },
  other_vendor_order_sure: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The written times say which of the two vendors sold the number first.',
    unknownWhen: 'there is no such purchase',
    of: ofEarlier('other_vendor', sureBefore),
  },
  again: exists(
    'again',
    'The same vendor sold the same number before, for another order or on another day, and both sales were charged.',
  ),
  again_days: daysSince('again'),
  again_day: dayOfEarlier('again'),
  reprint: exists('reprint', 'The same vendor charged the same number twice for one order on one day.'),
});

/** What one purchase would have cost less by another lawful service, where it is certain; and sums of it over many. */
import { postagePart } from '../facts/label.ts';
import type { CommonestChange, SavingSums } from '../facts/vendor-input.ts';
import type { ExtraService, Label, Packaging, Service } from '../label/label.ts';
import type { BoundTest } from '../mapping/delivery-terms.ts';
import type { Alternative } from '../rating/alternative.ts';
import { type Day, mondayOf } from '../units/day.ts';

/** A purchase that another service or packaging would have carried for less. Money in mills of USD. */
export interface LabelSaving {
  vendor: string;
  saleKey: string;
  /** The Monday of the week of its written day of purchase. */
  week: Day;
  service: Service;
  packaging: Packaging;
  toService: Service;
  toPackaging: Packaging;
  /** What was charged for postage and surcharges. */
  paidMills: number;
  /** The published commercial price of the alternative, with the surcharges its size makes due. */
  alternativeMills: number;
  /** At least so much less; above zero. */
  savingMills: number;
  /** The alternative takes longer. */
  slower: boolean;
}

/** One kind of change, over the purchases of a vendor and week it applies to. */
export interface SavingChange {
  service: Service;
  packaging: Packaging;
  toService: Service;
  toPackaging: Packaging;
  slower: boolean;
  labels: number;
  savingMills: number;
}

/** Every package service offers these; of others it is not on file which service does. */
const OFFERED_EVERYWHERE: ReadonlySet<ExtraService> = new Set(['tracking', 'insurance']);

/**
 * The saving on a purchase; null when there is none that is certain. Only live outbound labels count, none with an extra
 * service that the alternative may not offer, and none whose row tells of a promised date or of hazardous contents. The
 * saving is the difference of the published prices, and never more than what was paid lies over the alternative's price:
 * who has paid less than that already saves nothing for sure.
 */
export function savingOf(label: Label, alternative: Alternative | null, isBound: BoundTest): LabelSaving | null {
  if (alternative === null || label.kind !== 'outbound' || label.status !== 'purchased') return null;
  if (!label.extraServices.every((extra) => OFFERED_EVERYWHERE.has(extra))) return null;
  const postageMills = label.currency === 'USD' ? postagePart(label) : null;
  if (postageMills === null) return null;
  const paidMills = postageMills + (label.surchargesMills ?? 0);
  const savingMills = Math.min(alternative.savingMills, paidMills - alternative.mills);
  if (savingMills <= 0 || isBound(label.extra)) return null;
  return {
    vendor: label.vendor,
    saleKey: label.saleKey,
    week: mondayOf(label.purchasedDay),
    service: label.service,
    packaging: label.packaging ?? 'package',
    toService: alternative.service,
    toPackaging: alternative.packaging,
    paidMills,
    alternativeMills: alternative.mills,
    savingMills,
    slower: alternative.slower,
  };
}

/**
 * Adds up the changes of one vendor and week, those to services as fast or faster apart: only they are lawful for sure
 * where nobody knows what the buyers were promised. The same changes give the same sums in any order.
 */
export function sumSavings(changes: readonly SavingChange[]): SavingSums {
  const sameSpeed = changes.filter(({ slower }) => !slower);
  const all = totalOf(changes);
  const fast = totalOf(sameSpeed);
  return {
    labels: all.labels,
    sameSpeedLabels: fast.labels,
    sameSpeedMills: fast.savingMills,
    slowerMills: all.savingMills - fast.savingMills,
    commonest: commonestOf(changes),
    commonestSameSpeed: commonestOf(sameSpeed),
  };
}

function totalOf(changes: readonly SavingChange[]): Pick<SavingChange, 'labels' | 'savingMills'> {
  return {
    labels: changes.reduce((sum, { labels }) => sum + labels, 0),
    savingMills: changes.reduce((sum, { savingMills }) => sum + savingMills, 0),
  };
}

/**
 * The change of most labels; of two with as many, the one that saves more, else the one that comes first in the alphabet.
 * Null of none.
 */
function commonestOf(changes: readonly SavingChange[]): CommonestChange | null {
  const [commonest] = changes.toSorted(
    (a, b) => b.labels - a.labels || b.savingMills - a.savingMills || (nameOf(a) < nameOf(b) ? -1 : 1),
  );
  if (commonest === undefined) return null;
  const { service, packaging, toService, toPackaging, labels } = commonest;
  return { service, packaging, toService, toPackaging, labels };
}

function nameOf({ service, packaging, toService, toPackaging }: SavingChange): string {
  return [service, packaging, toService, toPackaging].join(' ');
}

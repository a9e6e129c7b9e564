/** The surcharges a label's stated size makes due, least and most; and which others nobody could see in its columns. */
import { type Label, PRICE_LISTS } from '../label/label.ts';
import type { Day } from '../units/day.ts';
import type { UnratedReason } from './answer.ts';
import { dimensionsOf } from './parcel-of.ts';
import type { PricedZone } from './postage.ts';
import { sizeSums, surchargesOf, unseenSurcharges } from './surcharges.ts';
import { type RateList, type RateTables, listOn } from './tables.ts';
import { openWays, priceByWay } from './ways.ts';

export type SurchargeRange =
  | {
      known: true;
      /** By the commercial list of the cheaper day. */
      leastMills: number;
      /** By the dearer list of the dearer day; null where one of them does not publish a fee that is due. */
      mostMills: number | null;
      /**
       * What could stand beside them in a column of surcharges though no file shows its cause: the fees for contents, shape
       * or manner of mailing, and the peak-season increase. Null: one whose amount is not published.
       */
      unseenMills: readonly (number | null)[];
      /** What the published fees for length and volume come to, alone and together, whether due or not; rising. */
      sizeMills: readonly number[];
    }
  | { known: false; reason: UnratedReason; message: string };

export interface SurchargePlace {
  zone: PricedZone;
  days: readonly Day[];
  tables: RateTables;
}

/** The range of a label; unknown without its three sides, and without a list for one of its days. */
export function surchargeRangeOf(label: Label, place: SurchargePlace): SurchargeRange {
  const dimensions = dimensionsOf(label);
  if (!dimensions) {
    return {
      known: false,
      reason: 'dimensions_missing',
      message: 'Surcharges depend on the sides, and not all are stated.',
    };
  }
  const due: Due = { least: Infinity, most: 0, unpublished: false };
  const unseen = new Set<number | null>();
  const bySize = new Set<number>();
  for (const day of place.days) {
    const list = listOn(day, place.tables.lists);
    if (!list) return { known: false, reason: 'no_price_list', message: `No price list is at hand for ${day}.` };
    for (const packaging of packagingsOf(label, list, place.tables)) {
      for (const priceList of PRICE_LISTS) {
        const fees = surchargesOf({ service: label.service, packaging, priceList, dimensions }, list);
        const mills = fees.known ? fees.mills : fees.atLeastMills;
        if (priceList === 'commercial') due.least = Math.min(due.least, mills);
        due.most = Math.max(due.most, mills);
        due.unpublished ||= !fees.known;
      }
    }
    for (const mills of unseenMillsOf(label, { ...place, day }, list)) unseen.add(mills);
    for (const mills of sizeSums(label.service, list)) bySize.add(mills);
  }
  return {
    known: true,
    leastMills: due.least,
    mostMills: due.unpublished ? null : due.most,
    unseenMills: [...unseen].filter((mills) => mills !== 0),
    sizeMills: [...bySize].toSorted((a, b) => a - b),
  };
}

interface Due {
  least: number;
  most: number;
  unpublished: boolean;
}

function unseenMillsOf(label: Label, place: SurchargePlace & { day: Day }, list: RateList): (number | null)[] {
  const { service } = label;
  const fees = PRICE_LISTS.flatMap((priceList) => unseenSurcharges({ service, priceList }, list));
  return [...fees.map(({ mills }) => mills), ...peakMills(label, place, list)];
}

/** What a vendor itemised, and how much of it size does not make due. */
export interface ItemisedSurcharges {
  chargedMills: number;
  excessMills: number;
  /** Amounts that differ by no more are one. */
  toleranceMills: number;
}

/**
 * Whether an amount of surcharges over what size makes due could be fees or increases whose cause no file shows: one of
 * them or several together. Where one of those is not published, only an amount that is to the cent a published fee for
 * size tells that it is none of them; the lowest of those does not, for the fees for shape have been equal to it.
 */
export function mayBeUnseen(
  { chargedMills, excessMills, toleranceMills }: ItemisedSurcharges,
  { unseenMills, sizeMills }: Extract<SurchargeRange, { known: true }>,
): boolean {
  const isNear = (mills: number, amount: number): boolean => Math.abs(mills - amount) <= toleranceMills;
  let sums = [0];
  for (const mills of unseenMills) {
    if (mills !== null) sums = [...sums, ...sums.map((sum) => sum + mills)];
  }
  if (sums.some((sum) => sum > 0 && isNear(sum, excessMills))) return true;
  return unseenMills.includes(null) && !sizeMills.slice(1).some((mills) => isNear(mills, chargedMills));
}

/** One packaging for each thing a price can go by: some surcharges hold for one of them only. */
function packagingsOf(
  label: Label,
  list: RateList,
  tables: RateTables,
): readonly ('package' | 'cubic' | 'flat_rate')[] {
  const prices = list.products[label.service]?.commercial ?? list.products[label.service]?.retail;
  if (!prices) return ['package'];
  const ways = openWays(label, { prices, list, flatRate: tables.eligibility.flatRate });
  const kinds = new Set(ways.map(({ by }) => by));
  const open = PACKAGING_BY.filter(([by]) => kinds.has(by)).map(([, packaging]) => packaging);
  return open.length > 0 ? open : ['package'];
}

const PACKAGING_BY = [
  ['weight', 'package'],
  ['cubic', 'cubic'],
  ['item', 'flat_rate'],
] as const;

/** The peak-season increases of a label's prices by weight; null where one is due, or inside the price, and not known. */
function peakMills(label: Label, place: SurchargePlace & { day: Day }, list: RateList): (number | null)[] {
  if (list.peak === 'none') return [];
  if (list.peak === 'inside') return [null];
  return PRICE_LISTS.map((priceList) => {
    const way = { by: 'weight', packaging: 'package' } as const;
    const price = priceByWay(label, way, { ...place, priceList, reading: 'most' });
    if (!price.known) return null;
    return price.items.find(({ item }) => item === 'peak')?.mills ?? 0;
  });
}

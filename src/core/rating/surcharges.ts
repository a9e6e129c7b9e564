/** Surcharges beside the postage: for a parcel's length, its volume, and for causes that sides do not show. */
import { type Dimensions, PRICE_LISTS, type Packaging, type PriceList, type Service } from '../label/label.ts';
import type { FeesAnswer, PriceItem } from './answer.ts';
import { productName } from './product-name.ts';
import { longestMilliIn, measurable, volumeCubicIn } from './size.ts';

/** What a surcharge can be due for besides size; nobody sees it in a label's columns. */
export const SURCHARGE_CAUSES = [
  'nonstandard_characteristics',
  'nonmachinable',
  'live_animals_or_perishables',
  'sunday_or_holiday_delivery',
  'dimension_noncompliance',
  'package_quality',
] as const;
export type SurchargeCause = (typeof SURCHARGE_CAUSES)[number];

/** What the price of a parcel goes by; some surcharges hold for one of them only. */
export const RATED_BY = ['weight', 'cubic', 'item'] as const;
export type RatedBy = (typeof RATED_BY)[number];

/** One published surcharge of one product and list. */
export interface Surcharge {
  /** As an item of a breakdown: `nonstandard_length`. */
  name: string;
  ratedBy: readonly RatedBy[];
  due:
    | { by: 'length'; overMilliIn: number; notOverMilliIn: number }
    | { by: 'volume'; overCubicIn: number }
    | { by: 'cause'; cause: SurchargeCause };
  /** Null where it is due and its amount on this list is not published. */
  mills: number | null;
  /** When it is due: "longest side over 22 in and not over 30 in". */
  words: string;
  source: string;
}

/** The surcharges of a price list, by product and list. */
export type SurchargeTable = Readonly<
  Partial<Record<Service, Readonly<Partial<Record<PriceList, readonly Surcharge[]>>>>>
>;

export interface SurchargedParcel {
  service: Service;
  packaging: Packaging | 'flat_rate';
  priceList: PriceList;
  /** Null = not known; the parcel is then taken to be small. */
  dimensions: Dimensions | null;
  /** What the sender says of the parcel; left out = nothing that costs more. */
  causes?: readonly SurchargeCause[];
}

/** Nothing is due. */
export const NO_FEES: FeesAnswer = Object.freeze({ known: true, mills: 0, items: Object.freeze([]) });

/**
 * The surcharges a parcel owes on a list; several add up. Unknown where one is due whose amount is not published, with the
 * sum of the others. Sides count as given, without rounding. Never throws.
 */
export function surchargesOf(parcel: SurchargedParcel, { surcharges }: { surcharges: SurchargeTable }): FeesAnswer {
  const { service, priceList, causes } = parcel;
  if (parcel.dimensions === null && (causes === undefined || causes.length === 0)) return NO_FEES;
  const table = surcharges[service]?.[priceList];
  if (!table) return NO_FEES;
  const due = dueOf(table, parcel);
  if (due.length === 0) return NO_FEES;
  const items: PriceItem[] = [];
  for (const { name, mills, words, source } of due) {
    const rule = `${productName(service, priceList)}: ${words}`;
    if (mills !== null && mills > 0) items.push({ item: name, mills, rule, source });
  }
  const mills = items.reduce((sum, item) => sum + item.mills, 0);
  const unpublished = due.find((one) => one.mills === null);
  if (!unpublished) return { known: true, mills, items };
  const name = unpublished.name.replaceAll('_', ' ');
  const message = `The surcharge of ${productName(service, priceList)} for ${name} (${unpublished.words}) is not at hand.`;
  return { known: false, reason: 'surcharge_unknown', message, atLeastMills: mills };
}

/** The surcharges of a product whose cause cannot be seen in a label's columns, with their amounts where published. */
export function unseenSurcharges(
  { service, priceList }: Pick<SurchargedParcel, 'service' | 'priceList'>,
  { surcharges }: { surcharges: SurchargeTable },
): readonly Surcharge[] {
  return (surcharges[service]?.[priceList] ?? []).filter(({ due }) => due.by === 'cause');
}

/** The surcharges a parcel so priced owes if it is long or large enough. */
export function sizeSurcharges(
  { service, packaging, priceList }: Pick<SurchargedParcel, 'service' | 'packaging' | 'priceList'>,
  { surcharges }: { surcharges: SurchargeTable },
): readonly Surcharge[] {
  const ratedBy = ratedByOf(packaging);
  return (surcharges[service]?.[priceList] ?? []).filter((one) => isForSize(one) && one.ratedBy.includes(ratedBy));
}

/** What the published fees of a product for length and volume come to: one for its length at most, and one for its volume. */
export function sizeSums(service: Service, { surcharges }: { surcharges: SurchargeTable }): number[] {
  return PRICE_LISTS.flatMap((priceList) => {
    const fees = surcharges[service]?.[priceList] ?? [];
    const amounts = (by: 'length' | 'volume'): number[] => [
      0,
      ...fees.flatMap(({ due, mills }) => (due.by === by && mills !== null ? [mills] : [])),
    ];
    return amounts('length').flatMap((length) => amounts('volume').map((volume) => length + volume));
  }).filter((mills) => mills > 0);
}

/** The least amount at which any of the lists publishes a surcharge of a product for size; 0 where none does. */
export function leastSizeSurchargeMills(service: Service, lists: readonly { surcharges: SurchargeTable }[]): number {
  const amounts = lists.flatMap(({ surcharges }) =>
    PRICE_LISTS.flatMap((priceList) => surcharges[service]?.[priceList] ?? []).flatMap((one) =>
      isForSize(one) && one.mills !== null ? one.mills : [],
    ),
  );
  return amounts.length === 0 ? 0 : Math.min(...amounts);
}

/** An amount of zero says that the surcharge has ended. */
function isForSize({ due, mills }: Surcharge): boolean {
  return due.by !== 'cause' && mills !== 0;
}

/** What the price of a packaging goes by. */
function ratedByOf(packaging: SurchargedParcel['packaging']): RatedBy {
  if (packaging === 'cubic') return 'cubic';
  const weighed =
    packaging === 'package' || packaging === 'soft_pack' || packaging === 'letter' || packaging === 'flat';
  return weighed ? 'weight' : 'item';
}

const NOTHING: readonly Surcharge[] = Object.freeze([]);

/** Runs for every parcel with sides: it measures once, and makes a list only where something is due. */
function dueOf(
  table: readonly Surcharge[],
  { packaging, dimensions: stated, causes }: SurchargedParcel,
): readonly Surcharge[] {
  const dimensions = measurable(stated);
  const longest = dimensions ? longestMilliIn(dimensions) : 0;
  const volume = dimensions ? volumeCubicIn(dimensions) : 0;
  const ratedBy = ratedByOf(packaging);
  let due: Surcharge[] | null = null;
  for (const one of table) {
    if (isDue(one.due, { longest, volume, causes }) && one.ratedBy.includes(ratedBy)) (due ??= []).push(one);
  }
  return due ?? NOTHING;
}

interface Measured {
  longest: number;
  volume: number;
  causes: readonly SurchargeCause[] | undefined;
}

function isDue(due: Surcharge['due'], { longest, volume, causes }: Measured): boolean {
  if (due.by === 'length') return longest > due.overMilliIn && longest <= due.notOverMilliIn;
  if (due.by === 'volume') return volume > due.overCubicIn;
  return causes !== undefined && causes.includes(due.cause);
}

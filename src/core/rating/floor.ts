/**
 * The floor under a label's postage: the cheapest published commercial price it could lawfully have been sold for,
 * before any discount. Where a way that is not priced here could have been cheaper, there is no floor to state.
 */
import { type Label, type PriceList, type RateType, SERVICES, type Service } from '../label/label.ts';
import type { Day } from '../units/day.ts';
import type { PriceAnswer, UnratedReason } from './answer.ts';
import { serviceName, weightWords } from './product-name.ts';
import { cubicVolumeCubicIn } from './size.ts';
import { dimensionsOf } from './parcel-of.ts';
import { type RateTables, type RatingLimits, listOn } from './tables.ts';
import type { PriceTable } from './price-table.ts';

export type Floor =
  | {
      known: true;
      mills: number;
      /** The day whose list is the cheaper: the day of purchase or of mailing. */
      day: Day;
      how: 'weight';
    }
  | { known: false; reason: UnratedReason; message: string };

/** The lowest price a product is published at, whatever the parcel. */
export interface CheapestCell {
  mills: number;
  zone: number;
  /** "4 oz", "1 lb": the weight step of the cell. */
  weight: string;
}

/**
 * The floor of a label, from its commercial price on each day it may be rated on (purchase and mailing). One unrated
 * day leaves it unknown: that day's list could be the cheaper one.
 */
export function floorOf(label: Label, prices: readonly { day: Day; price: PriceAnswer }[], tables: RateTables): Floor {
  let floor: Floor | null = null;
  for (const { day, price } of prices) {
    if (!price.known) return { known: false, reason: price.reason, message: price.message };
    if (label.rateType === 'contract') {
      const message = `${serviceName(label.service)} was sold at a contract's price, and no contract of the vendor is at hand.`;
      return { known: false, reason: 'contract_price', message };
    }
    const limits = listOn(day, tables.lists)?.limits;
    if (limits && cubicPossible(label, limits)) {
      const message = `${serviceName(label.service)} could have been sold at a cubic price, and none is at hand for ${day}.`;
      return { known: false, reason: 'cubic_possible', message };
    }
    if (!floor?.known || price.mills < floor.mills) floor = { known: true, mills: price.mills, day, how: 'weight' };
  }
  return floor ?? { known: false, reason: 'no_price_list', message: 'No day to rate the label on is stated.' };
}

/** Rate types by which the vendor says that the label was not rated by volume. */
const excludesCubic: readonly (RateType | null)[] = ['weight', 'flat_rate'];

/**
 * Whether a label could have been sold at a cubic price, as far as its own columns tell: a cubic product, packed so
 * that it qualifies, not stated to be rated otherwise, and not known to be larger than the largest tier.
 */
export function cubicPossible(
  label: Pick<Label, 'service' | 'packaging' | 'rateType' | 'lengthMilliIn' | 'widthMilliIn' | 'heightMilliIn'>,
  limits: RatingLimits,
): boolean {
  const largest = limits.cubicLargestTierCubicIn[label.service];
  if (largest === undefined || excludesCubic.includes(label.rateType)) return false;
  const { packaging } = label;
  if (packaging !== null && packaging !== 'package' && packaging !== 'soft_pack' && packaging !== 'cubic') return false;
  const dimensions = dimensionsOf(label);
  return !dimensions || cubicVolumeCubicIn(dimensions, limits.cubicSideStepMilliIn) <= largest;
}

/** The cheapest published cell of every product and list, with the days it is in force. */
export function cheapestCells(
  tables: RateTables,
  priceList: PriceList = 'commercial',
): { service: Service; from: Day; to: Day; mills: number }[] {
  return tables.lists.flatMap(({ from, to, products }) =>
    SERVICES.flatMap((service) => {
      const table = products[service]?.[priceList]?.byWeight.package;
      const cell = table && cheapestCellOf(table);
      return cell ? [{ service, from, to, mills: cell.mills }] : [];
    }),
  );
}

/** The cheapest published commercial cell of a product on the cheaper of some days; null when a day has no list. */
export function cheapestCellOn(service: Service, days: readonly Day[], tables: RateTables): CheapestCell | null {
  let cheapest: CheapestCell | null = null;
  for (const day of days) {
    const table = listOn(day, tables.lists)?.products[service]?.commercial?.byWeight.package;
    const cell = table ? cheapestCellOf(table) : null;
    if (!cell) return null;
    if (!cheapest || cell.mills < cheapest.mills) cheapest = cell;
  }
  return cheapest;
}

/** Looked up once a table: the tables never change. */
const cheapestByTable = new WeakMap<PriceTable, CheapestCell | null>();

function cheapestCellOf(table: PriceTable): CheapestCell | null {
  const seen = cheapestByTable.get(table);
  if (seen !== undefined) return seen;
  let cheapest: CheapestCell | null = null;
  for (const answer of table.answers) {
    if (!answer.known || (cheapest && answer.mills >= cheapest.mills)) continue;
    cheapest = { mills: answer.mills, zone: answer.zone ?? 0, weight: weightWords(answer.billedWeightMilliOz ?? 0) };
  }
  cheapestByTable.set(table, cheapest);
  return cheapest;
}

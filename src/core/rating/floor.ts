/**
 * The floor under a label's postage: the cheapest published commercial price it could lawfully have been sold for,
 * before any discount. Where a way that is not priced here could have been cheaper, there is no floor to state.
 */
import { type Label, type PriceList, SERVICES, type Service } from '../label/label.ts';
import type { Day } from '../units/day.ts';
import type { PriceAnswer, UnratedReason } from './answer.ts';
import { cubicPossible } from './cubic.ts';
import { serviceName, weightWords } from './product-name.ts';
import { type RateTables, listOn } from './tables.ts';
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

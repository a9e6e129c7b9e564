/**
 * The floor under a label's postage: the cheapest of every lawful way its known facts leave open, on the cheaper of the
 * days it may be rated on, before any discount; for a label sold by contract, the contract's price.
 */
import { type Label, SERVICES, type Service } from '../label/label.ts';
import type { Day } from '../units/day.ts';
import type { PriceAnswer, UnratedReason } from './answer.ts';
import type { Contract } from './contract.ts';
import { contractPrices } from './contracted.ts';
import type { PricedZone } from './postage.ts';
import { serviceName, weightWords } from './product-name.ts';
import { type ProductPrices, type RateTables, listOn } from './tables.ts';
import { type Way, openWays, priceByWay } from './ways.ts';

export type Floor =
  | {
      known: true;
      mills: number;
      /**
       * False: a lower bound, for a part of some price that could be the cheapest is not published. Nothing lawful costs
       * less, but what lies above it may still be too cheap.
       */
      exact: boolean;
      /** The day whose list is the cheaper: the day of purchase or of mailing. */
      day: Day;
      how: Way['by'] | 'contract';
    }
  | { known: false; reason: UnratedReason; message: string };

export interface FloorPlace {
  /** The zones the label may lawfully have been rated in; the cheapest counts. */
  zones: readonly PricedZone[];
  /** The days the label may be rated on; either list is right. */
  days: readonly Day[];
  tables: RateTables;
}

/** Reasons that leave a way not unknown but closed: no parcel such as this is sold so. */
const closing: readonly UnratedReason[] = ['not_cubic', 'over_maximum_weight', 'over_maximum_size'];

/**
 * The floor by published commercial prices. One way without any published price leaves it unknown, and so does one day
 * without a list: it could be the cheaper. Never throws.
 */
export function floorOf(label: Label, { zones, days, tables }: FloorPlace): Floor {
  let floor: Floor | null = null;
  for (const day of days) {
    const list = listOn(day, tables.lists);
    const prices = list?.products[label.service]?.commercial;
    const ways = list && prices ? openWays(label, { prices, list, flatRate: tables.eligibility.flatRate }) : [byWeight];
    const priced = zones.flatMap((zone) =>
      ways.map((way) => ({
        way,
        price: priceByWay(label, way, { zone, day, priceList: 'commercial', tables, reading: 'least' }),
      })),
    );
    const open = priced.filter(({ price }) => price.known || !closing.includes(price.reason));
    for (const { way, price } of open.length > 0 ? open : priced.slice(0, 1)) {
      const bound = boundOf(price, { day, how: way.by });
      if (!bound.known) return bound;
      if (!floor?.known || isLower(bound, floor)) floor = bound;
    }
    if (priced.length === 0) return noWay(label, day);
  }
  return floor ?? { known: false, reason: 'no_price_list', message: 'No day to rate the label on is stated.' };
}

/** The least a contract lets a label cost; null when it covers the label on none of its days. */
export function contractFloor(label: Label, contract: Contract, { zones, days, tables }: FloorPlace): Floor | null {
  let floor: Floor | null = null;
  for (const day of days) {
    const prices = zones.flatMap((zone) => contractPrices(label, contract, { zone, day, tables, reading: 'least' }));
    for (const price of prices) {
      const bound = boundOf(price, { day, how: 'contract' });
      if (!bound.known) return bound;
      if (!floor?.known || isLower(bound, floor)) floor = bound;
    }
  }
  return floor;
}

const byWeight: Way = Object.freeze({ by: 'weight', packaging: 'package' });

/** What a price says of the floor: its published part is a bound, where that is all there is. */
function boundOf(price: PriceAnswer, at: Pick<Extract<Floor, { known: true }>, 'day' | 'how'>): Floor {
  if (price.known) return { known: true, mills: price.mills, exact: true, ...at };
  const { reason, message, atLeastMills } = price;
  if (atLeastMills === null) return { known: false, reason, message };
  return { known: true, mills: atLeastMills, exact: false, ...at };
}

/** Of two equal bounds the exact one tells more. */
function isLower(a: Extract<Floor, { known: true }>, b: Extract<Floor, { known: true }>): boolean {
  return a.mills < b.mills || (a.mills === b.mills && a.exact && !b.exact);
}

function noWay({ service }: Label, day: Day): Floor {
  const message = `No flat-rate price of ${serviceName(service)} is at hand for ${day}.`;
  return { known: false, reason: 'packaging_not_rated', message };
}

/** The lowest price a product is published at, whatever the parcel. */
export interface CheapestCell {
  mills: number;
  /** Null where the price is the same in every zone. */
  zone: number | null;
  /** "4 oz", "1 lb": the weight step of the cell; '' where the price does not depend on weight. */
  weight: string;
}

/** The cheapest published commercial cell of every product and list, with the days it is in force. */
export function cheapestCells(tables: RateTables): { service: Service; from: Day; to: Day; mills: number }[] {
  return tables.lists.flatMap(({ from, to, products }) =>
    SERVICES.flatMap((service) => {
      const prices = products[service]?.commercial;
      const cell = prices && cheapestCellOf(prices);
      return cell ? [{ service, from, to, mills: cell.mills }] : [];
    }),
  );
}

/** The cheapest published commercial cell of a product on the cheaper of some days; null when a day has no list. */
export function cheapestCellOn(service: Service, days: readonly Day[], tables: RateTables): CheapestCell | null {
  let cheapest: CheapestCell | null = null;
  for (const day of days) {
    const prices = listOn(day, tables.lists)?.products[service]?.commercial;
    const cell = prices ? cheapestCellOf(prices) : null;
    if (!cell) return null;
    if (!cheapest || cell.mills < cheapest.mills) cheapest = cell;
  }
  return cheapest;
}

/** Looked up once a product and list: the tables never change. */
const cheapestByPrices = new WeakMap<ProductPrices, CheapestCell | null>();

function cheapestCellOf(prices: ProductPrices): CheapestCell | null {
  const seen = cheapestByPrices.get(prices);
  if (seen !== undefined) return seen;
  const { byWeight: weighed, cubic, items } = prices;
  const tables = [...new Set(Object.values(weighed)), ...(cubic ? [cubic] : [])];
  let cheapest: CheapestCell | null = null;
  for (const answer of [...tables.flatMap((table) => table.answers), ...Object.values(items)]) {
    if (!answer.known || (cheapest && answer.mills >= cheapest.mills)) continue;
    const { mills, zone, billedWeightMilliOz } = answer;
    cheapest = { mills, zone, weight: billedWeightMilliOz === null ? '' : weightWords(billedWeightMilliOz) };
  }
  cheapestByPrices.set(prices, cheapest);
  return cheapest;
}

/** The published price of one parcel on one day, itemised; or the reason why none can be stated. */
import type { Dimensions, Packaging, PriceList, Service } from '../label/label.ts';
import type { Day } from '../units/day.ts';
import type { PriceAnswer, ZoneAnswer } from './answer.ts';
import { itemName, productName, serviceName, weightWords } from './product-name.ts';
import { type ProductPrices, type RateList, type RateTables, type RatingLimits, listOn } from './tables.ts';
import { lengthPlusGirthMilliIn, longestMilliIn, volumeCubicIn } from './size.ts';
import { ZONE_COUNT, cellAnswer, unrated } from './price-table.ts';
import { zoneOf } from './zone.ts';

/** What postage depends on besides the zone. */
export interface WeighedParcel {
  service: Service;
  /** `flat_rate` = some flat-rate item, not stated which. */
  packaging: Packaging | 'flat_rate';
  priceList: PriceList;
  weightMilliOz: number | null;
  /** Null = not known; the parcel is then taken to be small. */
  dimensions: Dimensions | null;
  /** The day of mailing. */
  day: Day;
}

/** A parcel between two ZIP codes, or in a zone that somebody else states. */
export interface RatedParcel extends WeighedParcel {
  originZip: string | null;
  destinationZip: string | null;
  /** Taken instead of the zone between the ZIP codes. */
  zone?: number;
}

/** A zone to price in, as `zoneOf` answers it or as somebody states it. */
export type PricedZone = { known: true; zone: number } | Extract<ZoneAnswer, { known: false }>;

/** The published price of a parcel. Its items sum to it; nothing is estimated; never throws. */
export function priceOf(parcel: RatedParcel, tables: RateTables): PriceAnswer {
  const zone = parcel.zone === undefined ? zoneOf(parcel, tables.zones) : statedZone(parcel.zone);
  return priceInZone(parcel, zone, tables);
}

/** A zone as written by a vendor; unknown when there is no such zone. */
export function statedZone(zone: number): PricedZone {
  if (Number.isInteger(zone) && zone >= 1 && zone <= ZONE_COUNT) return { known: true, zone };
  return { known: false, reason: 'zone_unknown', message: `There is no zone ${zone}; zones are 1 to ${ZONE_COUNT}.` };
}

/** The published price in a zone that is already decided, as `priceOf`. */
export function priceInZone(parcel: WeighedParcel, zone: PricedZone, tables: RateTables): PriceAnswer {
  return postageOf(parcel, zone, tables);
}

/** The postage alone: the price of weight, volume or thing, with the peak-season increase. */
export function postageOf(parcel: WeighedParcel, zone: PricedZone, tables: RateTables): PriceAnswer {
  const zoneNumber = zone.known ? zone.zone : null;
  const found = findPrices(parcel, tables, zoneNumber);
  if ('known' in found) return found;
  const { list, prices } = found;
  const item = prices.items[parcel.packaging];
  if (item) return item;
  const problem = sizeProblem(parcel, list.limits, zoneNumber);
  if (problem) return problem;
  const table = parcel.packaging === 'flat_rate' ? undefined : prices.byWeight[parcel.packaging];
  if (!table) return noPackaging(parcel, zoneNumber);
  if (table.zoned && !zone.known) return unrated(zone.reason, zone.message, null);
  const answer = cellAnswer(table, parcel.weightMilliOz ?? 0, zone.known ? zone.zone : 1);
  if (answer) return answer;
  const product = productName(parcel.service, parcel.priceList);
  const message = `No published price is at hand for ${product} of ${weightWords(parcel.weightMilliOz ?? 0)} on ${parcel.day}.`;
  return unrated('not_covered', message, zoneNumber);
}

interface FoundPrices {
  list: RateList;
  prices: ProductPrices;
}

function findPrices(parcel: WeighedParcel, tables: RateTables, zone: number | null): FoundPrices | PriceAnswer {
  const { service, priceList, day } = parcel;
  const list = listOn(day, tables.lists);
  const prices = list?.products[service]?.[priceList];
  if (list && prices) return { list, prices };
  if (!tables.lists.some((other) => other.products[service])) {
    return unrated('service_not_rated', `No single-piece price of ${serviceName(service)} is published.`, zone);
  }
  if (!list) return unrated('no_price_list', `No price list is at hand for ${day}.`, zone);
  const message = `The price list of ${list.from} is at hand without ${productName(service, priceList)}.`;
  return unrated('not_covered', message, zone);
}

function noPackaging({ packaging, service, priceList, day }: WeighedParcel, zone: number | null): PriceAnswer {
  const message = `No price of ${productName(service, priceList)} for the packaging ${itemName(packaging)} is at hand for ${day}.`;
  return unrated('packaging_not_rated', message, zone);
}

function sizeProblem(parcel: WeighedParcel, limits: RatingLimits, zone: number | null): PriceAnswer | null {
  const { weightMilliOz, dimensions } = parcel;
  if (weightMilliOz === null || !(weightMilliOz > 0)) {
    return unrated('weight_missing', 'No weight above zero is stated.', zone);
  }
  if (weightMilliOz > limits.maximumWeightMilliOz) {
    const limit = weightWords(limits.maximumWeightMilliOz);
    return unrated('over_maximum_weight', `The parcel weighs more than ${limit}, the most that is carried.`, zone);
  }
  if (!dimensions) return null;
  if (lengthPlusGirthMilliIn(dimensions) > limits.oversizeLengthPlusGirthMilliIn) {
    const limit = limits.oversizeLengthPlusGirthMilliIn / 1000;
    return unrated(
      'over_maximum_size',
      `Length plus girth is over ${limit} in; the oversized price is not at hand.`,
      zone,
    );
  }
  if (longestMilliIn(dimensions) > limits.nonstandardLengthMilliIn) {
    const limit = limits.nonstandardLengthMilliIn / 1000;
    const message = `The longest side is over ${limit} in; the fee for nonstandard length is not at hand.`;
    return unrated('surcharge_unknown', message, zone);
  }
  if (volumeCubicIn(dimensions) > limits.dimensionalThresholdCubicIn) {
    const limit = limits.dimensionalThresholdCubicIn;
    const message = `The parcel is over ${limit} cubic inches; dimensional weight is not computed.`;
    return unrated('dimensions_missing', message, zone);
  }
  return null;
}

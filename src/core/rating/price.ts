/** The published price of one parcel on one day, itemised; or the reason why none can be stated. */
import type { Dimensions, Packaging, PriceList, Service } from '../label/label.ts';
import type { Day } from '../units/day.ts';
import type { PriceAnswer, ZoneAnswer } from './answer.ts';
import { productName, serviceName, weightWords } from './product-name.ts';
import { type RateList, type RateTables, type RatingLimits, listOn } from './tables.ts';
import { lengthPlusGirthMilliIn, longestMilliIn, volumeCubicIn } from './size.ts';
import { type WeightTable, ZONE_COUNT, cellAnswer, unrated } from './weight-table.ts';
import { zoneOf } from './zone.ts';

/** What weight prices depend on besides the zone. */
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

/** The packagings that are priced by weight and zone. */
const weightRated: readonly WeighedParcel['packaging'][] = ['package', 'soft_pack'];

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
  const zoneNumber = zone.known ? zone.zone : null;
  const found = findTable(parcel, tables, zoneNumber);
  if ('known' in found) return found;
  const problem = sizeProblem(parcel, found.list.limits, zoneNumber);
  if (problem) return problem;
  if (!zone.known) return unrated(zone.reason, zone.message, null);
  const answer = cellAnswer(found.table, parcel.weightMilliOz ?? 0, zone.zone);
  if (answer) return answer;
  const product = productName(parcel.service, parcel.priceList);
  const message = `No published price is at hand for ${product} of ${weightWords(parcel.weightMilliOz ?? 0)} on ${parcel.day}.`;
  return unrated('not_covered', message, zoneNumber);
}

interface FoundTable {
  list: RateList;
  table: WeightTable;
}

function findTable(parcel: WeighedParcel, tables: RateTables, zone: number | null): FoundTable | PriceAnswer {
  const { service, packaging, priceList, day } = parcel;
  const list = listOn(day, tables.lists);
  const table = list?.weightTables[service]?.[priceList];
  if (list && table && weightRated.includes(packaging)) return { list, table };
  if (!tables.lists.some((other) => other.weightTables[service])) {
    return unrated('service_not_rated', `${serviceName(service)} is not rated.`, zone);
  }
  if (!weightRated.includes(packaging)) {
    return unrated('packaging_not_rated', `The packaging ${packaging} is not priced by weight and zone.`, zone);
  }
  if (!list) return unrated('no_price_list', `No price list is at hand for ${day}.`, zone);
  const message = `The price list of ${list.from} is at hand without ${productName(service, priceList)}.`;
  return unrated('not_covered', message, zone);
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
    return unrated('oversized', `Length plus girth is over ${limit} in; the oversized price is not at hand.`, zone);
  }
  if (longestMilliIn(dimensions) > limits.nonstandardLengthMilliIn) {
    const limit = limits.nonstandardLengthMilliIn / 1000;
    const message = `The longest side is over ${limit} in; the fee for nonstandard length is not at hand.`;
    return unrated('surcharge_unknown', message, zone);
  }
  if (volumeCubicIn(dimensions) > limits.dimensionalThresholdCubicIn) {
    const limit = limits.dimensionalThresholdCubicIn;
    const message = `The parcel is over ${limit} cubic inches; dimensional weight is not computed.`;
    return unrated('dimensional_weight', message, zone);
  }
  return null;
}

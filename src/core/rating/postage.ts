/** The postage of one piece: the published price of its weight, its volume or the thing it is, with the peak increase. */
import type { Dimensions, Packaging, PriceList, Service } from '../label/label.ts';
import type { Day } from '../units/day.ts';
import { formatThousandths } from '../units/measure.ts';
import type { PriceAnswer, ZoneAnswer } from './answer.ts';
import { cubicVolumeOf } from './cubic.ts';
import { dimensionalWeightMilliOz, dimensionalWords } from './dimensional.ts';
import { type Eligibility, exceedsWeight, weightLimitOf } from './eligibility.ts';
import { type PriceTable, cellAnswer, unrated } from './price-table.ts';
import { itemName, productName, serviceName, weightWords } from './product-name.ts';
import { lengthPlusGirthMilliIn, measurable } from './size.ts';
import { type ProductPrices, type RateList, type RateTables, listOn } from './tables.ts';

/** What postage depends on besides the zone. */
export interface PostalPiece {
  service: Service;
  /** `flat_rate` = some flat-rate item, not stated which. */
  packaging: Packaging | 'flat_rate';
  priceList: PriceList;
  weightMilliOz: number | null;
  /** Null = not known; the parcel is then taken to be small. */
  dimensions: Dimensions | null;
  /** The day of mailing. */
  day: Day;
  /** A soft pack or padded envelope, which cubic prices measure otherwise than a box. Left out = a box. */
  softPack?: boolean;
  /** A tube, a triangle: it fills only a part of the box around it. Left out = a box. */
  nonRectangular?: boolean;
  /** Of two readings of a rule the one that costs less, for prices that accuse somebody; left out = as published. */
  leastReading?: boolean;
}

/** A zone to price in, as `zoneOf` answers it or as somebody states it. */
export type PricedZone = { known: true; zone: number } | Extract<ZoneAnswer, { known: false }>;

/** A piece with the prices that hold for it on its day, in its zone. */
interface Priced {
  piece: PostalPiece;
  list: RateList;
  prices: ProductPrices;
  zone: PricedZone;
  eligibility: Eligibility;
}

/** The postage alone, without surcharges and extra services. Its items sum to it; nothing is estimated; never throws. */
export function postageOf(piece: PostalPiece, zone: PricedZone, tables: RateTables): PriceAnswer {
  const list = listOn(piece.day, tables.lists);
  const prices = list?.products[piece.service]?.[piece.priceList];
  if (!list || !prices) return noPrices(piece, zone, tables);
  const priced: Priced = { piece, list, prices, zone, eligibility: tables.eligibility };
  const { weightMilliOz, packaging } = piece;
  if (weightMilliOz !== null && weightMilliOz > list.limits.maximumWeightMilliOz) {
    const limit = weightWords(list.limits.maximumWeightMilliOz);
    return unknown(priced, 'over_maximum_weight', `The parcel weighs more than ${limit}, the most that is carried.`);
  }
  const table = packaging === 'flat_rate' ? undefined : prices.byWeight[packaging];
  if (table) return weightPostage(priced, table);
  if (packaging === 'cubic') return cubicPostage(priced);
  const item = prices.items[packaging];
  if (item) return tooHeavy(priced) ?? item;
  const message = `No price of ${productName(piece.service, piece.priceList)} for the packaging ${itemName(packaging)} is at hand for ${piece.day}.`;
  return unknown(priced, 'packaging_not_rated', message);
}

function weightPostage(priced: Priced, table: PriceTable): PriceAnswer {
  const { piece, list } = priced;
  const dimensions = measurable(piece.dimensions);
  if (dimensions) {
    const size = lengthPlusGirthMilliIn(dimensions);
    if (size > list.limits.oversizeLengthPlusGirthMilliIn) return oversizedPostage(priced, size);
  }
  const { weightMilliOz } = piece;
  if (weightMilliOz === null || !(weightMilliOz > 0)) {
    return unknown(priced, 'weight_missing', 'No weight above zero is stated.');
  }
  const parcel = dimensions === piece.dimensions ? piece : { ...piece, dimensions };
  const dimensional = dimensions ? dimensionalWeightMilliOz(parcel, list.limits.dimensional) : 0;
  if (dimensional <= weightMilliOz) return cellOf(priced, table, weightMilliOz);
  const answer = cellOf(priced, table, dimensional);
  return answer.known ? withWords(answer, dimensionalWords(parcel, list.limits.dimensional)) : answer;
}

/**
 * Unknown for a piece over the greatest weight of its service; null for the others. Asked where no table by weight ends
 * at that weight of itself, which keeps it from what most parcels are priced by.
 */
function tooHeavy(priced: Priced): PriceAnswer | null {
  const { piece, eligibility } = priced;
  const limit = piece.weightMilliOz === null ? null : weightLimitOf(piece, eligibility);
  if (limit === null || !exceedsWeight(piece.weightMilliOz ?? 0, limit)) return null;
  const message = `The piece weighs more than ${weightWords(limit.maximum)}, the most that ${serviceName(piece.service)} takes of its kind.`;
  return unknown(priced, 'over_maximum_weight', message);
}

/** Over the limit of weight prices: one price a zone, from the services that take such a parcel. */
function oversizedPostage(priced: Priced, sizeMilliIn: number): PriceAnswer {
  const { piece, list, prices } = priced;
  const { oversizeLengthPlusGirthMilliIn: from, oversizedToMilliIn } = list.limits;
  const to = oversizedToMilliIn[piece.service] ?? from;
  if (sizeMilliIn > to) {
    const message = `Length plus girth is over ${formatThousandths(to)} in, the most that ${serviceName(piece.service)} takes.`;
    return unknown(priced, 'over_maximum_size', message);
  }
  if (prices.oversized) return tooHeavy(priced) ?? cellOf(priced, prices.oversized, 0);
  const message = `Length plus girth is over ${formatThousandths(from)} in, and the oversized price of ${productName(piece.service, piece.priceList)} is not at hand for ${piece.day}.`;
  return unknown(priced, 'not_covered', message);
}

function cubicPostage(priced: Priced): PriceAnswer {
  const { piece, list, prices } = priced;
  const { service, weightMilliOz, softPack = false } = piece;
  const parcel = { service, weightMilliOz, softPack, dimensions: measurable(piece.dimensions) };
  const volume = cubicVolumeOf(parcel, list.limits.cubic);
  if (!volume.known && volume.reason === 'not_cubic') return unknown(priced, volume.reason, volume.message);
  if (!prices.cubic) {
    const message = `No cubic price of ${productName(service, piece.priceList)} is at hand for ${piece.day}.`;
    return unknown(priced, 'not_covered', message);
  }
  return volume.known ? cellOf(priced, prices.cubic, volume.milliCuFt) : unknown(priced, volume.reason, volume.message);
}

/** The answer of a table's cell; `amount` in the unit of its steps. */
function cellOf(priced: Priced, table: PriceTable, amount: number): PriceAnswer {
  const { zone, piece } = priced;
  if (table.zoned && !zone.known) return unrated(zone.reason, zone.message, null);
  const answer = cellAnswer(table, amount, zone.known ? zone.zone : 1);
  if (answer) return answer;
  const product = productName(piece.service, piece.priceList);
  const message = `No published price is at hand for ${product} of ${weightWords(amount)} on ${piece.day}.`;
  return tooHeavy(priced) ?? unknown(priced, 'not_covered', message);
}

/** The answer with how its weight was found beside its first item, the one that the weight decides. */
function withWords(answer: Extract<PriceAnswer, { known: true }>, words: string): PriceAnswer {
  const items = answer.items.map((item, index) => (index === 0 ? { ...item, rule: `${item.rule} (${words})` } : item));
  return { ...answer, items };
}

function unknown(
  { zone }: Pick<Priced, 'zone'>,
  reason: Extract<PriceAnswer, { known: false }>['reason'],
  message: string,
): PriceAnswer {
  return unrated(reason, message, zone.known ? zone.zone : null);
}

function noPrices({ service, priceList, day }: PostalPiece, zone: PricedZone, { lists }: RateTables): PriceAnswer {
  if (!lists.some((other) => other.products[service])) {
    return unknown({ zone }, 'service_not_rated', `No single-piece price of ${serviceName(service)} is published.`);
  }
  const list = listOn(day, lists);
  if (!list) return unknown({ zone }, 'no_price_list', `No price list is at hand for ${day}.`);
  const message = `The price list of ${list.from} is at hand without ${productName(service, priceList)}.`;
  return unknown({ zone }, 'not_covered', message);
}

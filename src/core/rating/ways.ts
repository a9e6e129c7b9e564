/**
 * The ways a label can have been rated, as far as what is known of it tells: by weight, by volume, or as a thing with a
 * price of its own. The less is known, the more ways there are.
 */
import { type Label, PACKAGINGS, type Packaging, type PriceList } from '../label/label.ts';
import type { Day } from '../units/day.ts';
import type { PriceAnswer } from './answer.ts';
import { type CubicVolume, cubicPossible, cubicVolumeOf } from './cubic.ts';
import { type FlatRateItems, shareTooLarge } from './fit.ts';
import { dimensionsOf } from './parcel-of.ts';
import { type PricedZone, postageOf } from './postage.ts';
import { type PriceTable, cellAnswer, unrated } from './price-table.ts';
import { itemName, serviceName } from './product-name.ts';
import { type ProductPrices, type RateList, type RateTables, listOn } from './tables.ts';

/** One way: by the weight table of a packaging, by volume, or at the price of a thing. */
export type Way =
  { by: 'weight'; packaging: Packaging } | { by: 'cubic'; packaging: 'cubic' } | { by: 'item'; packaging: string };

/** What of a label decides between the ways. */
export type WayFacts = Pick<
  Label,
  'service' | 'packaging' | 'rateType' | 'weightMilliOz' | 'lengthMilliIn' | 'widthMilliIn' | 'heightMilliIn'
>;

/** Where and when the ways are priced. */
export interface WayPlace {
  zone: PricedZone;
  day: Day;
  priceList: PriceList;
  tables: RateTables;
  /**
   * Of what a label leaves open and of rules that can be read in two ways, the reading that costs least or most. A large
   * parcel may be a tube, which fills only a part of the box around it, and a cubic one a box or a soft pack.
   */
  reading: 'least' | 'most';
}

/** What a product is sold by on the list of a day. */
export interface WayPrices {
  prices: ProductPrices;
  list: RateList;
  flatRate: FlatRateItems;
}

const CUBIC: Way = Object.freeze({ by: 'cubic', packaging: 'cubic' });

/** Packagings that a parcel service has no prices of its own for; a vendor who names one may mean any packaging. */
const mailPieces: readonly (Packaging | null)[] = ['letter', 'flat', 'postcard'];

/**
 * The ways that packaging and rate type leave open, on the list of one day. A rate type that is stated decides; without
 * one, a plain package may also be cubic, and a packaging that is not stated may be anything the product is sold in.
 */
export function openWays(stated: WayFacts, { prices, list, flatRate }: WayPrices): readonly Way[] {
  const label = { ...stated, packaging: knownPackaging(stated, prices) };
  const { packaging, rateType } = label;
  const unstated = { ...label, packaging: null };
  if (packaging !== null && packaging in prices.items) {
    const item: Way = { by: 'item', packaging };
    return rateType === 'weight' ? [item, ...weightWays(unstated, prices)] : [item];
  }
  if (rateType === 'flat_rate') return itemWays(label, prices, flatRate);
  if (rateType === 'cubic') return [CUBIC];
  // A parcel that qualifies for cubic prices may be sold by its weight, where that is the cheaper.
  if (packaging === 'cubic') return [CUBIC, ...weightWays(unstated, prices)];
  const ways = weightWays(label, prices);
  if (cubicPossible(label, list.limits)) ways.push(CUBIC);
  if (packaging !== null) return ways;
  return [...ways, ...(rateType === 'weight' ? postcards(prices) : itemWays(label, prices, flatRate))];
}

/** The postage by one way, in a zone, on a day's list; never throws. */
export function priceByWay(
  label: WayFacts,
  way: Way,
  { zone, day, priceList, tables, reading }: WayPlace,
): PriceAnswer {
  const dimensions = dimensionsOf(label);
  const { service, weightMilliOz } = label;
  if (way.by === 'weight') {
    const piece = { service, packaging: way.packaging, priceList, weightMilliOz, dimensions, day };
    const least = reading === 'least' && dimensions !== null;
    return postageOf(least ? { ...piece, nonRectangular: true, leastReading: true } : piece, zone, tables);
  }
  const list = listOn(day, tables.lists);
  const prices = list?.products[service]?.[priceList];
  if (list && prices && way.by === 'cubic') return cubicPrice(label, { list, prices, zone, reading });
  const item = prices?.items[way.packaging];
  if (item) return item;
  const message = `No price of ${serviceName(service)} ${priceList} for the ${itemName(way.packaging)} is at hand for ${day}.`;
  return unrated('packaging_not_rated', message, null);
}

/** The packaging as far as it tells how a label was rated; null = it does not. */
function knownPackaging({ packaging }: WayFacts, { byWeight, items }: ProductPrices): Packaging | null {
  if (packaging === null || !mailPieces.includes(packaging)) return packaging;
  const ownTable = byWeight[packaging] !== undefined && byWeight[packaging] !== byWeight.package;
  return ownTable || packaging in items ? packaging : null;
}

/**
 * Each table by weight once, for most products price several packagings alike. A table that ends below the weight, as that
 * of letters does, is left out where another one goes on.
 */
function weightWays({ packaging, weightMilliOz }: WayFacts, { byWeight }: ProductPrices): Way[] {
  if (packaging !== null) return [{ by: 'weight', packaging }];
  const seen = new Map<PriceTable, Way>();
  for (const each of PACKAGINGS) {
    const table = byWeight[each];
    if (table && !seen.has(table)) seen.set(table, { by: 'weight', packaging: each });
  }
  const reaching = [...seen].filter(([{ steps }]) => (weightMilliOz ?? 0) <= (steps.at(-1) ?? 0));
  return (reaching.length > 0 ? reaching : [...seen]).map(([, way]) => way);
}

/** The things with a price of their own that the sides do not rule out; all of them where the sides rule out every one. */
function itemWays(label: WayFacts, { items }: ProductPrices, flatRate: FlatRateItems): Way[] {
  const named = Object.keys(items).map((packaging): Way => ({ by: 'item', packaging }));
  const dimensions = dimensionsOf(label);
  if (!dimensions) return named;
  const fitting = named.filter(({ packaging }) => {
    const item = PACKAGINGS.find((each) => each === packaging);
    return (
      item === undefined ||
      (shareTooLarge(dimensions, { service: label.service, packaging: item }, flatRate) ?? 0) === 0
    );
  });
  return fitting.length > 0 ? fitting : named;
}

/** A card is priced as a thing, and a vendor who says "by weight" of everything says so of cards, too. */
function postcards({ items }: ProductPrices): Way[] {
  return 'postcard' in items ? [{ by: 'item', packaging: 'postcard' }] : [];
}

interface CubicPlace {
  list: RateList;
  prices: ProductPrices;
  zone: PricedZone;
  reading: WayPlace['reading'];
}

/**
 * The cubic price by the volume of a label's sides, as a box and as a soft pack where either may be. Without sides, the
 * least price is that of the smallest volume priced, and the most is unknown.
 */
function cubicPrice(label: WayFacts, { list, prices: { cubic }, zone, reading }: CubicPlace): PriceAnswer {
  if (!cubic) {
    const message = `${serviceName(label.service)} could have been sold at a cubic price, and none is at hand for the list of ${list.from}.`;
    return unrated('cubic_possible', message, zone.known ? zone.zone : null);
  }
  if (!zone.known) return unrated(zone.reason, zone.message, null);
  const volumes = shapesOf(label).map((softPack) => {
    const { service, weightMilliOz } = label;
    return cubicVolumeOf({ service, weightMilliOz, dimensions: dimensionsOf(label), softPack }, list.limits.cubic);
  });
  const answers = volumes.flatMap((volume) => cubicAnswer(volume, cubic, { zone: zone.zone, reading }) ?? []);
  const [first = notCubic(volumes, zone.zone), ...others] = answers;
  const better = reading === 'least' ? isLower : isHigher;
  return others.reduce((best, answer) => (better(answer, best) ? answer : best), first);
}

/** Whether the parcel may be a box (false) or a soft pack (true). */
function shapesOf({ packaging }: WayFacts): readonly boolean[] {
  if (packaging === 'package') return [false];
  return packaging === 'soft_pack' ? [true] : [false, true];
}

/** The cubic price of a volume; null when the parcel does not qualify in that shape. */
function cubicAnswer(
  volume: CubicVolume,
  cubic: PriceTable,
  { zone, reading }: { zone: number; reading: WayPlace['reading'] },
): PriceAnswer | null {
  if (volume.known) return cellAnswer(cubic, volume.milliCuFt, zone);
  if (volume.reason === 'not_cubic') return null;
  const smallest = cellAnswer(cubic, 0, zone);
  if (smallest && reading === 'least' && volume.reason === 'dimensions_missing') return smallest;
  return unrated('cubic_possible', volume.message, zone, smallest ? lowest(smallest) : null);
}

function notCubic(volumes: readonly CubicVolume[], zone: number): PriceAnswer {
  const why = volumes.map((volume) => (volume.known ? '' : volume.message)).filter((message) => message !== '');
  return unrated('not_cubic', why[0] ?? 'No cubic price is published for the volume.', zone);
}

/** The least a price can be: itself, else the published part of it; 0 when nothing of it is known. */
function lowest(answer: PriceAnswer): number {
  return answer.known ? answer.mills : (answer.atLeastMills ?? 0);
}

function isLower(a: PriceAnswer, b: PriceAnswer): boolean {
  return lowest(a) < lowest(b);
}

/** What is not known may be the highest. */
function isHigher(a: PriceAnswer, b: PriceAnswer): boolean {
  return b.known && (!a.known || a.mills > b.mills);
}

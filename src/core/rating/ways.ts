/**
 * The ways a label can have been rated, as far as what is known of it tells: by weight, by volume, or as a thing with a
 * price of its own. The less is known, the more ways there are.
 */
import { type Label, PACKAGINGS, type Packaging, type PriceList } from '../label/label.ts';
import type { Day } from '../units/day.ts';
import { MILLI_OZ_PER_OZ } from '../units/measure.ts';
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
  /** True: cubic counts where the vendor says so, not wherever the parcel would qualify. */
  cubicAsStated?: boolean;
}

const CUBIC: Way = Object.freeze({ by: 'cubic', packaging: 'cubic' });
const ONLY_CUBIC: readonly Way[] = Object.freeze([CUBIC]);

/** The one way of each packaging that is priced by weight. */
const BY_WEIGHT: ReadonlyMap<Packaging, readonly Way[]> = new Map(
  PACKAGINGS.map((packaging) => [packaging, [{ by: 'weight', packaging }]]),
);

/** Packagings that a parcel service has no prices of its own for; a vendor who names one may mean any packaging. */
const mailPieces: readonly (Packaging | null)[] = ['letter', 'flat', 'postcard'];

/**
 * The ways that packaging and rate type leave open, on the list of one day. A rate type that is stated decides; without
 * one, a plain package may also be cubic, and a packaging that is not stated may be anything the product is sold in.
 */
export function openWays(
  label: WayFacts,
  { prices, list, flatRate, cubicAsStated = false }: WayPrices,
): readonly Way[] {
  const { rateType } = label;
  const sold = soldWays(prices);
  const packaging = knownPackaging(label, sold);
  const item = packaging === null ? undefined : sold.itemByName.get(packaging);
  if (item) return rateType === 'weight' ? [item, ...weightWays(label, sold)] : [item];
  if (rateType === 'flat_rate') return itemWays(label, sold, flatRate);
  if (rateType === 'cubic') return ONLY_CUBIC;
  // A parcel that qualifies for cubic prices may be sold by its weight, where that is the cheaper.
  if (packaging === 'cubic') return [CUBIC, ...weightWays(label, sold)];
  const weighed = packaging === null ? weightWays(label, sold) : (BY_WEIGHT.get(packaging) ?? []);
  const ways = !cubicAsStated && mayBeCubic(label, packaging, list) ? [...weighed, CUBIC] : weighed;
  if (packaging !== null) return rateType === 'weight' ? ways : [...ways, ...sold.nameless];
  return [...ways, ...(rateType === 'weight' ? sold.cards : itemWays(label, sold, flatRate))];
}

/** What a product that has no letters or flats is said to carry as one may be a cubic parcel, too. */
function mayBeCubic(label: WayFacts, packaging: Packaging | null, { limits }: RateList): boolean {
  return cubicPossible(packaging === label.packaging ? label : { ...label, packaging }, limits);
}

/** The postage by one way, in a zone, on a day's list; never throws. */
export function priceByWay(
  label: WayFacts,
  way: Way,
  { zone, day, priceList, tables, reading }: WayPlace,
): PriceAnswer {
  const dimensions = dimensionsOf(label);
  const { service } = label;
  if (way.by === 'weight') {
    const weightMilliOz = reading === 'least' ? leastWeight(label) : label.weightMilliOz;
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

/**
 * The least a billed weight may stand for: vendors write whole ounces, and 16 of them are also what a parcel of 15.9 oz is
 * billed as, which the band under a pound takes.
 */
function leastWeight({ weightMilliOz }: WayFacts): number | null {
  if (weightMilliOz === null || weightMilliOz <= 0 || weightMilliOz % MILLI_OZ_PER_OZ !== 0) return weightMilliOz;
  return weightMilliOz - 1;
}

/** The packaging as far as it tells how a label was rated; null = it does not. */
function knownPackaging({ packaging }: WayFacts, { ownTables, itemByName }: SoldWays): Packaging | null {
  if (packaging === null || !mailPieces.includes(packaging)) return packaging;
  return ownTables.has(packaging) || itemByName.has(packaging) ? packaging : null;
}

/** The tables that reach the weight: that of letters ends where that of flats goes on. */
function weightWays({ weightMilliOz }: WayFacts, { weighed }: SoldWays): readonly Way[] {
  if (weighed.length === 1) return weighed[0]?.ways ?? [];
  const reaching = weighed.filter(({ lastStep }) => (weightMilliOz ?? 0) <= lastStep);
  return (reaching.length > 0 ? reaching : weighed).flatMap(({ ways }) => ways);
}

/** The things with a price of their own that the sides do not rule out; all of them where the sides rule out every one. */
function itemWays(label: WayFacts, { items }: SoldWays, flatRate: FlatRateItems): readonly Way[] {
  const dimensions = items.length === 0 ? null : dimensionsOf(label);
  if (!dimensions) return items;
  const fitting = items.filter(({ packaging }) => {
    const item = PACKAGINGS.find((each) => each === packaging);
    if (item === undefined) return true;
    return (shareTooLarge(dimensions, { service: label.service, packaging: item }, flatRate) ?? 0) === 0;
  });
  return fitting.length > 0 ? fitting : items;
}

/** Everything a product is sold by on one list. */
interface SoldWays {
  /** Each table by weight once, for most products price several packagings alike. */
  weighed: readonly { ways: readonly Way[]; lastStep: number }[];
  /** Packagings that are priced apart from a package. */
  ownTables: ReadonlySet<string>;
  items: readonly Way[];
  itemByName: ReadonlyMap<string, Way>;
  /** A card is priced as a thing, and a vendor who says "by weight" of everything says so of cards, too. */
  cards: readonly Way[];
  /** Things that no packaging of a file names, such as the bags of Connect Local: a package may have gone in one. */
  nameless: readonly Way[];
}

/** Gathered once a product and list: the tables never change. */
const soldByPrices = new WeakMap<ProductPrices, SoldWays>();

function soldWays(prices: ProductPrices): SoldWays {
  const seen = soldByPrices.get(prices);
  if (seen) return seen;
  const { byWeight } = prices;
  const tables = new Map<PriceTable, Packaging>();
  for (const each of PACKAGINGS) {
    const table = byWeight[each];
    if (table && !tables.has(table)) tables.set(table, each);
  }
  const items = Object.keys(prices.items).map((packaging): Way => ({ by: 'item', packaging }));
  const sold: SoldWays = {
    weighed: [...tables].map(([{ steps }, packaging]) => ({
      ways: BY_WEIGHT.get(packaging) ?? [],
      lastStep: steps.at(-1) ?? 0,
    })),
    ownTables: new Set(PACKAGINGS.filter((each) => byWeight[each] && byWeight[each] !== byWeight.package)),
    items,
    itemByName: new Map(items.map((way) => [way.packaging, way])),
    cards: items.filter(({ packaging }) => packaging === 'postcard'),
    nameless: items.filter(({ packaging }) => !PACKAGINGS.some((each) => each === packaging)),
  };
  soldByPrices.set(prices, sold);
  return sold;
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

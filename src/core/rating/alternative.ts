/** The cheapest other lawful way to send the same parcel, by published commercial prices. */
import { PACKAGINGS, type Packaging, type Service } from '../label/label.ts';
import { type Eligibility, servesRoute } from './eligibility.ts';
import { type FlatRateItem, surelyFits } from './fit.ts';
import type { PostalPiece, PricedZone } from './postage.ts';
import { type WeighedParcel, priceInZone } from './price.ts';
import { measurable } from './size.ts';
import { type ProductPrices, type RateTables, listOn } from './tables.ts';

/** Another service or packaging, and what it would have saved against the label's own published price. */
export interface Alternative {
  service: Service;
  packaging: Packaging;
  /** Its published commercial price on the mailing day: postage, and the surcharges its size makes due. */
  mills: number;
  /** The label's own published commercial price of the same parts less that; above zero. */
  savingMills: number;
  /** Whether its published delivery time is longer than that of the service that was sold, or one of them is not known. */
  slower: boolean;
}

/**
 * The services that take a parcel whatever is in it, fastest first, so that of two equal prices the faster one is named.
 * Media, library and printed matter ask for their contents, First-Class Mail for a letter.
 */
const ANY_CONTENTS: readonly Service[] = ['priority_mail_express', 'priority_mail', 'ground_advantage'];

/** Between which places the piece goes. */
export interface AlternativeRoute {
  /** Its zone by a service: military mail has different ones. */
  zoneBy: (service: Service) => PricedZone;
  /** Whether it begins or ends at a military post office; null = not known. */
  military: boolean | null;
}

/**
 * The cheapest of weight, cubic and flat-rate prices of the services open to any contents, below the piece's own price:
 * published against published, whatever was charged. Null where none is known to be cheaper, the own price is not known,
 * or the piece travelled in an item of the carrier and its sides are not stated. Without sides only weight prices are
 * compared. Extra services are left out on both sides: whether the other service offers them is for the caller.
 * @param piece as it was sold; its price list is not looked at
 */
export function cheapestAlternative(
  piece: PostalPiece,
  route: AlternativeRoute,
  tables: RateTables,
): Alternative | null {
  const { service, packaging } = piece;
  const { flatRate, deliveryDays } = tables.eligibility;
  const inCarriersItem = packaging === 'flat_rate' || flatRate[packaging] !== undefined;
  if (service === 'first_class_mail' || (inCarriersItem && !measurable(piece.dimensions))) return null;
  const tried = commercialPiece(piece);
  const own = priceInZone(tried, route.zoneBy(service), tables);
  if (!own.known) return null;
  const cheapest = cheapestWay(tried, { underMills: own.mills, route, tables });
  if (!cheapest) return null;
  return {
    service: cheapest.service,
    packaging: cheapest.packaging,
    mills: cheapest.mills,
    savingMills: own.mills - cheapest.mills,
    slower: isSlower(cheapest.service, service, deliveryDays),
  };
}

/** A copy to write tries into; field by field, which is many times quicker than spreading. */
function commercialPiece(piece: PostalPiece): WeighedParcel {
  return {
    service: piece.service,
    packaging: piece.packaging,
    priceList: 'commercial',
    weightMilliOz: piece.weightMilliOz,
    dimensions: piece.dimensions,
    day: piece.day,
    softPack: piece.softPack ?? false,
    nonRectangular: piece.nonRectangular ?? false,
  };
}

interface Search {
  underMills: number;
  route: AlternativeRoute;
  tables: RateTables;
}

/** The cheapest way under a price; among equals the fastest service, then the simplest packaging. */
function cheapestWay(tried: WeighedParcel, { underMills, route, tables }: Search): Cheapest | null {
  const list = listOn(tried.day, tables.lists);
  const dimensions = measurable(tried.dimensions);
  const ownBox: Packaging = tried.packaging === 'soft_pack' ? 'soft_pack' : 'package';
  const tries = new Tries(tried, underMills, tables);
  for (const service of ANY_CONTENTS) {
    const prices = list?.products[service]?.commercial;
    if (!prices) continue;
    const zone = route.zoneBy(service);
    tries.add(service, ownBox, zone);
    if (!dimensions) continue;
    if (prices.cubic) tries.add(service, 'cubic', zone);
    for (const { packaging, mills, item } of flatRatesOf(prices, tables.eligibility)) {
      if (mills >= tries.leastMills) break;
      if (!surelyFits(dimensions, item) || servesRoute(packaging, route.military, tables.eligibility) !== true)
        continue;
      tries.add(service, packaging, zone);
    }
  }
  return tries.cheapest;
}

interface Cheapest {
  service: Service;
  packaging: Packaging;
  mills: number;
}

/** The cheapest of the ways tried. Each is written into the one object: a month of labels asks this many times over. */
class Tries {
  cheapest: Cheapest | null = null;

  constructor(
    private readonly parcel: WeighedParcel,
    public leastMills: number,
    private readonly tables: RateTables,
  ) {}

  add(service: Service, packaging: Packaging, zone: PricedZone): void {
    this.parcel.service = service;
    this.parcel.packaging = packaging;
    const price = priceInZone(this.parcel, zone, this.tables);
    if (!price.known || price.mills >= this.leastMills) return;
    this.leastMills = price.mills;
    this.cheapest = { service, packaging, mills: price.mills };
  }
}

interface FlatRate {
  packaging: Packaging;
  mills: number;
  item: FlatRateItem;
}

/** The flat rates of a product, cheapest first; sorted once, for the prices never change. */
const flatRatesByPrices = new WeakMap<ProductPrices, readonly FlatRate[]>();

function flatRatesOf(prices: ProductPrices, { flatRate }: Eligibility): readonly FlatRate[] {
  const sorted = flatRatesByPrices.get(prices);
  if (sorted) return sorted;
  const found = PACKAGINGS.flatMap((packaging) => {
    const price = prices.items[packaging];
    const item = flatRate[packaging];
    return price?.known && item ? [{ packaging, mills: price.mills, item }] : [];
  }).sort((a, b) => a.mills - b.mills);
  flatRatesByPrices.set(prices, found);
  return found;
}

/** Whether a service is published to need longer than the one sold; taken to, where one of the times is not on file. */
function isSlower(service: Service, sold: Service, days: Eligibility['deliveryDays']): boolean {
  if (service === sold) return false;
  const [least, most] = days[service] ?? [Infinity, Infinity];
  const [soldLeast, soldMost] = days[sold] ?? [0, 0];
  return most === soldMost ? least > soldLeast : most > soldMost;
}

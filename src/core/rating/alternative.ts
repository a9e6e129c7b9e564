/** The cheapest other lawful way to send the same parcel, by published commercial prices. */
import { PACKAGINGS, type Packaging, type Service } from '../label/label.ts';
import type { Eligibility } from './eligibility.ts';
import { surelyFits } from './fit.ts';
import type { PostalPiece, PricedZone } from './postage.ts';
import { priceInZone } from './price.ts';
import { measurable } from './size.ts';
import { type RateTables, listOn } from './tables.ts';

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

/**
 * The cheapest of weight, cubic and flat-rate prices of the services open to any contents, below the piece's own price:
 * published against published, whatever was charged. Null where none is known to be cheaper, the own price is not known,
 * or the piece travelled in an item of the carrier and its sides are not stated. Without sides only weight prices are
 * compared. Extra services are left out on both sides: whether the other service offers them is for the caller.
 * @param piece as it was sold; its price list is not looked at
 * @param zoneBy the zone of the route by a service: military mail has different ones
 */
export function cheapestAlternative(
  piece: PostalPiece,
  zoneBy: (service: Service) => PricedZone,
  tables: RateTables,
): Alternative | null {
  const { service, packaging } = piece;
  const { flatRate, deliveryDays } = tables.eligibility;
  const inCarriersItem = packaging === 'flat_rate' || flatRate[packaging] !== undefined;
  if (service === 'first_class_mail' || (inCarriersItem && !measurable(piece.dimensions))) return null;
  const own = priceInZone({ ...piece, priceList: 'commercial' }, zoneBy(service), tables);
  if (!own.known) return null;
  const cheapest = cheapestWay(piece, { underMills: own.mills, zoneBy, tables });
  if (!cheapest) return null;
  return {
    ...cheapest,
    savingMills: own.mills - cheapest.mills,
    slower: isSlower(cheapest.service, service, deliveryDays),
  };
}

interface Search {
  underMills: number;
  zoneBy: (service: Service) => PricedZone;
  tables: RateTables;
}

interface Way {
  service: Service;
  packaging: Packaging;
  mills: number;
}

/** The cheapest way under a price; among equals the fastest service, then the simplest packaging. */
function cheapestWay(piece: PostalPiece, { underMills, zoneBy, tables }: Search): Way | null {
  let cheapest: Way | null = null;
  let least = underMills;
  for (const service of ANY_CONTENTS) {
    const zone = zoneBy(service);
    for (const packaging of packagingsFor(piece, service, tables)) {
      const price = priceInZone({ ...piece, service, packaging, priceList: 'commercial' }, zone, tables);
      if (!price.known || price.mills >= least) continue;
      least = price.mills;
      cheapest = { service, packaging, mills: price.mills };
    }
  }
  return cheapest;
}

/** The sender's own box; where the sides are stated, also by volume, and every item of the carrier that it surely goes into. */
function packagingsFor(piece: PostalPiece, service: Service, { lists, eligibility }: RateTables): Packaging[] {
  const prices = listOn(piece.day, lists)?.products[service]?.commercial;
  const dimensions = measurable(piece.dimensions);
  const packagings: Packaging[] = [piece.packaging === 'soft_pack' ? 'soft_pack' : 'package'];
  if (!prices || !dimensions) return packagings;
  if (prices.cubic) packagings.push('cubic');
  for (const packaging of PACKAGINGS) {
    const item = prices.items[packaging] && eligibility.flatRate[packaging];
    if (item && surelyFits(dimensions, item)) packagings.push(packaging);
  }
  return packagings;
}

/** Whether a service is published to need longer than the one sold; taken to, where one of the times is not on file. */
function isSlower(service: Service, sold: Service, days: Eligibility['deliveryDays']): boolean {
  if (service === sold) return false;
  const [least, most] = days[service] ?? [Infinity, Infinity];
  const [soldLeast, soldMost] = days[sold] ?? [0, 0];
  return most === soldMost ? least > soldLeast : most > soldMost;
}

/** What a vendor's contract lets a label cost: the prices of its lines for everything the label may have been. */
import { PACKAGINGS, type Packaging, type PriceList } from '../label/label.ts';
import type { PriceAnswer } from './answer.ts';
import { type Contract, contractPriceOf } from './contract.ts';
import { dimensionsOf } from './parcel-of.ts';
import { dimensionalWeightMilliOz } from './dimensional.ts';
import { listOn } from './tables.ts';
import { type Way, type WayFacts, type WayPlace, openWays, priceByWay } from './ways.ts';

export type ContractPlace = Omit<WayPlace, 'priceList'>;

/** A packaging the label may have been sold in, and the way it is then published. */
interface Candidate {
  way: Way;
  packaging: Packaging;
}

/**
 * The contract's prices for a label on one day, one for each packaging its facts leave open; empty when no line covers
 * any of them.
 */
export function contractPrices(
  label: WayFacts,
  contract: Contract,
  { zone, day, tables, reading }: ContractPlace,
): PriceAnswer[] {
  const weightMilliOz = billedWeight(label, { day, tables, reading });
  return candidatesOf(label, { day, tables, reading }).flatMap(({ way, packaging }) => {
    const parcel = { service: label.service, packaging, weightMilliOz, zone: zone.known ? zone.zone : null, day };
    const published = (priceList: PriceList): PriceAnswer =>
      priceByWay(label, way, { zone, day, priceList, tables, reading });
    return contractPriceOf(contract, parcel, published) ?? [];
  });
}

function candidatesOf(
  label: WayFacts,
  { day, tables, reading }: Pick<ContractPlace, 'day' | 'tables' | 'reading'>,
): Candidate[] {
  const list = listOn(day, tables.lists);
  const products = list?.products[label.service];
  const prices = products?.commercial ?? products?.retail;
  const { packaging } = label;
  // "By contract" says nothing about the way the contract itself rates by.
  const facts = label.rateType === 'contract' ? { ...label, rateType: null } : label;
  const { flatRate } = tables.eligibility;
  // Where nobody says "cubic", nobody paid more for it.
  const cubicAsStated = reading === 'most';
  const ways = list && prices ? openWays(facts, { prices, list, flatRate, cubicAsStated }) : [];
  const known = ways.flatMap((way) => candidatesBy(way, packaging));
  if (known.length > 0) return known;
  return [{ way: { by: 'weight', packaging: packaging ?? 'package' }, packaging: packaging ?? 'package' }];
}

function candidatesBy(way: Way, stated: Packaging | null): Candidate[] {
  if (way.by === 'cubic') return [{ way, packaging: 'cubic' }];
  if (way.by === 'item')
    return PACKAGINGS.flatMap((packaging) => (packaging === way.packaging ? { way, packaging } : []));
  const packagings = stated === null && way.packaging === 'package' ? OWN_PACKAGINGS : [stated ?? way.packaging];
  return packagings.map((packaging) => ({ way, packaging }));
}

/** What a parcel of the sender's own may be packed in when nothing is stated. */
const OWN_PACKAGINGS: readonly Packaging[] = ['package', 'soft_pack'];

/** The weight contracts go by: the greater of the stated and the dimensional one, by the same reading as the price. */
function billedWeight(
  label: WayFacts,
  { day, tables, reading }: Pick<ContractPlace, 'day' | 'tables' | 'reading'>,
): number | null {
  const rule = listOn(day, tables.lists)?.limits.dimensional;
  if (label.weightMilliOz === null || !rule) return label.weightMilliOz;
  const least = reading === 'least';
  const parcel = {
    service: label.service,
    dimensions: dimensionsOf(label),
    nonRectangular: least,
    leastReading: least,
  };
  return Math.max(label.weightMilliOz, dimensionalWeightMilliOz(parcel, rule));
}

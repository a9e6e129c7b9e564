/** What one purchase tells of how its vendor prices and weighs, as far as it is sure what the charge pays for. */
import { postagePart } from '../facts/label.ts';
import { type Label, mailingDay } from '../label/label.ts';
import { dimensionsOf, ratedPackaging } from '../rating/parcel-of.ts';
import type { LabelRating } from '../rating/rate-label.ts';
import { type RateTables, listOn } from '../rating/tables.ts';
import { type Way, openWays } from '../rating/ways.ts';
import { weightCellOf } from '../rating/weight-cell.ts';
import { PRICING_LIMITS } from '../risk/thresholds.ts';

/** Compared amounts are in mills of USD. */
export interface PricingSign {
  /**
   * `weight` = by weight and zone for sure, `other` = for sure by volume or at a flat rate, `contract` = at a contract's price,
   * `none` = no price to judge: abroad, free, undone, no outbound label. Null = nobody can tell, or no price is published.
   */
  soldBy: 'weight' | 'other' | 'contract' | 'none' | null;
  /** Of the published price, where it goes by weight and zone. */
  zone: number | null;
  /** See core/rating/weight-cell.ts: the cell of the billed weight, and that of the weight on our own scale. */
  weightCell: number | null;
  scaleCell: number | null;
  /** The part of the charge that can be compared, and what its like is published or agreed at; null = no like is known. */
  comparedMills: number | null;
  publishedMills: number | null;
}

const NOT_PRICED: PricingSign = Object.freeze({
  soldBy: 'none',
  zone: null,
  weightCell: null,
  scaleCell: null,
  comparedMills: null,
  publishedMills: null,
});

/** The signs of one purchase. */
export function pricingOf(label: Label, rating: LabelRating, tables: RateTables): PricingSign {
  if (label.kind !== 'outbound' || label.status !== 'purchased' || label.chargedMills <= 0 || !rating.domestic) {
    return NOT_PRICED;
  }
  const byContract = rating.contract !== null || label.rateType === 'contract';
  const ways = waysOf(label, tables);
  return {
    soldBy: byContract ? 'contract' : soldBy(label, rating, ways),
    ...cellsOf(label, rating, { ways, byContract, tables }),
    ...likeOf(label, rating, { ways, byContract }),
  };
}

function waysOf(label: Label, { lists, eligibility }: RateTables): readonly Way[] {
  const list = listOn(mailingDay(label), lists);
  const prices = list?.products[label.service]?.commercial;
  return list && prices ? openWays(label, { prices, list, flatRate: eligibility.flatRate }) : [];
}

function soldBy(label: Label, rating: LabelRating, ways: readonly Way[]): PricingSign['soldBy'] {
  if (ways.length === 0) return null;
  if (ways.every(({ by }) => by !== 'weight')) return 'other';
  const { expected, expectedCharge, charge } = rating;
  if (label.currency !== 'USD' || !charge || !expectedCharge.known || !expected.known) return null;
  if (expected.zone === null || expected.billedWeightMilliOz === null) return null;
  return isOnlyByWeight(ways) || isUnexplained(charge.mills, rating) ? 'weight' : null;
}

function isOnlyByWeight(ways: readonly Way[]): boolean {
  return ways.length > 0 && ways.every(({ by }) => by === 'weight');
}

/** Whether no lawful way of selling the label, cubic and flat rate among them, comes near what was charged. */
function isUnexplained(chargedMills: number, { floor, cheapestCell }: LabelRating): boolean {
  if (floor.known) return chargedMills < floor.mills * PRICING_LIMITS.explainedShareOfFloor;
  return cheapestCell !== null && chargedMills < cheapestCell.mills * PRICING_LIMITS.explainedShareOfCheapestCell;
}

interface Sold {
  ways: readonly Way[];
  byContract: boolean;
}

function cellsOf(
  label: Label,
  { expected }: LabelRating,
  { ways, byContract, tables }: Sold & { tables: RateTables },
): Pick<PricingSign, 'zone' | 'weightCell' | 'scaleCell'> {
  const none = { zone: null, weightCell: null, scaleCell: null };
  if (!expected.known || expected.zone === null || expected.billedWeightMilliOz === null) return none;
  const { zone, billedWeightMilliOz } = expected;
  const packaging = ratedPackaging(label);
  const prices = listOn(mailingDay(label), tables.lists)?.products[label.service]?.commercial;
  const table = packaging === 'flat_rate' ? undefined : prices?.byWeight[packaging];
  if (!table) return none;
  const weightCell = weightCellOf(table, billedWeightMilliOz, zone);
  // Who may have been sold by volume has no weight that matters; a large parcel goes by its sides, not by a scale.
  const weighed = byContract || isOnlyByWeight(ways) || dimensionsOf(label) === null;
  const scale = weighed ? (label.scaleWeightMilliOz ?? 0) : 0;
  return { zone, weightCell, scaleCell: scale > 0 ? weightCellOf(table, scale, zone) : null };
}

/**
 * What the like of the charge costs: by the contract where one covers the label; by the published price where there is one
 * way to sell it; else by the cheapest way there is, so that nothing is called a discount that a cheaper way explains.
 */
function likeOf(
  label: Label,
  { charge, contract, expectedCharge, floor }: LabelRating,
  { ways, byContract }: Sold,
): Pick<PricingSign, 'comparedMills' | 'publishedMills'> {
  const none = { comparedMills: null, publishedMills: null };
  if (label.currency !== 'USD') return none;
  if (byContract) {
    const comparedMills = postagePart(label);
    const agreed = contract?.known && contract.exact;
    return agreed && comparedMills !== null ? { comparedMills, publishedMills: contract.mills } : none;
  }
  if (!charge) return none;
  if (ways.length === 1) {
    return expectedCharge.known ? { comparedMills: charge.mills, publishedMills: expectedCharge.mills } : none;
  }
  return floor.known && floor.exact ? { comparedMills: charge.mills, publishedMills: floor.mills } : none;
}

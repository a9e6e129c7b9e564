/** The carrier's second look at one purchase, by its adjustments: what it weighed and was told, and what that would cost. */
import { type Label, PACKAGINGS, type Packaging, mailingDay } from '../label/label.ts';
import type { PriceAnswer } from '../rating/answer.ts';
import { dimensionalWeightMilliOz } from '../rating/dimensional.ts';
import { dimensionsOf } from '../rating/parcel-of.ts';
import { postageAs } from '../rating/rate-label.ts';
import { type RateTables, listOn } from '../rating/tables.ts';
import { DAY_MS, type Instant, startOfDay } from '../units/day.ts';
import { MILLI_OZ_PER_LB, MILLI_OZ_PER_OZ } from '../units/measure.ts';
import type { ChargeDigest } from './charge.ts';

export type KnownAdjustment = ChargeDigest['adjustments'][number];

/** What the label stated before it was corrected; null = not stated. */
export interface EarlierSpecs {
  weightMilliOz: number | null;
  zone: number | null;
}

/** The weight the carrier found, beside those that others stated. */
export interface AssessedWeight {
  adjustment: KnownAdjustment;
  milliOz: number;
  /** Claimed at the carrier, else billed by the vendor; null = neither is stated. */
  boughtMilliOz: number | null;
  /** The least of what was claimed, billed and shown by our scale; null = none of them is stated. */
  leastMilliOz: number | null;
  /**
   * Published commercial postage of the label at each weight, everything else being the same; null without the weight, or where
   * it is not sure that the label goes by weight.
   */
  assessed: PriceAnswer | null;
  least: PriceAnswer | null;
  scale: PriceAnswer | null;
  /** Whether the weight found may be that of the parcel's size; null = nobody can tell. */
  ofSize: boolean | null;
}

/** What the label claimed at the carrier, beside what the vendor's row says. */
export interface ClaimedSpecs {
  adjustment: KnownAdjustment;
  /** Whether weight or zone was claimed lower than the row has it; null = they cannot be compared. */
  lower: boolean | null;
  /** Published commercial postage by what was claimed, and by the row; null where it is not sure that they decide it. */
  claimed: PriceAnswer | null;
  row: PriceAnswer | null;
}

/** Whether less postage is due for what was claimed than for what the row states. */
export function isClaimedForLess({ lower, claimed, row }: ClaimedSpecs): boolean {
  return lower === true && claimed?.known === true && row?.known === true && row.mills > claimed.mills;
}

export interface Assessed {
  /** Adjustments of the purchase that were told by as-of, the oldest first. */
  adjustments: readonly KnownAdjustment[];
  /** By the latest that states a weight. */
  weight: AssessedWeight | null;
  /** By the latest that states what was claimed. */
  claimed: ClaimedSpecs | null;
}

export const NOTHING_ASSESSED: Assessed = Object.freeze({ adjustments: [], weight: null, claimed: null });

export interface AssessedSources {
  /** Every purchase under the number, in order of purchase. */
  sales: readonly Label[];
  charges: ChargeDigest | null;
  /** What the row of this purchase said before it was corrected. */
  earlier: readonly EarlierSpecs[];
  asOf: Instant;
}

/** What is known of a purchase by adjustments. Pure; never throws. */
export function assessedOf(label: Label, sources: AssessedSources, tables: RateTables): Assessed {
  const all = sources.charges?.adjustments ?? [];
  if (all.length === 0) return NOTHING_ASSESSED;
  const adjustments = all
    .filter((adjustment) => toldAt(adjustment) <= sources.asOf && isOf(adjustment, label, sources.sales))
    .toSorted(byAssessment);
  if (adjustments.length === 0) return NOTHING_ASSESSED;
  const weighed = adjustments.findLast(({ assessed }) => assessed.weightMilliOz !== null);
  const told = adjustments.findLast(({ claimed }) => claimed.weightMilliOz !== null || claimed.zone !== null);
  return {
    adjustments,
    weight: weighed ? weightOf(label, weighed, tables) : null,
    claimed: told ? claimedOf(label, told, { earlier: sources.earlier, tables }) : null,
  };
}

/** From when on we can have known of an adjustment: its notice, else when it was made; a day without a time counts from its beginning in UTC. */
export function toldAt({ notifiedAt, notifiedDay, assessedAt, assessedDay }: KnownAdjustment): Instant {
  if (notifiedAt !== null) return notifiedAt;
  return notifiedDay === null ? (assessedAt ?? startOfDay(assessedDay)) : startOfDay(notifiedDay);
}

/** The latest instant at which an adjustment can have been made. */
export function assessedBy({ assessedAt, assessedDay }: KnownAdjustment): Instant {
  return assessedAt ?? startOfDay(assessedDay) + DAY_MS;
}

/**
 * Whether an adjustment is of this purchase: of the vendor's latest under the number by that day. Where it comes from somebody
 * who sold none of them, such as a provider, the latest of all.
 */
function isOf(adjustment: KnownAdjustment, label: Label, sales: readonly Label[]): boolean {
  const own = sales.filter(({ vendor }) => vendor === adjustment.vendor);
  const candidates = (own.length > 0 ? own : sales).filter(
    ({ purchasedDay }) => startOfDay(purchasedDay) - DAY_MS <= startOfDay(adjustment.assessedDay),
  );
  const latest = candidates.at(-1);
  return latest !== undefined && latest.vendor === label.vendor && latest.saleKey === label.saleKey;
}

function byAssessment(a: KnownAdjustment, b: KnownAdjustment): number {
  const [first, second] = [assessedBy(a), assessedBy(b)];
  if (first !== second) return first - second;
  if (a.vendor !== b.vendor) return a.vendor < b.vendor ? -1 : 1;
  return a.adjustmentId < b.adjustmentId ? -1 : 1;
}

function weightOf(label: Label, adjustment: KnownAdjustment, tables: RateTables): AssessedWeight {
  const milliOz = adjustment.assessed.weightMilliOz ?? 0;
  const boughtMilliOz = positive(adjustment.claimed.weightMilliOz) ?? positive(label.weightMilliOz);
  const scaleMilliOz = positive(label.scaleWeightMilliOz);
  const stated = [positive(adjustment.claimed.weightMilliOz), positive(label.weightMilliOz), scaleMilliOz];
  const known = stated.filter((weight) => weight !== null);
  const leastMilliOz = known.length === 0 ? null : Math.min(...known);
  const isSure = isPricedSo(label, adjustment);
  const at = (weightMilliOz: number): PriceAnswer | null =>
    isSure ? postageAs({ weightMilliOz, zone: null }, label, tables) : null;
  return {
    adjustment,
    milliOz,
    boughtMilliOz,
    leastMilliOz,
    assessed: at(milliOz),
    least: leastMilliOz === null ? null : at(leastMilliOz),
    scale: scaleMilliOz === null ? null : at(scaleMilliOz),
    ofSize: isOfSize(label, adjustment, tables),
  };
}

/** How the label is rated where a file says more than "a package". */
const OWN_WAY: readonly (Packaging | null)[] = PACKAGINGS.filter((each) => each !== 'package' && each !== 'soft_pack');

/**
 * Whether it is sure that weight or zone decide the price as computed: the carrier charged for them, or the file states the way
 * the label is rated, and for one by weight the sides, which may make it billed by its size.
 */
function isPricedSo(label: Label, { reason, amountMills }: KnownAdjustment): boolean {
  if (amountMills > 0 && (reason === 'weight' || reason === 'zone')) return true;
  const { packaging, rateType } = label;
  if (rateType === 'flat_rate' || rateType === 'cubic' || OWN_WAY.includes(packaging)) return true;
  return rateType !== null && dimensionsOf(label) !== null;
}

/** A zero is a field that nobody filled in. */
function positive(weight: number | null): number | null {
  return weight !== null && weight > 0 ? weight : null;
}

/**
 * Whether the assessed weight may be dimensional: no greater than that of the sides the carrier found, else of those stated.
 * Unknown where the carrier speaks of the size and states no sides.
 */
function isOfSize(label: Label, { reason, assessed }: KnownAdjustment, { lists }: RateTables): boolean | null {
  const rule = listOn(mailingDay(label), lists)?.limits.dimensional;
  if (rule === undefined) return null;
  const found = dimensionsOf(assessed);
  if (found === null && reason === 'dimensions') return null;
  const dimensions = found ?? dimensionsOf(label);
  return (assessed.weightMilliOz ?? 0) <= dimensionalWeightMilliOz({ service: label.service, dimensions }, rule);
}

function claimedOf(
  label: Label,
  adjustment: KnownAdjustment,
  { earlier, tables }: Pick<AssessedSources, 'earlier'> & { tables: RateTables },
): ClaimedSpecs {
  const { claimed } = adjustment;
  const row = { weightMilliOz: label.weightMilliOz, zone: label.zone };
  const told = { weightMilliOz: claimed.weightMilliOz ?? row.weightMilliOz, zone: claimed.zone ?? row.zone };
  const isSure = isPricedSo(label, adjustment);
  return {
    adjustment,
    lower: isLower(claimed, [row, ...earlier]),
    claimed: isSure ? postageAs(told, label, tables) : null,
    row: isSure ? postageAs(row, label, tables) : null,
  };
}

/** Whether weight or zone is lower than the row has it and ever had it: a row that was corrected since claims nothing else. */
function isLower(claimed: EarlierSpecs, rows: readonly EarlierSpecs[]): boolean | null {
  const answers = [
    compare(
      claimed.weightMilliOz,
      rows.map(({ weightMilliOz }) => weightMilliOz),
      isLighter,
    ),
    compare(
      claimed.zone,
      rows.map(({ zone }) => zone),
      (zone, stated) => zone < stated,
    ),
  ];
  if (answers.includes(true)) return true;
  return answers.includes(null) ? null : false;
}

/** Against the row as it stands, which must state it, and every earlier one that does. */
function compare(
  claimed: number | null,
  [row = null, ...earlier]: readonly (number | null)[],
  isBelow: (claimed: number, stated: number) => boolean,
): boolean | null {
  if (claimed === null || row === null) return null;
  return [row, ...earlier].every((stated) => stated === null || isBelow(claimed, stated));
}

/** A weight rounded up to whole ounces or pounds is the same weight. */
export function isLighter(claimedMilliOz: number, statedMilliOz: number): boolean {
  const wholeOunces = Math.ceil(claimedMilliOz / MILLI_OZ_PER_OZ) * MILLI_OZ_PER_OZ;
  const wholePounds = Math.ceil(claimedMilliOz / MILLI_OZ_PER_LB) * MILLI_OZ_PER_LB;
  return statedMilliOz > claimedMilliOz && statedMilliOz !== wholePounds && statedMilliOz > wholeOunces;
}

/**
 * The most the comparable part of a charge may lawfully be: the contract's price where one covers the label, else the
 * published retail price of the same things; and the commercial price of the same things beside it.
 */
import { type Label, PRICE_LISTS, type Packaging, type PriceList, mailingDay } from '../label/label.ts';
import type { Day } from '../units/day.ts';
import type { FeesAnswer, PriceAnswer, UnratedReason } from './answer.ts';
import type { ComparableCharge } from './charge.ts';
import type { Contract } from './contract.ts';
import { contractPrices } from './contracted.ts';
import { extrasOf } from './extras.ts';
import { dimensionsOf, ratedPackaging } from './parcel-of.ts';
import type { PricedZone } from './postage.ts';
import { leastSizeSurchargeMills, sizeSums, sizeSurcharges, surchargesOf, unseenSurcharges } from './surcharges.ts';
import { type RateTables, listOn } from './tables.ts';
import { type Way, openWays, priceByWay } from './ways.ts';

export type Ceiling =
  | {
      known: true;
      mills: number;
      by: 'contract' | 'retail';
      /**
       * So far above, a charge may still be right, for the label does not state how large the parcel was; null = it may
       * not, or the charge is not above. Any excess may where surcharges were billed, for the parcel was large then; beside
       * a contract's price a surcharge inside the charge is no less than the least one published.
       */
      sizeOpenFromMills: number | null;
      /**
       * The published surcharges for causes that the file does not show, such as an unusual shape, or its size where no sides
       * are stated: one of them may be inside a charge that lies above by just so much. None where surcharges are itemised,
       * or the charge is not above.
       */
      unseenMills: readonly number[];
    }
  | { known: false; reason: UnratedReason; message: string };

export interface CeilingPlace {
  charge: ComparableCharge;
  /** The zones the label may lawfully have been rated in; the dearest counts. */
  zones: readonly PricedZone[];
  /** The days it may be rated on; either list is right. */
  days: readonly Day[];
  tables: RateTables;
}

/** A sum of published prices, or why it cannot be stated. */
export type Amount = { known: true; mills: number } | { known: false; reason: UnratedReason; message: string };

/** The ceiling over a label's comparable charge. Any part that is not known leaves it unknown. Never throws. */
export function ceilingOf(label: Label, contract: Contract | null, place: CeilingPlace): Ceiling {
  const agreed = contract && contractCeiling(label, contract, place);
  const most = agreed ?? dearestCharge(label, 'retail', place);
  if (!most.known) return most;
  const by = agreed ? 'contract' : 'retail';
  // Most charges are not above, and this runs for every label.
  if (place.charge.mills <= most.mills) return { ...most, by, sizeOpenFromMills: null, unseenMills: NONE };
  return { ...most, by, sizeOpenFromMills: sizeOpenFrom(label, by, place), unseenMills: unseenFees(label, place) };
}

const NONE: readonly number[] = Object.freeze([]);

function unseenFees(label: Label, { charge, days, tables }: CeilingPlace): readonly number[] {
  if (!charge.surcharges) return NONE;
  const { service } = label;
  const sized = dimensionsOf(label) !== null;
  return days.flatMap((day) => {
    const list = listOn(day, tables.lists);
    if (!list) return [];
    const unseen = PRICE_LISTS.flatMap((priceList) => unseenSurcharges({ service, priceList }, list));
    return [...unseen.flatMap(({ mills }) => mills ?? []), ...(sized ? NONE : sizeSums(service, list))];
  });
}

/**
 * From which excess on the size of a parcel may explain it: surcharges not itemised may be inside the charge, and a parcel
 * that paid some may be so large that its postage goes by its size.
 */
function sizeOpenFrom(label: Label, by: 'contract' | 'retail', place: CeilingPlace): number | null {
  const billedForSize = (label.surchargesMills ?? 0) > 0;
  if (dimensionsOf(label) || !(place.charge.surcharges || billedForSize) || !owesForSize(label, place)) return null;
  if (billedForSize) return 0;
  return by === 'retail' ? null : leastSizeSurchargeMills(label.service, place.tables.lists);
}

/** Whether the label may have been sold in a way in which large parcels owe surcharges. */
function owesForSize(label: Label, { days, tables }: CeilingPlace): boolean {
  const { service } = label;
  const priceList = 'retail';
  return days.some((day) => {
    const list = listOn(day, tables.lists);
    if (!list) return false;
    const ways = chargedWays(label, { day, priceList, tables });
    return ways.some((way) => sizeSurcharges({ service, packaging: feePackaging(way), priceList }, list).length > 0);
  });
}

/** The dearest published price, by one list, of what the comparable charge pays for. */
export function dearestCharge(label: Label, priceList: PriceList, place: CeilingPlace): Amount {
  const { zones, days, tables } = place;
  return dearest(
    days.flatMap((day) => {
      const ways = chargedWays(label, { day, priceList, tables });
      return zones.flatMap((zone) =>
        ways.map((way) => {
          const list = way.by === 'cubic' ? 'commercial' : priceList;
          const postage = priceByWay(label, way, { zone, day, priceList: list, tables, reading: 'most' });
          return withFees(postage, { label, packaging: feePackaging(way), day, priceList, place });
        }),
      );
    }),
  );
}

/** The published commercial price, on the mailing day, of what the comparable charge pays for. */
export function expectedCharge(label: Label, postage: PriceAnswer, place: CeilingPlace): Amount {
  const packaging = ratedPackaging(label);
  return withFees(postage, { label, packaging, day: mailingDay(label), priceList: 'commercial', place });
}

/** The contract's dearest price; null unless the contract covers the label on every day it may be rated on. */
function contractCeiling(label: Label, contract: Contract, place: CeilingPlace): Amount | null {
  const { zones, days, tables } = place;
  const byDay = days.map((day) =>
    zones.flatMap((zone) =>
      contractPrices(label, contract, { zone, day, tables, reading: 'most' }).map((postage) =>
        // What a contract says nothing about is bought at the counter's price.
        withFees(postage, { label, packaging: 'package', day, priceList: 'retail', place }),
      ),
    ),
  );
  return byDay.some((prices) => prices.length === 0) ? null : dearest(byDay.flat());
}

const BY_WEIGHT: Way = Object.freeze({ by: 'weight', packaging: 'package' });
const ONLY_BY_WEIGHT: readonly Way[] = Object.freeze([BY_WEIGHT]);

/**
 * The ways a label's charge may have been made up by. Cubic prices exist on the commercial list only: who sells by volume
 * may ask them, and retail has the price by weight for the same parcel. Where nobody says "cubic", nobody paid more for it.
 */
function chargedWays(
  label: Label,
  { day, priceList, tables }: { day: Day; priceList: PriceList; tables: RateTables },
): readonly Way[] {
  const list = listOn(day, tables.lists);
  const prices = list?.products[label.service]?.[priceList];
  if (!list || !prices) return ONLY_BY_WEIGHT;
  const { flatRate } = tables.eligibility;
  const ways = openWays(label, { prices, list, flatRate, cubicAsStated: true });
  if (ways.length === 0) return ONLY_BY_WEIGHT;
  return priceList === 'retail' && ways.some(({ by }) => by === 'cubic') ? [...ways, BY_WEIGHT] : ways;
}

interface FeePlace {
  label: Label;
  packaging: Packaging | 'flat_rate';
  day: Day;
  priceList: PriceList;
  place: CeilingPlace;
}

/** Postage with the surcharges and extra services that the comparable charge pays for as well. */
function withFees(postage: PriceAnswer, { label, packaging, day, priceList, place }: FeePlace): Amount {
  const { charge, tables } = place;
  const list = listOn(day, tables.lists);
  const { service } = label;
  const parts: (PriceAnswer | FeesAnswer)[] = [postage];
  if (list && charge.surcharges) {
    parts.push(surchargesOf({ service, packaging, priceList, dimensions: dimensionsOf(label) }, list));
  }
  const { extras, insuredMills } = charge;
  if (list && extras.length > 0) {
    parts.push(extrasOf({ service, priceList, extras, insuredMills, declaredMills: label.declaredMills }, list));
  }
  let mills = 0;
  for (const part of parts) {
    if (!part.known) return { known: false, reason: part.reason, message: part.message };
    mills += part.mills;
  }
  return { known: true, mills };
}

/** Surcharges ask only whether a price goes by weight, by volume, or by the thing. */
function feePackaging(way: Way): Packaging | 'flat_rate' {
  return way.by === 'item' ? 'flat_rate' : way.packaging;
}

function dearest(sums: readonly Amount[]): Amount {
  let most: Amount | null = null;
  for (const sum of sums) {
    if (!sum.known) return sum;
    if (!most?.known || sum.mills > most.mills) most = sum;
  }
  return (
    most ?? { known: false, reason: 'packaging_not_rated', message: 'No published way to rate the label is at hand.' }
  );
}

/** Whether a price on a vendor's sheet is lawful: against the floor and the ceiling of what it is asked for. */
import type { Label } from '../label/label.ts';
import type { Day } from '../units/day.ts';
import { formatMills, roundToCents } from '../units/money.ts';
import { type Amount, type Ceiling, ceilingOf, dearestCharge } from './ceiling.ts';
import { comparableCharge } from './charge.ts';
import { type Floor, cheapestCellOn, contractFloor, floorOf } from './floor.ts';
import { ZONE_COUNT } from './price-table.ts';
import type { PricedZone } from './postage.ts';
import { type SheetPrice, sheetLabel } from './sheet-label.ts';
import type { RateTables } from './tables.ts';

/** The thresholds of the rules below-floor-price and overcharged, for the vendor. */
export interface SheetTerms {
  /** The greatest lawful discount off the floor. */
  discountShare: number;
  /** So far under the discounted floor a price is told. */
  suspectShare: number;
  /** Under this share of the service's cheapest cell a price is told although its floor is unknown, at the usual discount. */
  undecidedShare: number;
  /** The discount the rule grants where nothing is documented; a deeper one lowers that share, too. */
  usualDiscountShare: number;
  /** The ceiling may be exceeded by the greater of the two. */
  toleranceMills: number;
  toleranceShare: number;
}

export const SHEET_VERDICTS = ['under_floor', 'low', 'lawful', 'above_retail', 'above_contract', 'unknown'] as const;
/** `low` = under the lowest lawful price by less than the rule tells. */
export type SheetVerdict = (typeof SHEET_VERDICTS)[number];

export interface SheetAnswer {
  verdict: SheetVerdict;
  /** How far under the lowest lawful price, as a share of it; null unless it is under. */
  underShare: number | null;
  /** The lowest lawful price: the floor less the discount, or the contract's price. */
  lowestMills: number | null;
  /** The most it may lawfully be. */
  ceilingMills: number | null;
  /** The published commercial price of the same, in the dearest zone it holds for. */
  publishedMills: number | null;
  /** The reason in words. */
  why: string;
}

export interface SheetContext {
  vendor: string;
  day: Day;
  terms: SheetTerms;
  tables: RateTables;
}

/** Judges one price. A price without a zone holds in all: its floor is the cheapest of them, its ceiling the dearest. */
export function judgeSheetPrice(price: SheetPrice, context: SheetContext): SheetAnswer {
  const label = sheetLabel(price, context);
  const zones = price.zone === null ? EVERY_ZONE : [{ known: true as const, zone: price.zone }];
  const lowest = lowestLawful(label, zones, context);
  const { ceiling, commercial } = dearest(label, zones, context);
  const amounts = {
    lowestMills: lowest.known ? lowest.mills : null,
    ceilingMills: ceiling.known ? ceiling.mills : null,
    publishedMills: commercial.known ? commercial.mills : null,
  };
  const {
    verdict,
    why,
    underShare = null,
  } = under(price, lowest, context) ?? over(price, ceiling, context) ?? within(price, { lowest, ceiling, commercial });
  return { verdict, underShare, ...amounts, why };
}

const EVERY_ZONE: readonly PricedZone[] = Array.from({ length: ZONE_COUNT }, (_, index) => ({
  known: true,
  zone: index + 1,
}));

interface Judged {
  verdict: SheetVerdict;
  why: string;
  underShare?: number;
}

interface Bound {
  /** Rounded to the cent, for people. */
  mills: number;
  /** Before the discount: no published price of the same is lower. */
  fullMills: number;
  /** Unrounded: a cent must not make a suspect. */
  preciseMills: number;
  exact: boolean;
  words: string;
}

type Lowest = ({ known: true } & Bound) | { known: false; why: string; cheapestCellMills: number | null };

/** The lowest lawful price over the zones a price holds for. Beside a contract the lower of both ways holds. */
function lowestLawful(
  label: Label,
  zones: readonly PricedZone[],
  { vendor, day, terms, tables }: SheetContext,
): Lowest {
  const contract = tables.contracts.of(vendor);
  const floors = zones.map((zone) => {
    const place = { zones: [zone], days: [day], tables };
    return { floor: floorOf(label, place), agreed: contract && contractFloor(label, contract, place) };
  });
  const unknown = unknownFloor(floors.map(({ floor }) => floor));
  if (unknown !== null) {
    // What a contract covers may lie under every published price.
    const isAgreed = floors.some(({ agreed }) => agreed !== null);
    const cheapestCellMills = isAgreed ? null : (cheapestCellOn(label.service, [day], tables)?.mills ?? null);
    return { known: false, why: unknown, cheapestCellMills };
  }
  const lowest = floors
    .flatMap(({ floor, agreed }) =>
      [boundOf(floor, terms.discountShare), agreed && boundOf(agreed, null)].filter((one) => one !== null),
    )
    .reduce((least, one) => (one.preciseMills < least.preciseMills ? one : least));
  return { known: true, ...lowest };
}

/** @param discount the share that may come off; null = the price is a contract's, from which nothing does */
function boundOf(floor: Floor, discount: number | null): Bound | null {
  if (!floor.known) return null;
  const preciseMills = floor.mills * (1 - (discount ?? 0));
  const mills = roundToCents(preciseMills);
  const full = formatMills(floor.mills);
  const words =
    discount === null ? `${full} by the contract` : `${full} less ${percent(discount)} is ${formatMills(mills)}`;
  return { mills, fullMills: floor.mills, preciseMills, exact: floor.exact, words };
}

/** Prices rise with the zone: only where the nearest is unknown could an unknown price be the cheapest. */
function unknownFloor([nearest]: readonly Floor[]): string | null {
  if (nearest === undefined) return 'no zone is stated';
  return nearest.known ? null : nearest.message;
}

function dearest(
  label: Label,
  zones: readonly PricedZone[],
  { vendor, day, tables }: SheetContext,
): { ceiling: Ceiling; commercial: Amount } {
  const charge = comparableCharge(label) ?? {
    mills: label.chargedMills,
    surcharges: true,
    extras: [],
    insuredMills: null,
  };
  const place = { charge, zones, days: [day], tables };
  return {
    ceiling: ceilingOf(label, tables.contracts.of(vendor), place),
    commercial: dearestCharge(label, 'commercial', place),
  };
}

/** What is too cheap to be lawful; null when nothing says so. */
function under({ priceMills }: SheetPrice, lowest: Lowest, { terms }: SheetContext): Judged | null {
  if (!lowest.known) {
    const { cheapestCellMills } = lowest;
    const share = terms.undecidedShare * Math.min(1, (1 - terms.discountShare) / (1 - terms.usualDiscountShare));
    if (cheapestCellMills === null || priceMills >= cheapestCellMills * share) return null;
    const underShare = 1 - priceMills / cheapestCellMills;
    const why = `the cheapest published commercial price of the service, for any weight and zone, is ${formatMills(cheapestCellMills)}`;
    return { verdict: 'under_floor', why, underShare };
  }
  // With a hair's breadth for the arithmetic of shares, as the rule has it.
  if (priceMills > lowest.preciseMills * (1 - terms.suspectShare) + 0.001) return null;
  const underShare = 1 - priceMills / lowest.preciseMills;
  return { verdict: 'under_floor', why: `lowest lawful price: ${lowest.words}`, underShare };
}

/** What is dearer than it may be; null when nothing says so. */
function over({ priceMills }: SheetPrice, ceiling: Ceiling, { terms }: SheetContext): Judged | null {
  if (!ceiling.known) return null;
  const tolerance = Math.max(terms.toleranceMills, ceiling.mills * terms.toleranceShare);
  if (priceMills <= ceiling.mills + tolerance) return null;
  return ceiling.by === 'contract'
    ? { verdict: 'above_contract', why: `the contract's price is ${formatMills(ceiling.mills)}` }
    : { verdict: 'above_retail', why: `the published retail price is ${formatMills(ceiling.mills)}` };
}

/** Neither too cheap nor too dear, as far as known: lawful only when both ends are known. */
function within(
  { priceMills }: SheetPrice,
  { lowest, ceiling, commercial }: { lowest: Lowest; ceiling: Ceiling; commercial: Amount },
): Judged {
  // Retail is never under the commercial price of the same, and that never under its floor.
  const notCheap = commercial.known && priceMills >= commercial.mills;
  const atMost = commercial.known ? commercial.mills : lowest.known ? lowest.fullMills : 0;
  const notDear = ceiling.known || priceMills <= atMost;
  if (!lowest.known && !notCheap) return { verdict: 'unknown', why: lowest.why };
  if (lowest.known && !lowest.exact && !notCheap) {
    return { verdict: 'unknown', why: `a part of the published price is not at hand; without it, ${lowest.words}` };
  }
  if (!notDear) return { verdict: 'unknown', why: ceiling.known ? '' : ceiling.message };
  if (!lowest.known || priceMills >= lowest.preciseMills) return { verdict: 'lawful', why: '' };
  return {
    verdict: 'low',
    why: `lowest lawful price: ${lowest.words}`,
    underShare: 1 - priceMills / lowest.preciseMills,
  };
}

/** "78.5 %". */
export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

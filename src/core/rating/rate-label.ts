/** Everything rating says about one purchased label: zone, published prices, floor and ceiling. Rules judge by it. */
import { type Label, type PriceList, type Service, mailingDay } from '../label/label.ts';
import { type Day, HOUR_MS, dayOf } from '../units/day.ts';
import { type Alternative, cheapestAlternative } from './alternative.ts';
import type { PriceAnswer, ZoneAnswer } from './answer.ts';
import { type Amount, type Ceiling, ceilingOf, dearestCharge, expectedCharge } from './ceiling.ts';
import { type ComparableCharge, comparableCharge } from './charge.ts';
import type { Contract } from './contract.ts';
import type { Eligibility } from './eligibility.ts';
import { type CheapestCell, type Floor, cheapestCellOn, contractFloor, floorOf } from './floor.ts';
import { dimensionsOf, ratedPackaging, routeOf } from './parcel-of.ts';
import { type PostalPiece, type PricedZone, postageOf } from './postage.ts';
import { statedZone } from './price.ts';
import { unrated } from './price-table.ts';
import { type SurchargeRange, surchargeRangeOf } from './surcharge-range.ts';
import { type RateTables, listOn } from './tables.ts';
import { type RouteEnds, endsOf, zoneOf } from './zone.ts';

export interface LabelRating {
  /** From the origin the label was rated by, else its origin, to its destination. */
  zone: ZoneAnswer;
  /** Whether the route begins or ends at a military post office or in the Pacific area. */
  ends: RouteEnds;
  /** The published commercial postage on the mailing day, without surcharges and extra services. */
  expected: PriceAnswer;
  /** The part of the charge that published prices can be compared with; null = it cannot be told apart. */
  charge: ComparableCharge | null;
  /** The published commercial price, on the mailing day, of what that part pays for. */
  expectedCharge: Amount;
  /** The dearest published commercial price of what that part pays for, on the day of purchase or mailing. */
  commercial: Amount;
  /** The most that part may lawfully be. */
  ceiling: Ceiling;
  /** The cheapest lawful postage on the day of purchase or mailing, before any discount. */
  floor: Floor;
  /** The least postage by the vendor's contract; null when no contract on file covers the label. */
  contract: Floor | null;
  /** The surcharges its size makes due; only asked where the vendor itemises surcharges. */
  surcharges: SurchargeRange;
  /** The product's cheapest published commercial cell on the cheaper of those days; null when one has no list. */
  cheapestCell: CheapestCell | null;
  /** The expected postage in the zone the vendor billed; null without a billed zone. */
  atBilledZone: PriceAnswer | null;
  /** The cheapest other lawful way to send the parcel; null when none is known to be cheaper. */
  alternative: Alternative | null;
  /** What services take and flat-rate items hold, for the facts that compare the parcel with it. */
  eligibility: Eligibility;
  /** Whether domestic mail serves the destination's country. */
  domestic: boolean;
}

/** Rates one label. Reads no clock: the label's own days say which lists hold. Never throws. */
export function rateLabel(label: Label, tables: RateTables): LabelRating {
  const { destinationCountry, service, weightMilliOz } = label;
  if (!tables.zones.domesticPlaces.has(destinationCountry)) return foreignRating(destinationCountry, tables);
  const { originZip, destinationZip } = routeOf(label);
  const zone = zoneOf({ originZip, destinationZip, service, weightMilliOz }, tables.zones);
  const mailed = mailingDay(label);
  const days = ratingDays(label, tables);
  const billed = label.zone === null ? null : statedZone(label.zone);
  const piece = pieceOf(label, 'commercial', mailed);
  const expected = postageOf(piece, zone, tables);
  const ends = endsOf({ originZip, destinationZip }, tables.zones);
  const zoneBy = (other: Service): PricedZone =>
    ends.military === false ? zone : zoneOf({ originZip, destinationZip, service: other, weightMilliOz }, tables.zones);
  return {
    zone,
    ends,
    expected,
    ...judgedCharge(label, expected, { zones: lawfulZones(zone, billed, tables.zones), days, tables }),
    ...floors(label, { zones: cheapestZones(zone, tables.zones), days, tables }),
    surcharges: label.surchargesMills === null ? NOT_ITEMISED : surchargeRangeOf(label, { zone, days, tables }),
    cheapestCell: cheapestCellOn(service, days, tables),
    atBilledZone: billed && postageOf(pieceOf(label, 'commercial', mailed), billed, tables),
    alternative: cheapestAlternative(piece, { zoneBy, military: ends.military }, tables),
    eligibility: tables.eligibility,
    domestic: true,
  };
}

/** The published commercial postage on the mailing day, had the same parcel been sold by another service. Never throws. */
export function postageBy(service: Service, label: Label, tables: RateTables): PriceAnswer {
  const { destinationCountry, weightMilliOz } = label;
  if (!tables.zones.domesticPlaces.has(destinationCountry)) {
    return unrated('foreign_destination', foreignMessage(destinationCountry), null);
  }
  const zone = zoneOf({ ...routeOf(label), service, weightMilliOz }, tables.zones);
  return postageOf({ ...pieceOf(label, 'commercial', mailingDay(label)), service }, zone, tables);
}

/** Weight and zone that a label may have been rated by. */
export interface RatedAs {
  weightMilliOz: number | null;
  /** As somebody states it; null = the one of the route, or where that is not known the one that was billed. */
  zone: number | null;
}

/** The published commercial postage on the mailing day, had the same parcel been rated by this weight and zone. Never throws. */
export function postageAs({ weightMilliOz, zone: stated }: RatedAs, label: Label, tables: RateTables): PriceAnswer {
  const { destinationCountry, service } = label;
  if (!tables.zones.domesticPlaces.has(destinationCountry)) {
    return unrated('foreign_destination', foreignMessage(destinationCountry), null);
  }
  const routed = (): PricedZone => zoneOf({ ...routeOf(label), service, weightMilliOz }, tables.zones);
  const billed = label.zone === null ? null : statedZone(label.zone);
  let zone = stated === null ? routed() : statedZone(stated);
  if (!zone.known && stated === null && billed !== null) zone = billed;
  return postageOf({ ...pieceOf(label, 'commercial', mailingDay(label)), weightMilliOz }, zone, tables);
}

/**
 * The zones in which a charge is not too high: that of the route, that which was billed (whether it is right is another
 * question), and the next one where the border is so near that charts of other years may have it.
 */
function lawfulZones(
  zone: ZoneAnswer,
  billed: PricedZone | null,
  { beyondZone }: RateTables['zones'],
): readonly PricedZone[] {
  if (!zone.known) return [zone];
  const zones: PricedZone[] = [zone];
  if (billed?.known && billed.zone !== zone.zone) zones.push(billed);
  if (zone.nearEdge && zone.zone < beyondZone) zones.push({ known: true, zone: zone.zone + 1 });
  return zones;
}

/** The zone of the route, and the one before where the border is so near that charts of other years may have that. */
function cheapestZones(zone: ZoneAnswer, { limitsMiles }: RateTables['zones']): readonly PricedZone[] {
  if (!zone.known || !zone.nearEdge) return [zone];
  const fromNearer = zone.miles - (limitsMiles[zone.zone - 2] ?? -Infinity);
  const toFarther = (limitsMiles[zone.zone - 1] ?? Infinity) - zone.miles;
  return fromNearer < toFarther ? [zone, { known: true, zone: zone.zone - 1 }] : [zone];
}

/** By the clocks of the United States a purchase may have been made on the day before the one it is written with. */
const FARTHEST_WEST_MS = 10 * HOUR_MS;

/**
 * The days a label may be rated on: of purchase and of mailing. Prices change at midnight in America, so a purchase written
 * in the first hours of a change, in UTC, may be one of the day before. Days on one list are one day.
 */
function ratingDays(label: Label, tables: RateTables): readonly Day[] {
  const { purchasedDay, purchasedAt } = label;
  const mailed = mailingDay(label);
  const days = mailed === purchasedDay ? [mailed] : [purchasedDay, mailed];
  const american = purchasedAt === null ? purchasedDay : dayOf(purchasedAt - FARTHEST_WEST_MS);
  if (american < purchasedDay) days.push(american);
  if (days.length === 1) return days;
  const lists = days.map((day) => listOn(day, tables.lists));
  return days.filter((_, index) => lists[index] === null || lists.indexOf(lists[index] ?? null) === index);
}

interface RatingPlace {
  days: readonly Day[];
  tables: RateTables;
}

function judgedCharge(
  label: Label,
  expected: PriceAnswer,
  { zones, days, tables }: RatingPlace & { zones: readonly PricedZone[] },
): Pick<LabelRating, 'charge' | 'expectedCharge' | 'commercial' | 'ceiling'> {
  const charge = comparableCharge(label);
  if (!charge) {
    return { charge, expectedCharge: UNDIVIDED, commercial: UNDIVIDED, ceiling: UNDIVIDED };
  }
  const place = { charge, zones, days, tables };
  return {
    charge,
    expectedCharge: expectedCharge(label, expected, place),
    commercial: dearestCharge(label, 'commercial', place),
    ceiling: ceilingOf(label, tables.contracts.of(label.vendor), place),
  };
}

const UNDIVIDED: Amount & { known: false } = Object.freeze({
  known: false,
  reason: 'fee_unknown',
  message: 'One sum was charged for postage and for a service whose price nobody publishes.',
});

const NOT_ITEMISED: SurchargeRange = Object.freeze({
  known: false,
  reason: 'surcharge_unknown',
  message: 'The vendor does not itemise surcharges.',
});

/** The lawful floor, and the contract's where one covers the label. */
function floors(
  label: Label,
  place: RatingPlace & { zones: readonly PricedZone[] },
): Pick<LabelRating, 'floor' | 'contract'> {
  const agreed: Contract | null = place.tables.contracts.of(label.vendor);
  const contract = agreed && contractFloor(label, agreed, place);
  if (label.rateType !== 'contract') return { floor: floorOf(label, place), contract };
  return { floor: contract ?? NO_CONTRACT, contract };
}

const NO_CONTRACT: Floor = Object.freeze({
  known: false,
  reason: 'contract_price',
  message: "The label was sold at a contract's price, and no contract of the vendor that covers it is at hand.",
});

function pieceOf(label: Label, priceList: PriceList, day: Day): PostalPiece {
  return {
    service: label.service,
    packaging: ratedPackaging(label),
    priceList,
    weightMilliOz: label.weightMilliOz,
    dimensions: dimensionsOf(label),
    softPack: label.packaging === 'soft_pack',
    day,
  };
}

function foreignMessage(country: string): string {
  return `Domestic prices do not hold for ${country}.`;
}

function foreignRating(country: string, { eligibility }: RateTables): LabelRating {
  const message = foreignMessage(country);
  const price = unrated('foreign_destination', message, null);
  const unknown = { known: false, reason: 'foreign_destination', message } as const;
  return {
    zone: unknown,
    ends: { military: null, pacific: null },
    expected: price,
    charge: null,
    expectedCharge: unknown,
    commercial: unknown,
    ceiling: unknown,
    floor: unknown,
    contract: null,
    surcharges: unknown,
    cheapestCell: null,
    atBilledZone: null,
    alternative: null,
    eligibility,
    domestic: false,
  };
}

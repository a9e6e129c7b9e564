/** What a parcel of the month costs: the published price, and what its vendor asks for it. */
import type { Packaging, PriceList, Service } from '../../src/core/label/label.ts';
import { type RatedParcel, priceOf } from '../../src/core/rating/price.ts';
import type { RateTables } from '../../src/core/rating/tables.ts';
import { zoneOf } from '../../src/core/rating/zone.ts';
import type { Day } from '../../src/core/units/day.ts';
import { MILLI_OZ_PER_OZ } from '../../src/core/units/measure.ts';
import { roundToCents } from '../../src/core/units/money.ts';
import type { Chance } from './chance.ts';
import type { Parcel } from './parcel.ts';
import type { Pricing } from './vendor.ts';

export interface Piece {
  service: Service;
  packaging: Packaging;
  fromZip: string;
  toZip: string;
  weightOz: number;
  sides: readonly [number, number, number];
  day: Day;
  priceList: PriceList;
  /** Taken instead of the zone between the two ZIP codes. */
  zone?: number;
}

export interface Published {
  postageMills: number;
  surchargesMills: number;
}

/** Cubic and flat-rate prices that no list of the season holds are those of the last one that did, raised as the others were. */
const OTHER_DAYS: readonly (readonly [day: Day, percent: number])[] = [
  ['2026-08-15', 103],
  ['2025-11-15', 108],
];

/** The published price; null where no list tells it. */
export function published(piece: Piece, tables: RateTables): Published | null {
  const price = priceOf(ratedOf(piece), tables);
  if (!price.known) return null;
  const sum = (isPostage: boolean): number =>
    price.items.filter(({ item }) => POSTAGE.has(item) === isPostage).reduce((total, { mills }) => total + mills, 0);
  return { postageMills: sum(true), surchargesMills: sum(false) };
}

function ratedOf({ fromZip, toZip, weightOz, sides, ...rest }: Piece): RatedParcel {
  const [lengthMilliIn, widthMilliIn, heightMilliIn] = sides.map((inches) => Math.round(inches * 1000)) as Thousandths;
  return {
    ...rest,
    originZip: fromZip,
    destinationZip: toZip,
    weightMilliOz: Math.round(weightOz * MILLI_OZ_PER_OZ),
    dimensions: { lengthMilliIn, widthMilliIn, heightMilliIn },
  };
}

type Thousandths = [number, number, number];

const POSTAGE = new Set(['base', 'peak']);

/** The published price, or for want of it one that an honest vendor of the season could have asked. */
export function likelyPrice(piece: Piece, tables: RateTables): Published | null {
  const known = published(piece, tables);
  if (known) return known;
  for (const [day, percent] of OTHER_DAYS) {
    const other = published({ ...piece, day }, tables);
    if (other) return { ...other, postageMills: roundToCents((other.postageMills * percent) / 100) };
  }
  return null;
}

/** The zone of a route, and whether charts of other years may call it another. */
export function zoneBetween(piece: Piece, tables: RateTables): { zone: number; nearEdge: boolean } {
  const { fromZip, toZip, service, weightOz } = piece;
  const route = { originZip: fromZip, destinationZip: toZip, service, weightMilliOz: weightOz * MILLI_OZ_PER_OZ };
  const answer = zoneOf(route, tables.zones);
  if (!answer.known) throw new Error(answer.message);
  return { zone: answer.zone, nearEdge: answer.nearEdge };
}

/** The zone on the other side of the band's edge that the route lies at. */
export function zoneBeyondEdge({ fromZip, toZip, service, weightOz }: Piece, { zones }: RateTables): number {
  const weightMilliOz = weightOz * MILLI_OZ_PER_OZ;
  const answer = zoneOf({ originZip: fromZip, destinationZip: toZip, service, weightMilliOz }, zones);
  if (!answer.known) throw new Error(answer.message);
  const limits = EDGE_MILES.toSorted((a, b) => Math.abs(a - answer.miles) - Math.abs(b - answer.miles));
  return (limits[0] ?? 0) > answer.miles ? Math.min(8, answer.zone + 1) : Math.max(1, answer.zone - 1);
}

/** Miles at which the bands of the zones end (data/zones/zones.yaml). */
const EDGE_MILES = [50, 150, 300, 600, 1000, 1400, 1800];

/** What the vendor asks for a postage published at so much, and at so much at the counter. */
export function asked(chance: Chance, pricing: Pricing, of: { commercial: number; retail: number }): number {
  switch (pricing.by) {
    case 'share': {
      const off = pricing.off + chance.between(-pricing.wobble, pricing.wobble);
      return roundToCents(Math.round(of.commercial * (1 - off)));
    }
    case 'cents':
      return of.commercial - pricing.offMills;
    case 'commercial':
      return of.commercial;
    case 'contract':
      return roundToCents(Math.round(of.commercial * (1 - pricing.off)));
    case 'retail':
      break;
  }
  return of.retail;
}

/** The parcel as it is priced by weight, or by another weight, zone or service. */
export function pieceOf(parcel: Parcel, change: Partial<Piece> = {}): Piece {
  const { service, packaging, weightOz, sides, shipDay, from, to } = parcel;
  const own = { service, packaging, weightOz, sides, day: shipDay, fromZip: from.zip, toZip: to.zip };
  return { ...own, priceList: 'commercial', ...change };
}

/** What the carrier's own insurance of so much costs; null where no list of the season tells it. */
export function insuranceFee(piece: Piece, insuredMills: number, tables: RateTables): number | null {
  const without = priceOf(ratedOf(piece), tables);
  const insured = priceOf({ ...ratedOf(piece), extras: ['insurance'], insuredMills }, tables);
  return without.known && insured.known ? insured.mills - without.mills : null;
}

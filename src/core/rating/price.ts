/** The published price of one parcel on one day, itemised; or the reason why none can be stated. */
import type { ExtraService } from '../label/label.ts';
import { formatMills } from '../units/money.ts';
import type { FeesAnswer, PriceAnswer } from './answer.ts';
import { type ExtrasRequest, extrasOf } from './extras.ts';
import { type PostalPiece, type PricedZone, postageOf } from './postage.ts';
import { ZONE_COUNT, unrated } from './price-table.ts';
import { NO_FEES, type SurchargeCause, surchargesOf } from './surcharges.ts';
import { type RateTables, listOn } from './tables.ts';
import { bareZoneOf } from './zone.ts';

/** What a price depends on besides the zone. */
export interface WeighedParcel extends PostalPiece {
  /** What the sender says of the parcel that costs more; left out = nothing. */
  causes?: readonly SurchargeCause[];
  /** Left out = none. */
  extras?: readonly ExtraService[];
  /** The cover bought from USPS; left out = none. */
  insuredMills?: number | null;
  /** Decides the fee of registered mail. */
  declaredMills?: number | null;
}

/** A parcel between two ZIP codes, or in a zone that somebody else states. */
export interface RatedParcel extends WeighedParcel {
  originZip: string | null;
  destinationZip: string | null;
  /** Taken instead of the zone between the ZIP codes. */
  zone?: number;
}

/** The published price of a parcel. Its items sum to it; nothing is estimated; never throws. */
export function priceOf(parcel: RatedParcel, tables: RateTables): PriceAnswer {
  const zone = parcel.zone === undefined ? bareZoneOf(parcel, tables.zones) : statedZone(parcel.zone);
  return priceInZone(parcel, zone, tables);
}

/** A zone as written by a vendor; unknown when there is no such zone. */
export function statedZone(zone: number): PricedZone {
  if (Number.isInteger(zone) && zone >= 1 && zone <= ZONE_COUNT) return { known: true, zone };
  return { known: false, reason: 'zone_unknown', message: `There is no zone ${zone}; zones are 1 to ${ZONE_COUNT}.` };
}

/** The published price in a zone that is already decided, as `priceOf`: postage, surcharges and extra services. */
export function priceInZone(parcel: WeighedParcel, zone: PricedZone, tables: RateTables): PriceAnswer {
  const postage = postageOf(parcel, zone, tables);
  if (!postage.known) return postage;
  const buysExtras = buysAny(parcel);
  // Most parcels owe nothing more: their answer is the one made with the table.
  if (!buysExtras && parcel.dimensions === null && !parcel.causes) return postage;
  const list = listOn(parcel.day, tables.lists);
  if (!list) return postage;
  const surcharges = surchargesOf(parcel, list);
  const fees = buysExtras ? extrasOf(extrasRequest(parcel), list) : NO_FEES;
  return surcharges === NO_FEES && fees === NO_FEES ? postage : sumOf(postage, [surcharges, fees]);
}

function buysAny({ extras, insuredMills }: WeighedParcel): boolean {
  return (extras !== undefined && extras.length > 0) || (insuredMills ?? null) !== null;
}

function extrasRequest(parcel: WeighedParcel): ExtrasRequest {
  const { service, priceList, extras = [], insuredMills = null, declaredMills = null } = parcel;
  return { service, priceList, extras, insuredMills, declaredMills };
}

/** Postage and fees in one answer; unknown where a part is, with what is known of the sum. */
function sumOf(postage: Extract<PriceAnswer, { known: true }>, fees: readonly FeesAnswer[]): PriceAnswer {
  let { mills } = postage;
  let items = postage.items;
  let unknown: Extract<FeesAnswer, { known: false }> | null = null;
  for (const part of fees) {
    mills += part.known ? part.mills : part.atLeastMills;
    if (part.known) items = [...items, ...part.items];
    else unknown ??= part;
  }
  if (unknown) {
    const message = `${unknown.message} Without it the price is ${formatMills(mills)}.`;
    return unrated(unknown.reason, message, postage.zone, mills);
  }
  return { ...postage, mills, items };
}

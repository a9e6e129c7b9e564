/** Everything rating says about one purchased label: zone, published prices, floor. Rules judge by it. */
import { type Label, type PriceList, mailingDay } from '../label/label.ts';
import type { Day } from '../units/day.ts';
import type { Alternative } from './alternative.ts';
import type { PriceAnswer, ZoneAnswer } from './answer.ts';
import type { Eligibility } from './eligibility.ts';
import { type CheapestCell, type Floor, cheapestCellOn, floorOf } from './floor.ts';
import { dimensionsOf, ratedPackaging, routeOf } from './parcel-of.ts';
import type { PricedZone } from './postage.ts';
import { type WeighedParcel, priceInZone, statedZone } from './price.ts';
import type { RateTables } from './tables.ts';
import { unrated } from './price-table.ts';
import { type RouteEnds, endsOf, zoneOf } from './zone.ts';

export interface LabelRating {
  /** From the origin the label was rated by, else its origin, to its destination. */
  zone: ZoneAnswer;
  /** Whether the route begins or ends at a military post office or in the Pacific area. */
  ends: RouteEnds;
  /** The published commercial price on the mailing day. */
  expected: PriceAnswer;
  /** The published retail price on the mailing day. */
  retail: PriceAnswer;
  /** The cheapest published commercial price on the day of purchase or mailing, before any discount. */
  floor: Floor;
  /** The product's cheapest published commercial cell on the cheaper of those days; null when one has no list. */
  cheapestCell: CheapestCell | null;
  /** The expected price in the zone the vendor billed; null without a billed zone. */
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
  const { destinationCountry } = label;
  if (!tables.zones.domesticPlaces.has(destinationCountry)) return foreignRating(destinationCountry, tables);
  const { originZip, destinationZip } = routeOf(label);
  const { service, weightMilliOz } = label;
  const zone = zoneOf({ originZip, destinationZip, service, weightMilliOz }, tables.zones);
  const mailed = mailingDay(label);
  const priceFor = (priceList: PriceList, day: Day, inZone: PricedZone): PriceAnswer =>
    priceInZone(weighed(label, priceList, day), inZone, tables);
  const expected = priceFor('commercial', mailed, zone);
  const days = mailed === label.purchasedDay ? [mailed] : [label.purchasedDay, mailed];
  const prices = days.map((day) => ({ day, price: day === mailed ? expected : priceFor('commercial', day, zone) }));
  return {
    zone,
    ends: endsOf({ originZip, destinationZip }, tables.zones),
    expected,
    retail: priceFor('retail', mailed, zone),
    floor: floorOf(label, prices, tables),
    cheapestCell: cheapestCellOn(service, days, tables),
    atBilledZone: label.zone === null ? null : priceFor('commercial', mailed, statedZone(label.zone)),
    alternative: null,
    eligibility: tables.eligibility,
    domestic: true,
  };
}

function weighed(label: Label, priceList: PriceList, day: Day): WeighedParcel {
  return {
    service: label.service,
    packaging: ratedPackaging(label),
    priceList,
    weightMilliOz: label.weightMilliOz,
    dimensions: dimensionsOf(label),
    day,
  };
}

function foreignRating(country: string, { eligibility }: RateTables): LabelRating {
  const message = `Domestic prices do not hold for ${country}.`;
  const price = unrated('foreign_destination', message, null);
  const unknown = { known: false, reason: 'foreign_destination', message } as const;
  return {
    zone: unknown,
    ends: { military: null, pacific: null },
    expected: price,
    retail: price,
    floor: unknown,
    cheapestCell: null,
    atBilledZone: null,
    alternative: null,
    eligibility,
    domestic: false,
  };
}

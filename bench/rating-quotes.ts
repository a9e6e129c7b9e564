/** A realistic mix of parcels to price: a seller's services, weights, sizes and destinations, the same in every run. */
import type { Dimensions } from '../src/core/label/label.ts';
import type { RatedParcel } from '../src/core/rating/price.ts';
import { HAS_PLACE, type ZoneTables } from '../src/core/rating/zone-tables.ts';
import { zoneOf } from '../src/core/rating/zone.ts';
import { addDays } from '../src/core/units/day.ts';
import { MILLI_IN_PER_IN, MILLI_OZ_PER_LB, MILLI_OZ_PER_OZ } from '../src/core/units/measure.ts';
import { Dice } from '../test/support/month/dice.ts';
import { WAREHOUSES } from '../test/support/month/places.ts';

const FIRST_DAY = '2026-07-12';
const DAYS = 180;
/** Of ten parcels: small ones are many, and so is Ground Advantage. */
const SERVICES = [
  ...Array.from({ length: 6 }, () => 'ground_advantage' as const),
  ...Array.from({ length: 3 }, () => 'priority_mail' as const),
  'priority_mail_express' as const,
];
const ITEMS = ['medium_flat_rate_box', 'padded_flat_rate_envelope', 'flat_rate_envelope'] as const;

/**
 * So many parcels to anywhere there is a place, one in two hundred to a ZIP that lies nowhere; a third have sides, some
 * of them large, and one in twenty Priority parcels is a flat-rate item.
 */
export function makeQuotes(count: number, { areas }: ZoneTables): RatedParcel[] {
  const places = [...areas.keys()].filter((area) => ((areas[area] ?? 0) & HAS_PLACE) !== 0);
  const dice = new Dice(20_261_123);
  return Array.from({ length: count }, () => {
    const service = dice.pick(SERVICES);
    const item = service === 'priority_mail' && dice.chance(0.05);
    return {
      service,
      packaging: item ? dice.pick(ITEMS) : 'package',
      // Express is published for retail only since July.
      priceList: service !== 'priority_mail_express' && dice.chance(0.9) ? 'commercial' : 'retail',
      originZip: dice.pick(WAREHOUSES).zip,
      destinationZip: zipIn(dice.chance(0.005) ? 0 : dice.pick(places), dice),
      weightMilliOz: dice.chance(0.5)
        ? dice.whole(1, 16) * MILLI_OZ_PER_OZ
        : dice.whole(1, dice.chance(0.9) ? 20 : 75) * MILLI_OZ_PER_LB,
      dimensions: !item && dice.chance(0.33) ? sides(dice) : null,
      day: addDays(FIRST_DAY, dice.whole(0, DAYS)),
    };
  });
}

function zipIn(area: number, dice: Dice): string {
  return String(area * 100 + dice.whole(1, 99)).padStart(5, '0');
}

function sides(dice: Dice): Dimensions {
  const side = (greatest: number): number => dice.whole(2 * MILLI_IN_PER_IN, greatest * MILLI_IN_PER_IN);
  const large = dice.chance(0.15);
  return {
    lengthMilliIn: side(large ? 36 : 16),
    widthMilliIn: side(large ? 20 : 12),
    heightMilliIn: side(large ? 16 : 8),
  };
}

/** Whether a join on a zone and a price table can price a parcel: a package without sides, between two charted areas. */
export function isPlain(parcel: RatedParcel, tables: ZoneTables): boolean {
  if (parcel.packaging !== 'package' || parcel.dimensions !== null) return false;
  const zone = zoneOf(parcel, tables);
  return zone.known && (zone.how === 'distance' || zone.how === 'same_area' || zone.how === 'exception');
}

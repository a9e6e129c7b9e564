/** Where and when a month of the benchmark happens: its season, its days of mailing, its warehouses and its destinations. */
import { join } from 'node:path';
import { readCsv } from '../../src/catalog/csv.ts';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { isBusinessDay } from '../../src/core/units/calendar.ts';
import { type Day, HOUR_MS, type Instant, addDays, startOfDay } from '../../src/core/units/day.ts';
import { TOWNS, type Town } from '../../test/support/month/places.ts';
import type { Chance } from './chance.ts';

/** A place parcels travel from and to, and the town whose facility sorts for it. */
export interface Place extends Town {
  hub: Town;
}

export interface Season {
  first: Day;
  last: Day;
  /** The clock of the audit: so long after the month that its parcels have arrived or never will. */
  asOf: Instant;
}

export interface World {
  season: Season;
  /** Days on which the seller ships. */
  shipDays: readonly Day[];
  warehouses: readonly Place[];
  /** A destination on the mainland; where people live more parcels go. */
  destination: () => Place;
  /** A serial no other international number of the month has. */
  serialAbroad: () => number;
}

/**
 * Months of which the published lists differ: November 2025 is covered whole, August 2026 lacks cubic prices, and November
 * 2026 lies in the peak season and lacks those of cubic and flat-rate, too.
 */
const MONTHS: readonly (readonly [first: Day, days: number])[] = [
  ['2025-11-01', 30],
  ['2026-08-01', 31],
  ['2026-11-01', 30],
];

/** Areas whose zones and distances say little: Alaska, Hawaii and the Pacific, islands, and those of no state. */
const NOT_MAINLAND = new Set(['', 'AK', 'HI', 'GU', 'PR', 'VI', 'AS', 'MP', 'AE', 'AA', 'AP']);
const WAREHOUSE_ZIPS = ['90058', '08817', '75201', '30303', '60607'];

interface Area {
  zip3: string;
  state: string;
  latitude: number;
  longitude: number;
}

export function worldOf(chance: Chance, root: string, catalog: Catalog): World {
  const areas = readAreas(root);
  const season = seasonOf(chance);
  const hubs = TOWNS.filter(({ state }) => !NOT_MAINLAND.has(state)).flatMap((town) => {
    const area = areas.find(({ zip3 }) => zip3 === town.zip.slice(0, 3));
    return area ? [{ town, area }] : [];
  });
  const placeIn = (area: Area, ending: string): Place => {
    const hub = nearest(hubs, area);
    const own = hub.zip.slice(0, 3) === area.zip3;
    return {
      city: own ? hub.city : `${area.state} ${area.zip3}`,
      state: area.state,
      zip: `${area.zip3}${ending}`,
      hub,
    };
  };
  const ending = (): string => String(chance.whole(1, 98)).padStart(2, '0');
  const destination = (): Place => placeIn(chance.chance(0.55) ? chance.pick(hubs).area : chance.pick(areas), ending());
  const warehouses = chance
    .shuffled(WAREHOUSE_ZIPS)
    .slice(0, chance.whole(2, 3))
    .flatMap((zip) => areas.filter(({ zip3 }) => zip.startsWith(zip3)).map((area) => placeIn(area, zip.slice(3))));
  let abroad = chance.whole(1_000_000, 80_000_000);
  const serialAbroad = (): number => (abroad += 1);
  return { season, shipDays: shipDaysOf(season, catalog), warehouses, destination, serialAbroad };
}

function seasonOf(chance: Chance): Season {
  const [first, days] = chance.pick(MONTHS);
  const last = addDays(first, days - 1);
  return { first, last, asOf: startOfDay(addDays(last, chance.whole(14, 17))) + 6 * HOUR_MS };
}

/** Monday to Saturday without holidays; Saturdays once, the other days twice, so that fewer parcels leave on them. */
function shipDaysOf({ first, last }: Season, { calendar }: Catalog): Day[] {
  const days: Day[] = [];
  for (let day = addDays(first, 2); day <= last; day = addDays(day, 1)) {
    if (isBusinessDay(day, calendar) !== true) continue;
    days.push(day);
    if (new Date(startOfDay(day)).getUTCDay() !== 6) days.push(day);
  }
  return days;
}

function readAreas(root: string): Area[] {
  return readCsv(join(root, 'data/zones/points.csv'))
    .rows.map(({ cells }) => ({
      zip3: cells['zip3'] ?? '',
      state: cells['state'] ?? '',
      latitude: Number(cells['latitude']),
      longitude: Number(cells['longitude']),
    }))
    .filter(({ state, zip3 }) => !NOT_MAINLAND.has(state) && !/^(?:09|340|96[2-9])/.test(zip3));
}

/** By squares of degrees, a degree of longitude taken for three quarters of one of latitude: near enough for a facility. */
function nearest(hubs: readonly { town: Town; area: Area }[], { latitude, longitude }: Area): Town {
  const squares = (other: Area): number => {
    const [north, east] = [other.latitude - latitude, 0.75 * (other.longitude - longitude)];
    return north * north + east * east;
  };
  const [first] = hubs.toSorted((a, b) => squares(a.area) - squares(b.area));
  if (!first) throw new Error('there is no town with a facility');
  return first.town;
}

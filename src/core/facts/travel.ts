/** Facts about where a parcel was: against where it should have been, and against what can be travelled. */
import type { JourneyDigest, PhysicalScan, Place } from '../journey/digest.ts';
import { HOUR_MS } from '../units/day.ts';
import { zip3Of } from '../units/zip.ts';
import { type Fact, type FactSpec, factsOf } from './fact.ts';
import type { JudgeInput } from './input.ts';
import { hasSpoken, scanned, seen, stated } from './journey.ts';

const nothingShown = 'nothing is known of the parcel, or the only answers were refusals and errors';
const noLeap = 'no two scans of the parcel are remarkably far apart for their time';
const fewScans =
  'fewer than two scans name a ZIP that has a place on the map, and no answer says that there are none at all';
const noDeliveries = 'the parcel was not delivered at two places';

/** The ZIP behind 420 in the number, else the column of the label; none abroad, where postal codes are others. */
export function labelDestination({ label, rating }: Pick<JudgeInput, 'label' | 'rating'>): string | null {
  return rating.domestic ? (label.routingZip?.slice(0, 5) ?? label.destinationZip) : null;
}

/** A journey whose scans can be compared: of two places at least, or none where it is known that there are none. */
function comparable({ journey }: JudgeInput): JourneyDigest | null {
  if (journey === null) return null;
  return journey.located >= 2 || scanned(journey) === false ? journey : null;
}

function placeText({ city, state, zip }: Place): string {
  return [city, state, zip].filter((part) => part !== null).join(' ');
}

/** The smallest distance from the first scan to one of these places. */
function milesFrom(zips: readonly string[], { journey, atlas }: JudgeInput): number | null {
  const first = journey?.firstScan?.zip ?? null;
  if (first === null) return null;
  const miles = zips.map((zip) => atlas.miles(zip, first));
  // An origin without a place on the map may be the near one.
  const known = miles.filter((distance) => distance !== null);
  return known.length === 0 || known.length < miles.length ? null : Math.round(Math.min(...known));
}

/** None where the origin itself is not stated: the place a vendor rates from may be another. */
function originsOf({ label: { originZip, ratedOriginZip } }: JudgeInput): string[] {
  return originZip === null ? [] : [originZip, ratedOriginZip].filter((zip) => zip !== null);
}

/** Where the parcel was delivered and where it should have been; null where either is not known, or nobody is told. */
function deliveredPair(input: JudgeInput): { delivered: string; destination: string } | null {
  const delivered = input.journey?.delivered?.zip?.slice(0, 5) ?? null;
  const destination = labelDestination(input);
  if (delivered === null || destination === null || input.atlas.isMilitary(destination)) return null;
  return { delivered, destination };
}

function cityOf({ city, state }: Place): string | null {
  return city === null || state === null ? null : `${city} ${state}`.toUpperCase();
}

/** Whether two scans may be of places apart and nothing tells how far: no distance is known, and they do not name one city. */
function mayLieApart(one: PhysicalScan, other: PhysicalScan, atlas: JudgeInput['atlas']): boolean {
  if (one.zip !== null && other.zip !== null && (one.zip === other.zip || atlas.miles(one.zip, other.zip) !== null)) {
    return false;
  }
  const city = cityOf(one);
  return city === null || city !== cityOf(other);
}

/**
 * Whether a second delivery is on file whose distance from the first cannot be told. The journey keeps the first delivery, the
 * last scan and those of a few mailpieces; a delivery in the middle that names no ZIP is not among them.
 */
function hasUnplacedDelivery({ journey, atlas }: JudgeInput): boolean {
  const first = journey?.delivered ?? null;
  if (journey === null || first === null) return false;
  const { lastScan, pieces, returnedAt, divertedAt } = journey;
  const later = [lastScan, ...(pieces ?? []).map(({ delivered }) => delivered)];
  return later.some((scan) => {
    if (scan?.stage !== 'delivered' || scan.at <= first.at) return false;
    // What follows a return is the sender's own, and what was led elsewhere after the first may lawfully end there.
    if (returnedAt !== null && returnedAt <= scan.at) return false;
    if (divertedAt !== null && divertedAt >= first.at && divertedAt <= scan.at) return false;
    return mayLieApart(first, scan, atlas);
  });
}

type Leg = { from: PhysicalScan; to: PhysicalScan; miles: number };

function legFacts(
  name: string,
  unknownWhen: string,
  of: (journey: JourneyDigest) => Leg | null,
): Record<string, FactSpec> {
  const leg = ({ journey }: JudgeInput): Leg | null => (journey ? of(journey) : null);
  const end = (which: 'from' | 'to', words: string): Record<string, FactSpec> => ({
    [`${name}_${which}_at`]: {
      type: 'double',
      unit: 'instant',
      meaning: `When the parcel was seen at the ${words} of the two places.`,
      unknownWhen,
      of: (input) => leg(input)?.[which].at,
    },
    [`${name}_${which}_place`]: {
      type: 'string',
      unit: 'text',
      meaning: `The ${words} of the two places, as its scan names it.`,
      unknownWhen,
      of: (input) => {
        const scan = leg(input)?.[which];
        return scan && placeText(scan);
      },
    },
  });
  return { ...end('from', 'first'), ...end('to', 'second') };
}

export const travelFacts: Fact[] = factsOf('travel', {
  leap_miles: {
    type: 'double',
    unit: 'miles',
    meaning:
      'Miles between the two scans, both with a ZIP, that are the hardest to have travelled between; 0 where none are remarkable. Scans after a return or a forwarding are left out.',
    unknownWhen: fewScans,
    of: (input) => {
      const journey = comparable(input);
      return journey && (journey.leap?.miles ?? 0);
    },
  },
  leap_hours: {
    type: 'double',
    unit: 'hours',
    meaning: 'Hours between those two scans; 0 where none are remarkable.',
    unknownWhen: fewScans,
    of: (input) => {
      const journey = comparable(input);
      return journey && (journey.leap === null ? 0 : (journey.leap.to.at - journey.leap.from.at) / HOUR_MS);
    },
  },
  leap_scans: {
    type: 'double',
    unit: 'count',
    meaning: 'Scans near the one and near the other of those two places, the smaller number of the two.',
    unknownWhen: noLeap,
    of: ({ journey }) => (journey?.leap ? Math.min(journey.leap.fromScans, journey.leap.toScans) : null),
  },
  ...legFacts('leap', noLeap, ({ leap }) => leap),
  deliveries_miles: {
    type: 'double',
    unit: 'miles',
    meaning:
      'Miles between the two places at which the parcel was delivered with nothing between that explains it; 0 where it was not.',
    unknownWhen: `${nothingShown}; or there is a second delivery, and an event that may explain it cannot be read or one of the two has no place on the map`,
    of: (input) => {
      const { journey } = input;
      if (journey?.twoDeliveries) return journey.unread > 0 ? null : journey.twoDeliveries.miles;
      if (hasUnplacedDelivery(input)) return null;
      return journey && hasSpoken(journey) ? 0 : null;
    },
  },
  deliveries_scans: {
    type: 'double',
    unit: 'count',
    meaning: 'Scans near the one and near the other of those two places, the smaller number of the two.',
    unknownWhen: noDeliveries,
    of: ({ journey }) => {
      const two = journey?.twoDeliveries;
      return two ? Math.min(two.firstScans, two.secondScans) : null;
    },
  },
  ...legFacts('deliveries', noDeliveries, ({ twoDeliveries: two }) =>
    two === null ? null : { from: two.first, to: two.second, miles: two.miles },
  ),
  first_scan_is_acceptance: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'The first physical scan is the acceptance of the parcel (03); false also where it is known that there is none.',
    unknownWhen: 'no physical scan is known, nor that there is none',
    of: ({ journey }) => {
      if (journey?.firstScan) return journey.firstScan.stage === 'accepted';
      return journey && scanned(journey) === false ? false : null;
    },
  },
  first_scan_place: {
    type: 'string',
    unit: 'text',
    meaning: 'Where the first physical scan was made, as it names the place.',
    unknownWhen: 'no physical scan is known',
    of: ({ journey }) => journey?.firstScan && placeText(journey.firstScan),
  },
  first_scan_miles: {
    type: 'double',
    unit: 'miles',
    meaning:
      'Miles from the first physical scan to the origin of the label, or to the one it was rated from if that is nearer.',
    unknownWhen: 'the scan names no ZIP, the label no origin, or one of them has no place on the map',
    of: (input) => milesFrom(originsOf(input), input),
  },
  first_scan_warehouse_miles: {
    type: 'double',
    unit: 'miles',
    meaning:
      'Miles from the first physical scan to the nearest of our own warehouses; to the origin where no file of them was given.',
    unknownWhen:
      'the scan names no ZIP, a warehouse has no place on the map, or no warehouse is on file and the origin is not known either',
    of: (input) => {
      const { warehouses } = input.own;
      return milesFrom(warehouses === null || warehouses.length === 0 ? originsOf(input) : warehouses, input);
    },
  },
  delivered_place: {
    type: 'string',
    unit: 'text',
    meaning: 'Where the parcel was delivered, as the scan names the place.',
    unknownWhen: 'no delivery is known',
    of: ({ journey }) => journey?.delivered && placeText(journey.delivered),
  },
  destination_zip: {
    type: 'string',
    unit: 'zip',
    meaning: 'Where the label says the parcel goes: the ZIP in its barcode, else the one of its row.',
    unknownWhen: 'neither states one',
    of: labelDestination,
  },
  delivered: {
    type: 'bool',
    unit: 'flag',
    meaning: 'A delivery is known that no return came before; false where a source showed the parcel and none.',
    unknownWhen: nothingShown,
    of: stated((journey) => journey.delivered !== null),
  },
  delivered_in_area: {
    type: 'bool',
    unit: 'flag',
    meaning: 'The parcel was delivered in the 3-digit ZIP area the label says it goes to.',
    unknownWhen:
      'no delivery is known, the scan or the label names no ZIP, or the label goes to a military post office',
    of: (input) => {
      const pair = deliveredPair(input);
      return pair && zip3Of(pair.delivered) === zip3Of(pair.destination);
    },
  },
  delivered_miles: {
    type: 'double',
    unit: 'miles',
    meaning: 'Miles from where the parcel was delivered to where the label says it goes.',
    unknownWhen: 'either is not known, or one of them has no place on the map',
    of: (input) => {
      const pair = deliveredPair(input);
      const miles = pair && input.atlas.miles(pair.delivered, pair.destination);
      return miles === null ? null : Math.round(miles);
    },
  },
  diverted: {
    type: 'bool',
    unit: 'flag',
    meaning:
      'Before or with its delivery the parcel was refused, forwarded, held, returned, or handed to an agent or the military: it may lawfully end elsewhere.',
    unknownWhen: 'nothing is known of the parcel; or none of these is known, and an event cannot be read',
    of: ({ journey }) => {
      if (journey === null) return null;
      const { divertedAt, delivered } = journey;
      const before = divertedAt !== null && (delivered === null || divertedAt <= delivered.at);
      return seen(before ? divertedAt : null, journey);
    },
  },
});

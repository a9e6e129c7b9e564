/**
 * The zone between two ZIP codes: read from the byte of their 3-digit areas, with military mail by way of its gateway
 * and the two zones of the Pacific area decided by service, weight and the last two digits.
 */
import type { Service } from '../label/label.ts';
import { formatThousandths } from '../units/measure.ts';
import type { ZoneAnswer } from './answer.ts';
import { milesOf, squaredChord } from './great-circle.ts';
import {
  AREA_COUNT,
  BY_GATEWAY,
  CHARTED,
  HAS_PLACE,
  LISTED,
  MILITARY,
  NEAR_EDGE,
  ZONE_BITS,
  type ZoneTables,
  pairIndex,
} from './zone-tables.ts';

export interface Route {
  /** Five digits; null or '' = not stated. */
  originZip: string | null;
  destinationZip: string | null;
  service: Service;
  /** Decides whether military mail goes by the gateway where that depends on weight. */
  weightMilliOz: number | null;
}

/** A zone without its distance, or why there is none. */
export type BareZone = { known: true; zone: number } | Unknown;

type Unknown = Extract<ZoneAnswer, { known: false }>;
type How = Extract<ZoneAnswer, { known: true }>['how'];

/** One answer a zone, made once: a zone has four bits. */
const bareZones: readonly BareZone[] = Object.freeze(
  Array.from({ length: ZONE_BITS + 1 }, (_, zone) => Object.freeze({ known: true as const, zone })),
);

/** Added to the byte of a route whose destination end is the gateway. */
const VIA_GATEWAY = 0x100;

/** The zone of a route, with its distance and how it was decided; or why it cannot be. Never throws. */
export function zoneOf(route: Route, tables: ZoneTables): ZoneAnswer {
  const byte = decide(route, tables);
  if (typeof byte !== 'number') return byte;
  const origin = areaOf(route.originZip);
  const destination = areaOf(route.destinationZip);
  const gateway = (byte & VIA_GATEWAY) !== 0;
  const chord = gateway
    ? squaredChord(tables.vectors, origin, tables.gatewayVector, 0)
    : squaredChord(tables.vectors, origin, tables.vectors, destination);
  return {
    known: true,
    zone: byte & ZONE_BITS,
    // Tenths of a mile: finer would be false precision, and would differ between machines' arithmetic.
    miles: Math.round(milesOf(chord, tables.earthRadiusMiles) * 10) / 10,
    nearEdge: (byte & NEAR_EDGE) !== 0,
    how: howDecided(byte, { origin, destination }, tables),
  };
}

/** The zone of a route as `zoneOf` decides it, without distance and reason: what pricing many parcels needs. */
export function bareZoneOf(route: Route, tables: ZoneTables): BareZone {
  const byte = decide(route, tables);
  if (typeof byte !== 'number') return byte;
  return bareZones[byte & ZONE_BITS] ?? { known: true, zone: byte & ZONE_BITS };
}

/** Whether either end of a route is a place whose zone the 3-digit charts alone do not tell; null = an end is missing. */
export interface RouteEnds {
  military: boolean | null;
  /** The Pacific area, which the 3-digit charts print as one zone although it has two. */
  pacific: boolean | null;
}

/** What kinds of places a route leads from and to. */
export function endsOf(
  { originZip, destinationZip }: Pick<Route, 'originZip' | 'destinationZip'>,
  tables: ZoneTables,
): RouteEnds {
  const [origin, destination] = [areaOf(originZip), areaOf(destinationZip)];
  const either = (is: (area: number) => boolean): boolean | null => {
    if (is(origin) || is(destination)) return true;
    return origin === NO_AREA || destination === NO_AREA ? null : false;
  };
  return {
    military: either((area) => ((tables.areas[area] ?? 0) & MILITARY) !== 0),
    pacific: either((area) => area === tables.pacific.zip3),
  };
}

/** The byte of the route, perhaps with VIA_GATEWAY; this runs for every label and quote, several times. */
function decide({ originZip, destinationZip, service, weightMilliOz }: Route, tables: ZoneTables): number | Unknown {
  const { areas, pairs, pacific } = tables;
  const origin = areaOf(originZip);
  if (((areas[origin] ?? 0) & HAS_PLACE) === 0) return unknownEnd(originZip, 'origin');
  const destination = areaOf(destinationZip);
  const ends = areas[destination] ?? 0;
  if ((ends & HAS_PLACE) === 0) return unknownEnd(destinationZip, 'destination');
  // The published exceptions are for mail going to military ZIP codes; between them and from them the charts hold.
  if ((ends & BY_GATEWAY) !== 0 && ((areas[origin] ?? 0) & MILITARY) === 0) {
    const under = tables.gatewayUnderMilliOz[service] ?? 0;
    if (weightMilliOz === null && under > 0 && under < Infinity) return weightMissing(under);
    if (under === Infinity || (weightMilliOz ?? 0) < under) return (tables.toGateway[origin] ?? 0) | VIA_GATEWAY;
  }
  const byte = pairs[pairIndex(origin, destination)] ?? 0;
  if (destination !== pacific.zip3 || origin === destination || (byte & (LISTED | CHARTED)) !== 0) return byte;
  return pacific.zoneByEnding[endingOf(destinationZip ?? '')] ?? byte;
}

const NO_AREA = AREA_COUNT;
/** The character code of the digit 0. */
const ZERO = 48;

/** The 3-digit area of a ZIP, read by character; `NO_AREA` unless it is five digits. */
function areaOf(zip: string | null): number {
  if (zip === null || zip.length !== 5) return NO_AREA;
  let area = 0;
  for (let index = 0; index < 5; index += 1) {
    const digit = zip.charCodeAt(index) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return NO_AREA;
    if (index < 3) area = area * 10 + digit;
  }
  return area;
}

function endingOf(zip: string): number {
  return (zip.charCodeAt(3) - ZERO) * 10 + zip.charCodeAt(4) - ZERO;
}

function howDecided(
  byte: number,
  { origin, destination }: { origin: number; destination: number },
  tables: ZoneTables,
): How {
  if ((byte & CHARTED) !== 0) return 'chart';
  if ((byte & VIA_GATEWAY) !== 0) return 'military_gateway';
  if (origin === destination) return 'same_area';
  if ((byte & LISTED) !== 0) return 'exception';
  if (destination !== tables.pacific.zip3) return 'distance';
  return (byte & ZONE_BITS) === tables.pacific.freelyAssociatedZone ? 'freely_associated_state' : 'pacific_969';
}

/** Why an end of the route has no area with a reference point. */
function unknownEnd(zip: string | null, end: 'origin' | 'destination'): Unknown {
  if (zip === null || zip === '') {
    return { known: false, reason: 'zip_missing', message: `The ${end} ZIP is not stated.` };
  }
  if (areaOf(zip) === NO_AREA) {
    const shown = JSON.stringify(zip.length > 20 ? `${zip.slice(0, 20)}...` : zip);
    return { known: false, reason: 'zip_unknown', message: `The ${end} ZIP ${shown} is not five digits.` };
  }
  const message = `The ${end} ZIP ${zip} lies in no 3-digit area with a known place.`;
  return { known: false, reason: 'zip_unknown', message };
}

function weightMissing(underMilliOz: number): Unknown {
  const limit = formatThousandths(underMilliOz);
  const message = `The zone of military mail depends on whether the parcel is under ${limit} oz, and no weight is stated.`;
  return { known: false, reason: 'weight_missing', message };
}

/**
 * The zone between two ZIP codes: the straight line between the reference points of their 3-digit areas, cut at the
 * published limits, with the same area, listed pairs, military mail and the Pacific decided apart.
 */
import type { Service } from '../label/label.ts';
import { formatThousandths } from '../units/measure.ts';
import type { ZoneAnswer } from './answer.ts';
import { type ZoneTables, pairKey } from './zone-tables.ts';

export interface Route {
  /** Five digits; null or '' = not stated. */
  originZip: string | null;
  destinationZip: string | null;
  service: Service;
  /** Decides whether military mail goes by the gateway where that depends on weight. */
  weightMilliOz: number | null;
}

type Unknown = Extract<ZoneAnswer, { known: false }>;

const zip5 = /^\d{5}$/;
/** The character code of the digit 0. */
const ZERO = 48;

/** The zone of a route, with its distance and how it was decided; or why it cannot be. Never throws. */
export function zoneOf(route: Route, tables: ZoneTables): ZoneAnswer {
  const { originZip, destinationZip } = route;
  const origin = areaOf(originZip, 'origin', tables);
  if (typeof origin !== 'number') return origin;
  const destination = areaOf(destinationZip, 'destination', tables);
  if (typeof destination !== 'number') return destination;
  if (origin === destination) return { known: true, zone: 1, miles: 0, nearEdge: false, how: 'same_area' };
  const gateway = byGateway(route, { origin, destination }, tables);
  if (typeof gateway !== 'boolean') return gateway;
  const miles = milesBetween({ origin, destination, gateway }, tables);
  const apart = decidedApart(destinationZip ?? '', { origin, destination, gateway }, tables);
  if (apart) return { known: true, zone: apart.zone, miles: roundMiles(miles), nearEdge: false, how: apart.how };
  return {
    known: true,
    zone: bandOf(miles, tables),
    miles: roundMiles(miles),
    nearEdge: tables.limitsMiles.some((limit) => Math.abs(miles - limit) <= tables.edgeMarginMiles),
    how: gateway ? 'military_gateway' : 'distance',
  };
}

interface Areas {
  origin: number;
  destination: number;
}

/** The first three digits as a number, read by character: this runs for every label, several times. */
function area(zip: string): number {
  return (zip.charCodeAt(0) - ZERO) * 100 + (zip.charCodeAt(1) - ZERO) * 10 + zip.charCodeAt(2) - ZERO;
}

/** The 3-digit area at one end of the route, when it has a reference point. */
function areaOf(zip: string | null, end: 'origin' | 'destination', tables: ZoneTables): number | Unknown {
  if (zip === null || zip === '') {
    return { known: false, reason: 'zip_missing', message: `The ${end} ZIP is not stated.` };
  }
  if (!zip5.test(zip)) {
    const shown = JSON.stringify(zip.length > 20 ? `${zip.slice(0, 20)}...` : zip);
    return { known: false, reason: 'zip_unknown', message: `The ${end} ZIP ${shown} is not five digits.` };
  }
  if (tables.hasPoint[area(zip)] === 1) return area(zip);
  return {
    known: false,
    reason: 'zip_unknown',
    message: `The ${end} ZIP ${zip} lies in no 3-digit area with a known place.`,
  };
}

function bandOf(miles: number, { limitsMiles, beyondZone }: ZoneTables): number {
  const band = limitsMiles.findIndex((limit) => miles <= limit);
  return band === -1 ? beyondZone : band + 1;
}

/** Whether the military gateway stands for the military end of the route; unknown when a missing weight decides it. */
function byGateway(route: Route, { origin, destination }: Areas, tables: ZoneTables): boolean | Unknown {
  const { zip3s, services } = tables.military;
  if (!zip3s.has(origin) && !zip3s.has(destination)) return false;
  const rule = services.find((entry) => entry.service === route.service);
  if (!rule) return false;
  if (rule.underMilliOz === null) return true;
  if (route.weightMilliOz !== null) return route.weightMilliOz < rule.underMilliOz;
  const limit = formatThousandths(rule.underMilliOz);
  const message = `The zone of military mail depends on whether the parcel is under ${limit} oz, and no weight is stated.`;
  return { known: false, reason: 'weight_missing', message };
}

type How = Extract<ZoneAnswer, { known: true }>['how'];

function decidedApart(
  destinationZip: string,
  { origin, destination, gateway }: Areas & { gateway: boolean },
  { exceptions, pacific }: ZoneTables,
): { zone: number; how: How } | null {
  const exception = gateway ? undefined : exceptions.get(pairKey(origin, destination));
  if (exception !== undefined) return { zone: exception, how: 'exception' };
  if (destination !== pacific.zip3) return null;
  const { zips, zone } = pacific.freelyAssociated;
  if (zips.has(destinationZip)) return { zone, how: 'freely_associated_state' };
  return { zone: pacific.zone, how: 'pacific_969' };
}

/** Great-circle miles between two areas, military ones taken to the gateway when asked. */
function milesBetween({ origin, destination, gateway }: Areas & { gateway: boolean }, tables: ZoneTables): number {
  const { zip3s, gateway: gatewayVector } = tables.military;
  let squared = 0;
  for (let axis = 0; axis < 3; axis += 1) {
    const from = gateway && zip3s.has(origin) ? gatewayVector[axis] : tables.vectors[origin * 3 + axis];
    const to = gateway && zip3s.has(destination) ? gatewayVector[axis] : tables.vectors[destination * 3 + axis];
    const step = (from ?? 0) - (to ?? 0);
    squared += step * step;
  }
  return 2 * tables.earthRadiusMiles * Math.asin(Math.min(1, Math.sqrt(squared) / 2));
}

/** Tenths of a mile: finer would be false precision, and would differ between machines' arithmetic. */
function roundMiles(miles: number): number {
  return Math.round(miles * 10) / 10;
}

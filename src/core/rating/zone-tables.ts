/** The tables zones are decided by: one byte for each pair of 3-digit areas, built once, and the areas with rules of their own. */
import type { Service } from '../label/label.ts';
import type { Day } from '../units/day.ts';
import { squaredChord, squaredChordOf, unitVectors } from './great-circle.ts';
import type { ZoneChart } from './zone-chart.ts';

/** 3-digit areas there could be. */
export const AREA_COUNT = 1000;

/** A byte of a pair: the zone in its low four bits, and above it what else is known. 0 = an area has no place. */
export const ZONE_BITS = 0x0f;
/** So close to the border of two zones that charts of different years disagree. */
export const NEAR_EDGE = 0x10;
/** Listed apart: the public charts differ from the distance rule. */
export const LISTED = 0x20;
/** A customer's own chart says so. */
export const CHARTED = 0x40;

/** A byte of an area. */
export const HAS_PLACE = 0x01;
/** Military post offices, wherever their mail is rated to. */
export const MILITARY = 0x02;
/** Military post offices to which some services rate by way of the gateway. */
export const BY_GATEWAY = 0x04;
/** Too wide for its point to say how far places in it are from places in another such area. */
export const WIDE = 0x08;

/** A place on the globe in degrees, north and east positive. */
export interface GeoPoint {
  latitude: number;
  longitude: number;
}

/** A service whose mail to military post offices is rated to the gateway, always or only under a weight. */
export interface GatewayService {
  service: Service;
  underMilliOz: number | null;
}

/** The Pacific area, which holds places of two zones. */
export interface PacificArea {
  zip3: string;
  zone: number;
  freelyAssociated: { zone: number; zips: readonly string[] };
}

export interface ZoneTablesInput {
  points: readonly (GeoPoint & { zip3: string })[];
  exceptions: readonly { originZip3: string; destinationZip3: string; zone: number }[];
  earthRadiusMiles: number;
  /** Zone n ends at the n-th limit, in miles. */
  limitsMiles: readonly number[];
  beyondZone: number;
  edgeMarginMiles: number;
  wideZip3s: readonly string[];
  military: {
    zip3s: readonly string[];
    gateway: GeoPoint & { zip3s: readonly string[]; services: readonly GatewayService[] };
  };
  pacific: PacificArea;
  domesticPlaces: readonly string[];
  chartChanges: readonly Day[];
  /** Charts of a customer's own; they win over the rule and the listed pairs. */
  charts: readonly ZoneChart[];
}

export interface ZoneTables {
  /** By origin * 1000 + destination. */
  pairs: Uint8Array;
  /** By origin: the byte of its mail to the gateway. */
  toGateway: Uint8Array;
  /** By area. */
  areas: Uint8Array;
  /** For the distance of an answer: the points as unit vectors (x, y, z), one area after another. */
  vectors: Float64Array;
  gatewayVector: Float64Array;
  earthRadiusMiles: number;
  /** Zone n ends at the n-th limit, in miles. */
  limitsMiles: readonly number[];
  /** The farthest zone that a distance can have. */
  beyondZone: number;
  /** By service, the weight under which mail goes by the gateway; absent = never, Infinity = always. */
  gatewayUnderMilliOz: Readonly<Partial<Record<Service, number>>>;
  pacific: {
    zip3: number;
    /** By the last two digits of a ZIP in the area: its zone. */
    zoneByEnding: Uint8Array;
    freelyAssociatedZone: number;
  };
  /** ISO country codes that domestic mail serves. */
  domesticPlaces: ReadonlySet<string>;
  chartChanges: readonly Day[];
  charts: readonly ZoneChart[];
}

/** The place of an ordered pair of 3-digit areas in `pairs`. */
export function pairIndex(origin: number, destination: number): number {
  return origin * AREA_COUNT + destination;
}

/** Decides every pair once. Pure; takes some milliseconds. */
export function buildZoneTables(input: ZoneTablesInput): ZoneTables {
  const { points, military, pacific } = input;
  const areas = new Uint8Array(AREA_COUNT);
  const mark = (zip3: string, flag: number): void => {
    areas[Number(zip3)] = (areas[Number(zip3)] ?? 0) | flag;
  };
  for (const { zip3 } of points) mark(zip3, HAS_PLACE);
  for (const zip3 of input.wideZip3s) mark(zip3, WIDE);
  for (const zip3 of military.zip3s) mark(zip3, MILITARY);
  for (const zip3 of military.gateway.zip3s) mark(zip3, BY_GATEWAY);
  const vectors = unitVectors(
    points.map((point) => ({ ...point, place: Number(point.zip3) })),
    AREA_COUNT,
  );
  const gatewayVector = unitVectors([{ ...military.gateway, place: 0 }], 1);
  const band = bandReader(input);
  const pairs = decidePairs({ input, vectors, band });
  const toGateway = decideGateway({ input, vectors, band }, gatewayVector);
  return Object.freeze({
    pairs,
    toGateway,
    areas,
    vectors,
    gatewayVector,
    earthRadiusMiles: input.earthRadiusMiles,
    limitsMiles: input.limitsMiles,
    beyondZone: input.beyondZone,
    gatewayUnderMilliOz: Object.fromEntries(
      military.gateway.services.map(({ service, underMilliOz }) => [service, underMilliOz ?? Infinity]),
    ),
    pacific: {
      zip3: Number(pacific.zip3),
      zoneByEnding: pacificZones(pacific),
      freelyAssociatedZone: pacific.freelyAssociated.zone,
    },
    domesticPlaces: new Set(input.domesticPlaces),
    chartChanges: input.chartChanges,
    charts: input.charts,
  });
}

/** The byte of a distance, which is given as a squared chord of the unit globe so that no pair needs an arc sine. */
type Band = (squaredChord: number) => number;

function bandReader({ limitsMiles, beyondZone, edgeMarginMiles, earthRadiusMiles }: ZoneTablesInput): Band {
  const at = (miles: number): number => squaredChordOf(Math.max(0, miles), earthRadiusMiles);
  const limits = Float64Array.from(limitsMiles, at);
  const nearFrom = Float64Array.from(limitsMiles, (limit) => at(limit - edgeMarginMiles));
  const nearTo = Float64Array.from(limitsMiles, (limit) => at(limit + edgeMarginMiles));
  return (distance) => {
    let zone = beyondZone;
    let near = 0;
    for (let index = limits.length - 1; index >= 0; index -= 1) {
      if (distance <= (limits[index] ?? 0)) zone = index + 1;
      if (distance >= (nearFrom[index] ?? 0) && distance <= (nearTo[index] ?? 0)) near = NEAR_EDGE;
    }
    return zone | near;
  };
}

interface Deciding {
  input: ZoneTablesInput;
  vectors: Float64Array;
  band: Band;
}

function decidePairs({ input, vectors, band }: Deciding): Uint8Array {
  const pairs = new Uint8Array(AREA_COUNT * AREA_COUNT);
  const placed = input.points.map(({ zip3 }) => Number(zip3));
  placed.forEach((origin, row) => {
    pairs[pairIndex(origin, origin)] = 1;
    for (let column = row + 1; column < placed.length; column += 1) {
      const destination = placed[column] ?? 0;
      const byte = band(squaredChord(vectors, origin, vectors, destination));
      pairs[pairIndex(origin, destination)] = byte;
      pairs[pairIndex(destination, origin)] = byte;
    }
  });
  const pacific = Number(input.pacific.zip3);
  for (const origin of placed) if (origin !== pacific) pairs[pairIndex(origin, pacific)] = input.pacific.zone;
  for (const { originZip3, destinationZip3, zone } of input.exceptions) {
    pairs[pairIndex(Number(originZip3), Number(destinationZip3))] = zone | LISTED;
  }
  for (const chart of input.charts) {
    for (const { origin, destination, zone } of chart.pairs) overrule(pairs, pairIndex(origin, destination), zone);
  }
  return pairs;
}

function decideGateway({ input, vectors, band }: Deciding, gatewayVector: Float64Array): Uint8Array {
  const bytes = new Uint8Array(AREA_COUNT);
  for (const { zip3 } of input.points)
    bytes[Number(zip3)] = band(squaredChord(vectors, Number(zip3), gatewayVector, 0));
  for (const chart of input.charts) {
    for (const { origin, zone } of chart.toGateway) overrule(bytes, origin, zone);
  }
  return bytes;
}

/** Writes a chart's zone; the margin of a border still holds, for charts change every month. */
function overrule(bytes: Uint8Array, index: number, zone: number): void {
  const byte = bytes[index] ?? 0;
  if (byte !== 0) bytes[index] = zone | CHARTED | (byte & NEAR_EDGE);
}

function pacificZones({ zone, freelyAssociated }: PacificArea): Uint8Array {
  const zones = new Uint8Array(100).fill(zone);
  for (const zip of freelyAssociated.zips) zones[Number(zip.slice(3))] = freelyAssociated.zone;
  return zones;
}

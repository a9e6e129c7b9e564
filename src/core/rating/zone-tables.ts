/** The tables zones are decided by: reference points, the pairs decided apart, and the areas with rules of their own. */
import type { Service } from '../label/label.ts';
import type { Day } from '../units/day.ts';

/** 3-digit areas there could be. */
const AREA_COUNT = 1000;

/** A place on the globe in degrees, north and east positive. */
export interface GeoPoint {
  latitude: number;
  longitude: number;
}

export interface ZoneTablesInput {
  points: readonly (GeoPoint & { zip3: string })[];
  exceptions: readonly { originZip3: string; destinationZip3: string; zone: number }[];
  earthRadiusMiles: number;
  /** Zone n ends at the n-th limit, in miles. */
  limitsMiles: readonly number[];
  beyondZone: number;
  edgeMarginMiles: number;
  military: { zip3s: readonly string[]; gateway: GeoPoint; services: readonly GatewayService[] };
  pacific: { zip3: string; zone: number; freelyAssociated: { zone: number; zips: readonly string[] } };
  domesticPlaces: readonly string[];
  chartChanges: readonly Day[];
}

/** A service whose military mail is rated to the gateway, always or only under a weight. */
export interface GatewayService {
  service: Service;
  underMilliOz: number | null;
}

export interface ZoneTables extends Omit<
  ZoneTablesInput,
  'points' | 'exceptions' | 'military' | 'pacific' | 'domesticPlaces'
> {
  /** 1 for each 3-digit area, 000 to 999, that has a reference point. */
  hasPoint: Uint8Array;
  /** The points as unit vectors (x, y, z), one area after another. */
  vectors: Float64Array;
  /** Zone by origin * 1000 + destination. */
  exceptions: ReadonlyMap<number, number>;
  military: { zip3s: ReadonlySet<number>; gateway: readonly number[]; services: readonly GatewayService[] };
  pacific: { zip3: number; zone: number; freelyAssociated: { zone: number; zips: ReadonlySet<string> } };
  /** ISO country codes that domestic mail serves. */
  domesticPlaces: ReadonlySet<string>;
}

/** The key of an ordered pair of 3-digit areas. */
export function pairKey(originZip3: number, destinationZip3: number): number {
  return originZip3 * 1000 + destinationZip3;
}

/** Prepares the tables for deciding: points become unit vectors, lists become sets. */
export function buildZoneTables(input: ZoneTablesInput): ZoneTables {
  const { military, pacific } = input;
  const hasPoint = new Uint8Array(AREA_COUNT);
  const vectors = new Float64Array(AREA_COUNT * 3);
  for (const point of input.points) {
    const area = Number(point.zip3);
    hasPoint[area] = 1;
    vectors.set(unitVector(point), area * 3);
  }
  return Object.freeze({
    ...input,
    hasPoint,
    vectors,
    exceptions: new Map(
      input.exceptions.map((pair) => [pairKey(Number(pair.originZip3), Number(pair.destinationZip3)), pair.zone]),
    ),
    military: {
      zip3s: new Set(military.zip3s.map(Number)),
      gateway: unitVector(military.gateway),
      services: military.services,
    },
    pacific: {
      zip3: Number(pacific.zip3),
      zone: pacific.zone,
      freelyAssociated: { zone: pacific.freelyAssociated.zone, zips: new Set(pacific.freelyAssociated.zips) },
    },
    domesticPlaces: new Set(input.domesticPlaces),
  });
}

function unitVector({ latitude, longitude }: GeoPoint): [number, number, number] {
  const phi = (latitude * Math.PI) / 180;
  const lambda = (longitude * Math.PI) / 180;
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

/** Reads data/zones: the reference points and rules from which zones follow. */
import { join } from 'node:path';
import { z } from 'zod';
import { SERVICES } from '../core/label/label.ts';
import { type ZoneTables, type ZoneTablesInput, buildZoneTables } from '../core/rating/zone-tables.ts';
import { parseDay } from '../core/units/day.ts';
import { MILLI_OZ_PER_OZ } from '../core/units/measure.ts';
import { CatalogError } from '../platform/errors.ts';
import { readCsv } from './csv.ts';
import { type Sources, loadSources } from './sources.ts';
import { readYaml } from './yaml.ts';
import { loadZoneCharts } from './zone-chart.ts';

const day = z.string().refine((text) => parseDay(text) !== null, 'is not a day (YYYY-MM-DD)');
const zone = z.int().min(1).max(9);
const source = z.string();
const zip3 = z.string().regex(/^\d{3}$/);
const zip5 = z.string().regex(/^\d{5}$/);

const zonesSchema = z.strictObject({
  as_of: day,
  distance: z.strictObject({
    source,
    effective_from: day,
    earth_radius_miles: z.number().positive(),
    zone_limits_miles: z.array(z.number().positive()),
    beyond_zone: zone,
  }),
  points: z.strictObject({ file: z.string(), source }),
  exceptions: z.strictObject({ file: z.string(), source }),
  wide: z.strictObject({ source, zip3_ranges: z.array(z.tuple([zip3, zip3])) }),
  edge: z.strictObject({ source, margin_miles: z.number().nonnegative() }),
  military: z.strictObject({
    source,
    zip3_ranges: z.array(z.tuple([zip3, zip3])),
    gateway: z.strictObject({
      source,
      zip3_ranges: z.array(z.tuple([zip3, zip3])),
      latitude: z.number(),
      longitude: z.number(),
      services: z.array(z.strictObject({ service: z.enum(SERVICES), under_oz: z.number().optional() })),
    }),
  }),
  pacific: z.strictObject({
    source,
    zip3,
    zone,
    freely_associated_states: z.strictObject({ zone, zip_ranges: z.array(z.tuple([zip5, zip5])) }),
  }),
  domestic_places: z.strictObject({ source, codes: z.array(z.string().length(2)) }),
  chart_changes: z.array(z.strictObject({ day, source })),
});
type ZonesFile = z.infer<typeof zonesSchema>;

/**
 * The zone tables, ready to decide. `charts` is a folder of the customer's own zone charts, which win over the rule.
 * Throws a CatalogError for the first thing that is wrong in data/, and a UsageError for that in a chart.
 */
export function loadZones(root: string, charts: string | null = null): ZoneTables {
  const folder = join(root, 'data', 'zones');
  const file = join(folder, 'zones.yaml');
  const document = readYaml(file, zonesSchema);
  checkSources(file, document, loadSources(root));
  const { distance, military, pacific } = document;
  const ground = {
    points: readPoints(join(folder, document.points.file)),
    exceptions: readExceptions(join(folder, document.exceptions.file)),
    military: {
      zip3s: military.zip3_ranges.flatMap(expandRange),
      gateway: {
        zip3s: military.gateway.zip3_ranges.flatMap(expandRange),
        latitude: military.gateway.latitude,
        longitude: military.gateway.longitude,
        services: military.gateway.services.map(({ service, under_oz: under }) => ({
          service,
          underMilliOz: under === undefined ? null : under * MILLI_OZ_PER_OZ,
        })),
      },
    },
    pacific: {
      zip3: pacific.zip3,
      zone: pacific.zone,
      freelyAssociated: {
        zone: pacific.freely_associated_states.zone,
        zips: pacific.freely_associated_states.zip_ranges.flatMap(expandRange),
      },
    },
  };
  return buildZoneTables({
    ...ground,
    earthRadiusMiles: distance.earth_radius_miles,
    limitsMiles: distance.zone_limits_miles,
    beyondZone: distance.beyond_zone,
    edgeMarginMiles: document.edge.margin_miles,
    wideZip3s: document.wide.zip3_ranges.flatMap(expandRange),
    domesticPlaces: document.domestic_places.codes,
    chartChanges: document.chart_changes.map((change) => change.day),
    charts: charts === null ? [] : loadZoneCharts(charts, ground),
  });
}

function checkSources(file: string, document: ZonesFile, sources: Sources): void {
  const { distance, points, exceptions, wide, edge, military, pacific, domestic_places: places } = document;
  const parts = [distance, points, exceptions, wide, edge, military, military.gateway, pacific, places];
  for (const part of [...parts, ...document.chart_changes]) {
    if (sources[part.source]) continue;
    throw new CatalogError({ file, field: 'source' }, `${part.source} is not in data/sources.yaml`);
  }
}

/** "096" to "099" -> 096, 097, 098, 099. */
function expandRange([from, to]: [string, string]): string[] {
  const length = Number(to) - Number(from) + 1;
  return Array.from({ length }, (_, index) => String(Number(from) + index).padStart(from.length, '0'));
}

function readPoints(path: string): ZoneTablesInput['points'] {
  return readCsv(path).rows.map(({ line, cells }) => {
    const { zip3: area = '', latitude = '', longitude = '' } = cells;
    const point = { zip3: area, latitude: Number(latitude), longitude: Number(longitude) };
    const onGlobe = Math.abs(point.latitude) <= 90 && Math.abs(point.longitude) <= 180;
    if (/^\d{3}$/.test(area) && latitude !== '' && longitude !== '' && onGlobe) return point;
    throw new CatalogError({ file: path, row: line }, 'is not a 3-digit area with its latitude and longitude');
  });
}

function readExceptions(path: string): ZoneTablesInput['exceptions'] {
  return readCsv(path).rows.map(({ line, cells }) => {
    const { origin_zip3: originZip3 = '', destination_zip3: destinationZip3 = '', zone: text = '' } = cells;
    const pair = /^\d{3}$/.test(originZip3) && /^\d{3}$/.test(destinationZip3);
    if (pair && /^[1-9]$/.test(text)) return { originZip3, destinationZip3, zone: Number(text) };
    throw new CatalogError({ file: path, row: line }, 'is not two 3-digit areas and a zone');
  });
}

/** Reads what data/ holds for the readers of providers' words: the meaning of their errors, and the clocks of the states. */
import { join } from 'node:path';
import { z } from 'zod';
import { ASK_OUTCOMES } from '../core/journey/event.ts';
import type { TrackingWords } from '../core/journey/codes.ts';
import {
  type ProviderErrors,
  type Published,
  TRACK17_MEANINGS,
  type TimeZones,
} from '../core/mapping/providers/published.ts';
import { localInstant } from '../core/units/local-time.ts';
import { CatalogError } from '../platform/errors.ts';
import { checkedRow } from './checked-row.ts';
import { readCsv } from './csv.ts';
import { pattern } from './tracking.ts';
import { readYaml } from './yaml.ts';

const outcome = z.enum(ASK_OUTCOMES);
const byNumber = <T>(value: z.ZodType<T>) =>
  z
    .record(z.string().regex(/^-?\d+$/, 'a number expected'), value)
    .transform((table) => new Map(Object.entries(table).map(([key, each]) => [Number(key), each])));

const errorsFile = z.strictObject({
  source: z.array(z.string()).min(1),
  as_of: z.iso.date(),
  usps: z.strictObject({
    codes: z.record(z.string(), outcome).transform((table) => new Map(Object.entries(table))),
    messages: z.array(z.strictObject({ outcome, pattern })),
    statuses: byNumber(outcome),
    own_key: z.array(pattern),
  }),
  track17: z.strictObject({
    carriers: z.array(z.int()).min(1),
    codes: byNumber(z.enum(TRACK17_MEANINGS)),
    not_found: z.array(z.string()).min(1),
    synced: z.array(z.string()).min(1),
  }),
  page: z.strictObject({ not_found: z.array(pattern).min(1) }),
});

const zoneRow = z.strictObject({
  state: z.string().regex(/^[A-Z]{2}$/, 'two letters expected'),
  zone: z.string().refine(isZone, 'no zone that this Node.js knows'),
  is_split: z.enum(['yes', 'no']),
  source: z.string().min(1),
});

/** All that the readers of providers' words look up. Throws a CatalogError naming file, row and field when it is wrong. */
export function loadPublished(root: string, codes: TrackingWords): Published {
  return { errors: loadProviderErrors(root), codes, zones: loadTimeZones(root) };
}

/** data/tracking/provider-errors.yaml. Throws a CatalogError naming file and key when it is wrong. */
export function loadProviderErrors(root: string): ProviderErrors {
  const { usps, track17, page } = readYaml(join(root, 'data', 'tracking', 'provider-errors.yaml'), errorsFile);
  return {
    usps: { codes: usps.codes, messages: usps.messages, statuses: usps.statuses, ownKey: usps.own_key },
    track17: {
      codes: track17.codes,
      carriers: new Set(track17.carriers),
      notFound: new Set(track17.not_found),
      synced: new Set(track17.synced),
    },
    page: { notFound: page.not_found },
  };
}

/** data/places/time-zones.csv. Throws a CatalogError naming row and column when it is wrong. */
export function loadTimeZones(root: string): TimeZones {
  const file = join(root, 'data', 'places', 'time-zones.csv');
  const zones = new Map<string, string>();
  for (const row of readCsv(file).rows) {
    const { state, zone } = checkedRow(row, zoneRow, file);
    if (zones.has(state)) throw new CatalogError({ file, row: row.line, field: 'state' }, `${state} stands twice`);
    zones.set(state, zone);
  }
  return zones;
}

function isZone(name: string): boolean {
  try {
    return localInstant('2026-01-01', name) !== null;
  } catch {
    return false;
  }
}

/** Reads data/tracking: event codes, carriers' sentences, and what the names of sources mean. */
import { join } from 'node:path';
import { z } from 'zod';
import {
  type CodeMeaning,
  SAYINGS,
  SOURCE_KINDS,
  STAGES,
  type TrackingCodes,
  type TrackingWords,
} from '../core/journey/codes.ts';
import { atlasOf } from '../core/rating/distance.ts';
import type { ZoneTables } from '../core/rating/zone-tables.ts';
import { CatalogError } from '../platform/errors.ts';
import { checkedRow } from './checked-row.ts';
import { readCsv } from './csv.ts';
import { readYaml } from './yaml.ts';

const sourced = { source: z.array(z.string()).min(1), as_of: z.iso.date() };

/** A pattern without a repeat inside a repeat: matching stays quick whatever a file says. */
export const pattern = z
  .string()
  .refine((text) => !/[*+}]\)[*+{]/.test(text), 'a repeat inside a repeat')
  .transform((text, context) => {
    try {
      return new RegExp(text, 'i');
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'no pattern' });
      return z.NEVER;
    }
  });

const sentence = { pattern, unless: pattern.nullable().default(null) };

const sentencesFile = z.strictObject({
  ...sourced,
  statements: z.array(z.strictObject({ says: z.enum(SAYINGS), ...sentence })),
  stages: z.array(z.strictObject({ stage: z.enum(STAGES), physical: z.boolean(), ...sentence })),
});

const sourcesFile = z.strictObject({
  ...sourced,
  kinds: z.array(z.strictObject({ kind: z.enum(SOURCE_KINDS), pattern })),
});

const codeRow = z.strictObject({
  code: z.string().regex(/^-?[0-9A-Z]{2,11}$/, 'a code in upper case expected'),
  meaning: z.string().min(1),
  stage: z.enum(STAGES),
  is_physical: z.enum(['yes', 'no']),
  diverts: z.enum(['yes', 'no']),
  source: z.string().min(1),
});

/** What data/tracking under the project's root holds. Throws a CatalogError naming file, row and field when it is wrong. */
export function loadTrackingWords(root: string): TrackingWords {
  const folder = join(root, 'data', 'tracking');
  const { statements, stages } = readYaml(join(folder, 'sentences.yaml'), sentencesFile);
  const { kinds } = readYaml(join(folder, 'sources.yaml'), sourcesFile);
  return { codes: loadCodes(join(folder, 'event-codes.csv')), statements, stages, sources: kinds };
}

/** The same, and distances by the points that zones are drawn by. */
export function loadTrackingCodes(root: string, zones: ZoneTables): TrackingCodes {
  return { ...loadTrackingWords(root), miles: atlasOf(zones).miles, domesticPlaces: zones.domesticPlaces };
}

function loadCodes(file: string): ReadonlyMap<string, CodeMeaning> {
  const codes = new Map<string, CodeMeaning>();
  for (const row of readCsv(file).rows) {
    const { code, stage, is_physical, diverts } = checkedRow(row, codeRow, file);
    if (codes.has(code)) throw new CatalogError({ file, row: row.line, field: 'code' }, `${code} stands twice`);
    codes.set(code, { stage, physical: is_physical === 'yes', diverts: diverts === 'yes' });
  }
  return codes;
}

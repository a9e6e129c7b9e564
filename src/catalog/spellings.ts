/** Reads data/mappings/spellings.yaml: how carriers and vendors write our words. */
import { join } from 'node:path';
import { z } from 'zod';
import { EXTRA_SERVICES, PACKAGINGS, SERVICES } from '../core/label/label.ts';
import { type Spellings, buildSpellings, findConflict } from '../core/label/spelling.ts';
import { parseDay } from '../core/units/day.ts';
import { CatalogError } from '../platform/errors.ts';
import { loadSources } from './sources.ts';
import { readYaml } from './yaml.ts';

const spellings = z.array(z.string().min(1));
const spellingsSchema = z.strictObject({
  as_of: z.string().refine((text) => parseDay(text) !== null, 'is not a day (YYYY-MM-DD)'),
  sources: z.array(z.string()),
  services: z.partialRecord(z.enum(SERVICES), spellings),
  packagings: z.partialRecord(z.enum(PACKAGINGS), spellings),
  extra_services: z.partialRecord(z.enum(EXTRA_SERVICES), spellings),
  extra_service_bundles: z.array(z.strictObject({ means: z.array(z.enum(EXTRA_SERVICES)).min(2), spellings })),
});

/** The lookups of the folder that holds data/. Throws a CatalogError when a spelling means two things. */
export function loadSpellings(root: string): Spellings {
  const file = join(root, 'data', 'mappings', 'spellings.yaml');
  const document = readYaml(file, spellingsSchema);
  const sources = loadSources(root);
  const unknown = document.sources.find((source) => !sources[source]);
  if (unknown !== undefined)
    throw new CatalogError({ file, field: 'sources' }, `${unknown} is not in data/sources.yaml`);
  const { services, packagings, extra_services: extraServices, extra_service_bundles: extraBundles } = document;
  const lists = { services, packagings, extraServices, extraBundles };
  const conflict = findConflict(lists);
  if (conflict) {
    throw new CatalogError(
      { file },
      `${JSON.stringify(conflict.spelling)} is listed for ${conflict.words.join(' and ')}`,
    );
  }
  return buildSpellings(lists);
}

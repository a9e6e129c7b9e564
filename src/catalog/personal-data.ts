/** Reads data/mappings/personal-data.yaml: the headers of columns about people. */
import { join } from 'node:path';
import { z } from 'zod';
import { personalDataTest } from '../core/mapping/personal-data.ts';
import { parseDay } from '../core/units/day.ts';
import { CatalogError } from '../platform/errors.ts';
import { loadSources } from './sources.ts';
import { readYaml } from './yaml.ts';

const headers = z.array(z.string().min(1));
const personalDataSchema = z.strictObject({
  as_of: z.string().refine((text) => parseDay(text) !== null, 'is not a day (YYYY-MM-DD)'),
  source: z.string(),
  exact: headers,
  containing: headers,
  parties: headers,
  places: headers,
});

/** The test whether a header names a column about people. `root` is the folder that holds data/. */
export function loadPersonalData(root: string): (header: string) => boolean {
  const file = join(root, 'data', 'mappings', 'personal-data.yaml');
  const document = readYaml(file, personalDataSchema);
  if (!loadSources(root)[document.source]) {
    throw new CatalogError({ file, field: 'source' }, `${document.source} is not in data/sources.yaml`);
  }
  return personalDataTest(document);
}

/** Reads data/tracking/access.yaml: the days on which the carrier closed its tracking to everybody. */
import { join } from 'node:path';
import { z } from 'zod';
import type { Day } from '../core/units/day.ts';
import { CatalogError } from '../platform/errors.ts';
import { loadSources } from './sources.ts';
import { readYaml } from './yaml.ts';

const accessSchema = z.strictObject({
  as_of: z.iso.date(),
  source: z.string(),
  closed_on: z.array(z.iso.date()),
});

/** Those days. `root` is the folder that holds data/. Throws a CatalogError naming file and field when it is wrong. */
export function loadAccessClosedOn(root: string): readonly Day[] {
  const file = join(root, 'data', 'tracking', 'access.yaml');
  const { source, closed_on: closedOn } = readYaml(file, accessSchema);
  if (!loadSources(root)[source]) {
    throw new CatalogError({ file, field: 'source' }, `${source} is not in data/sources.yaml`);
  }
  return closedOn;
}

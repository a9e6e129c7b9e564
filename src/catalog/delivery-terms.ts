/** Reads data/mappings/delivery-terms.yaml: the headers of columns that bind a parcel to the service it was sent by. */
import { join } from 'node:path';
import { z } from 'zod';
import { type BoundTest, boundToService } from '../core/mapping/delivery-terms.ts';
import { parseDay } from '../core/units/day.ts';
import { CatalogError } from '../platform/errors.ts';
import { loadSources } from './sources.ts';
import { readYaml } from './yaml.ts';

const words = z.array(z.string().min(1));
const deliveryTermsSchema = z.strictObject({
  as_of: z.string().refine((text) => parseDay(text) !== null, 'is not a day (YYYY-MM-DD)'),
  source: z.string(),
  promised: words,
  hazardous: words,
  no: words,
});

/** The test whether a row binds its parcel to its service. `root` is the folder that holds data/. */
export function loadDeliveryTerms(root: string): BoundTest {
  const file = join(root, 'data', 'mappings', 'delivery-terms.yaml');
  const document = readYaml(file, deliveryTermsSchema);
  if (!loadSources(root)[document.source]) {
    throw new CatalogError({ file, field: 'source' }, `${document.source} is not in data/sources.yaml`);
  }
  return boundToService(document);
}

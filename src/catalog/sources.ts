/** Reads data/sources.yaml: what each source id in data/ stands for, and how far to trust it. */
import { join } from 'node:path';
import { z } from 'zod';
import { readYaml } from './yaml.ts';

const sourcesSchema = z.record(
  z.string(),
  z.strictObject({
    title: z.string().min(1),
    kind: z.enum(['official', 'third_party', 'computed']),
    note: z.string().optional(),
  }),
);

export type Sources = z.infer<typeof sourcesSchema>;

/** Every source by its id. `root` is the folder that holds data/. */
export function loadSources(root: string): Sources {
  return readYaml(join(root, 'data', 'sources.yaml'), sourcesSchema);
}

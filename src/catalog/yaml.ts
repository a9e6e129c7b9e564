/** Reads a YAML document of data/ or templates/ and checks it against its schema, naming file and key when it is wrong. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { z } from 'zod';
import { CatalogError } from '../platform/errors.ts';

/** The document as its schema describes it. Days stay text. Throws a CatalogError for anything else. */
export function readYaml<T>(path: string, schema: z.ZodType<T>): T {
  let document: unknown;
  try {
    document = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new CatalogError({ file: path }, `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const checked = schema.safeParse(document);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  throw new CatalogError(
    { file: path, field: issue?.path.join('.') ?? '' },
    issue?.message ?? 'does not fit its schema',
  );
}

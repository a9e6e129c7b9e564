/** Checks one row of a table of data/ against its schema, naming line and column when it is wrong. */
import type { z } from 'zod';
import { CatalogError } from '../platform/errors.ts';
import type { CsvRow } from './csv.ts';

/** The row as its schema describes it. Throws a CatalogError for anything else. */
export function checkedRow<T>(row: CsvRow, schema: z.ZodType<T>, file: string): T {
  const checked = schema.safeParse(row.cells);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const field = issue?.path.join('.');
  throw new CatalogError(
    { file, row: row.line, ...(field === undefined || field === '' ? {} : { field }) },
    issue?.message ?? 'does not fit its schema',
  );
}

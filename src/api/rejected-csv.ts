/** All problems of an import as one CSV file, read page by page as fast as it is sent. */
import { Readable } from 'node:stream';
import type { ImportView } from '../ingest/import-view.ts';
import type { ImportsQuery, RejectedPlace } from '../ingest/imports.query.ts';
import { rejectedRowsCsv } from '../reports/csv.ts';

const PAGE = 2000;

/** The file in the format of rejected-rows.csv. */
export function rejectedCsv(imports: ImportsQuery, { importId, file }: ImportView): Readable {
  return Readable.from(pages(imports, importId, file));
}

async function* pages(imports: ImportsQuery, importId: string | null, file: string): AsyncGenerator<string> {
  const header = rejectedRowsCsv([]);
  yield header;
  if (importId === null) return;
  let after: RejectedPlace | undefined;
  do {
    const { items, next } = await imports.rejected(importId, { limit: PAGE, after });
    yield rejectedRowsCsv(items.map((problem) => ({ file, ...problem }))).slice(header.length);
    after = next ?? undefined;
  } while (after !== undefined);
}

/** All problems of an import as one CSV file, read page by page as fast as it is sent. */
import { Readable } from 'node:stream';
import type { ImportView } from '../ingest/import-view.ts';
import type { ImportsQuery, RejectedPlace } from '../ingest/imports.query.ts';
import { rejectedRowsCsv } from '../reports/csv.ts';

const PAGE = 2000;

/** The file in the format of rejected-rows.csv. */
export function rejectedCsv(imports: ImportsQuery, { importId, file }: ImportView): Readable {
  async function* pages(): AsyncGenerator<string> {
    const header = rejectedRowsCsv([]);
    yield header;
    let after: RejectedPlace | undefined;
    while (importId !== null) {
      const { items, next } = await imports.rejected(importId, { limit: PAGE, after });
      yield rejectedRowsCsv(items.map((problem) => ({ file, ...problem }))).slice(header.length);
      if (next === null) return;
      after = next;
    }
  }
  return Readable.from(pages());
}

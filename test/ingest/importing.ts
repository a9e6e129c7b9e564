/** Imports texts as files into a test database, and reads back what was stored. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { loadPersonalData } from '../../src/catalog/personal-data.ts';
import { loadPublished } from '../../src/catalog/provider-errors.ts';
import { loadSpellings } from '../../src/catalog/spellings.ts';
import { loadTrackingWords } from '../../src/catalog/tracking.ts';
import { sourceRanker } from '../../src/core/mapping/source-rank.ts';
import type { ImportRequest, ImportResult } from '../../src/ingest/import-request.ts';
import { ImportService } from '../../src/ingest/import.service.ts';
import { ImportVocabulary } from '../../src/ingest/import-vocabulary.ts';
import { projectRoot } from '../../src/platform/config.ts';

const root = projectRoot();
const words = loadTrackingWords(root);
export const vocabulary = new ImportVocabulary(
  loadSpellings(root),
  loadPersonalData(root),
  sourceRanker(words),
  loadPublished(root, words),
);

export const IMPORTED_AT = new Date('2026-12-01T06:00:00Z');

export function importService(dataSource: DataSource): ImportService {
  return new ImportService(dataSource, vocabulary);
}

/** Imports the bytes as a file of that name. */
export async function importBytes(
  dataSource: DataSource,
  content: string | Buffer,
  request: Partial<ImportRequest> = {},
): Promise<ImportResult> {
  const folder = await mkdtemp(join(tmpdir(), 'import-'));
  try {
    const shownAs = request.shownAs ?? 'file.csv';
    const path = join(folder, 'file.csv');
    await writeFile(path, content);
    return await importService(dataSource).importFile({ importedAt: IMPORTED_AT, ...request, path, shownAs });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Lines of CSV. */
export function csv(...rows: string[][]): string {
  return rows.map((row) => `${row.join(',')}\n`).join('');
}

/** Every table an import writes, in an order of its own, for comparing. */
export async function dump(dataSource: DataSource): Promise<Record<string, unknown[]>> {
  const tables = [
    'import',
    'rejected_row',
    'vendor_name',
    'parcel',
    'label',
    'label_history',
    'event',
    'charge',
    'adjustment',
    'charge_digest',
    'mailer',
    'warehouse',
    'vendor',
  ];
  const stored: Record<string, unknown[]> = {};
  for (const table of tables) {
    const rows = await dataSource.query<{ row: unknown }[]>(
      `SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY t::text`,
    );
    stored[table] = rows.map(({ row }) => row);
  }
  return stored;
}

/** The one column asked for, in the order asked. */
export async function column<T>(dataSource: DataSource, sql: string): Promise<T[]> {
  const rows = await dataSource.query<Record<string, T>[]>(sql);
  return rows.flatMap((row) => Object.values(row));
}

import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBarcodeData } from '../../src/catalog/barcode.ts';
import { readCsv } from '../../src/catalog/csv.ts';
import { loadSources } from '../../src/catalog/sources.ts';
import { loadTrackingCodes } from '../../src/catalog/tracking.ts';
import { shippedTables } from '../support/rating.ts';

const root = join(import.meta.dirname, '../..');

/** Loads a copy of data/ in which one file says something else. */
function withChange<T>(file: string, change: (text: string) => string, load: (root: string) => T): T {
  const copy = mkdtempSync(join(tmpdir(), 'catalog-'));
  try {
    cpSync(join(root, 'data'), join(copy, 'data'), { recursive: true });
    const path = join(copy, 'data', file);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    return load(copy);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

describe('data about barcodes and tracking', () => {
  test('every row names a source that is explained', () => {
    const sources = loadSources(root);
    const tables = ['barcode', 'tracking', 'calendar'].flatMap((folder) =>
      readdirSync(join(root, 'data', folder))
        .filter((name) => name.endsWith('.csv'))
        .map((name) => join(root, 'data', folder, name)),
    );
    const named = tables.flatMap((table) => readCsv(table).rows.map(({ cells }) => cells['source'] ?? 'none'));
    expect([...new Set(named)].filter((source) => !Object.hasOwn(sources, source))).toEqual([]);
  });

  test.each([
    ['a stage nobody knows', 'tracking/event-codes.csv', (text: string) => text.replace(',delivered,', ',deliverd,')],
    ['a code twice', 'tracking/event-codes.csv', (text: string) => `${text}03,Again,physical,yes,olts-usps-events\n`],
    [
      'a pattern that could take forever',
      'tracking/sentences.yaml',
      (text: string) => text.replace('postage due', '(?:a+)+'),
    ],
    ['a pattern that is none', 'tracking/sources.yaml', (text: string) => text.replace('备注', '(备注')],
  ])('%s stops the start', (_story, file, change) => {
    expect(() => withChange(file, change, (changed) => loadTrackingCodes(changed, shippedTables.zones))).toThrow(
      new RegExp(file.split('/')[1] ?? ''),
    );
  });

  test.each([
    [
      'a service nobody sells',
      'barcode/service-types.csv',
      (text: string) => text.replace('priority_mail', 'pony_express'),
    ],
    [
      'a code with two meanings at once',
      'barcode/service-types.csv',
      (text: string) => text.replace(',2023-07-09,edition', ',2023-07-10,edition'),
    ],
    [
      'a check digit of nothing',
      'barcode/other-carriers.yaml',
      (text: string) => text.replace('(?<checked>\\d{12})', '\\d{12}'),
    ],
  ])('%s stops the start too', (_story, file, change) => {
    expect(() => withChange(file, change, loadBarcodeData)).toThrow(new RegExp(file.split('/')[1] ?? ''));
  });
});

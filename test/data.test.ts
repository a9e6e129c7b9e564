/** Every file of data/ says where its figures come from, and of which day they are. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import { parse } from 'yaml';
import { readCsv } from '../src/catalog/csv.ts';
import { loadSources } from '../src/catalog/sources.ts';
import { parseDay } from '../src/core/units/day.ts';

const ROOT = join(import.meta.dirname, '..');
const DATA = join(ROOT, 'data');
const SOURCES_FILE = join(DATA, 'sources.yaml');
const DATE_KEYS = ['as_of', 'effective_from', 'day'];
const DATE_COLUMNS = ['day', 'valid_from', 'effective_from'];

const sources = loadSources(ROOT);
const files = readdirSync(DATA, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((path) => path !== SOURCES_FILE)
  .sort();
const named = (paths: string[]): [string, string][] => paths.map((path) => [relative(DATA, path), path]);
const ofKind = (extension: string): string[] => files.filter((path) => extname(path) === extension);

/** Every value found in a document under one of the keys, at any depth; lists give their items. */
function valuesUnder(document: unknown, keys: readonly string[]): unknown[] {
  if (Array.isArray(document)) return document.flatMap((item) => valuesUnder(item, keys));
  if (typeof document !== 'object' || document === null) return [];
  return Object.entries(document).flatMap(([key, value]) =>
    keys.includes(key) ? [value].flat() : valuesUnder(value, keys),
  );
}

/** The part of a document that speaks of a file: the mapping whose `file` is its name. */
function partAbout(document: unknown, file: string): unknown[] {
  if (Array.isArray(document)) return document.flatMap((item) => partAbout(item, file));
  if (typeof document !== 'object' || document === null) return [];
  const here = 'file' in document && document.file === file ? [document] : [];
  return [...here, ...Object.values(document).flatMap((value) => partAbout(value, file))];
}

function yamlOf(path: string): unknown {
  return parse(readFileSync(path, 'utf8')) as unknown;
}

/** The documents beside a table that say something about it. */
function manifestsOf(path: string): unknown[] {
  return ofKind('.yaml')
    .filter((other) => dirname(other) === dirname(path))
    .map(yamlOf)
    .filter((document) => partAbout(document, basename(path)).length > 0);
}

function isKnownSource(source: unknown): boolean {
  return typeof source === 'string' && Object.hasOwn(sources, source);
}

function isDay(value: unknown): boolean {
  return typeof value === 'string' && parseDay(value) !== null;
}

test('data holds tables and documents only', () => {
  expect(files.map((path) => extname(path)).filter((extension) => !['.csv', '.yaml'].includes(extension))).toEqual([]);
});

test('sources are listed in the order of their ids', () => {
  expect(Object.keys(sources)).toEqual(Object.keys(sources).sort());
});

describe.each(named(ofKind('.yaml')))('%s', (_, path) => {
  const document = yamlOf(path);

  test('names its sources, all of them explained', () => {
    const found = valuesUnder(document, ['source', 'sources']);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((source) => !isKnownSource(source))).toEqual([]);
  });

  test('is dated', () => {
    const dates = valuesUnder(document, DATE_KEYS);
    expect(dates.length).toBeGreaterThan(0);
    expect(dates.filter((date) => !isDay(date))).toEqual([]);
  });
});

describe.each(named(ofKind('.csv')))('%s', (_, path) => {
  const { header, rows } = readCsv(path);

  test('names its sources, row by row or in the document beside it', () => {
    const found = header.includes('source')
      ? rows.map((row) => row.cells['source'])
      : manifestsOf(path).flatMap((document) => valuesUnder(partAbout(document, basename(path)), ['source']));
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((source) => !isKnownSource(source))).toEqual([]);
  });

  test('is dated, row by row, by the document beside it or by the year its sources name', () => {
    if (header.some((column) => DATE_COLUMNS.includes(column))) return;
    const dates = manifestsOf(path).flatMap((document) => valuesUnder(document, DATE_KEYS));
    if (dates.length > 0) return;
    const undated = rows
      .map((row) => row.cells['source'] ?? '')
      .filter((id) => !/\b(?:19|20)\d\d\b/.test(`${id} ${sources[id]?.title} ${sources[id]?.note}`));
    expect(undated).toEqual([]);
  });
});

/** What is read for the readers of providers' words, and what stops the start. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadProviderErrors, loadTimeZones } from '../../src/catalog/provider-errors.ts';
import { localInstant } from '../../src/core/units/local-time.ts';

const root = join(import.meta.dirname, '../..');
const ERRORS = 'tracking/provider-errors.yaml';
const ZONES = 'places/time-zones.csv';

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

test('every code of the official list of tracking errors has its meaning', () => {
  const { usps } = loadProviderErrors(root);
  const listed = Array.from({ length: 13 }, (_, index) => String(150_001 + index));
  expect(listed.filter((code) => !usps.codes.has(code))).toEqual([]);
  expect([...usps.codes].filter(([, outcome]) => outcome === 'withheld').map(([code]) => code)).toEqual([
    '150012',
    '-2147219278',
  ]);
});

test('every state, the capital and the territories have their clocks', () => {
  const zones = loadTimeZones(root);
  expect(zones.size).toBe(50 + 1 + 5);
  const noon = (state: string) => localInstant('2026-07-01T12:00', zones.get(state) ?? 'UTC');
  expect(['NY', 'IL', 'CO', 'AZ', 'CA', 'AK', 'HI', 'GU'].map(noon)).toEqual(
    ['16:00', '17:00', '18:00', '19:00', '19:00', '20:00', '22:00', '02:00'].map((time) =>
      Date.parse(`2026-07-01T${time}Z`),
    ),
  );
});

test.each([
  [
    'an outcome nobody knows',
    ERRORS,
    (text: string) => text.replace("'150012': withheld", "'150012': witheld"),
    loadProviderErrors,
  ],
  ['a code of 17TRACK that is none', ERRORS, (text: string) => text.replace('-18019909', 'none'), loadProviderErrors],
  [
    'a pattern that could take forever',
    ERRORS,
    (text: string) => text.replace('ip agreement', '(?:a+)+'),
    loadProviderErrors,
  ],
  ['a state twice', ZONES, (text: string) => `${text}NY,America/New_York,no,cfr-49-71\n`, loadTimeZones],
  [
    'a zone that does not exist',
    ZONES,
    (text: string) => text.replace('America/Boise', 'America/Potato'),
    loadTimeZones,
  ],
])('%s stops the start', (_story, file, change, load: (root: string) => unknown) => {
  expect(() => withChange(file, change, load)).toThrow(new RegExp(file.split('/')[1] ?? ''));
});

/** What is wrong with price and zone files is found at start, and named by file and line. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadRateTables } from '../../src/catalog/rating.ts';
import { ROOT, shippedTables } from '../support/rating.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rates-'));
  cpSync(join(ROOT, 'data'), join(root, 'data'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

/** Replaces text in a file of data/; it must be there. */
function edit(file: string, from: string, to: string): void {
  const path = join(root, 'data', file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

test('the shipped lists are in order, each with its sources', () => {
  expect(shippedTables.lists.map(({ id, from, to, sources }) => ({ id, from, to, sources: sources.length }))).toEqual([
    { id: '2025-10-05', from: '2025-10-05', to: '2026-01-17', sources: 1 },
    { id: '2026-01-18', from: '2026-01-18', to: '2026-04-25', sources: 1 },
    { id: '2026-07-12', from: '2026-07-12', to: '2026-10-03', sources: 4 },
    { id: '2026-10-04', from: '2026-10-04', to: '2027-01-17', sources: 5 },
  ]);
});

const july = 'prices/2026-07-12';

test.each<[string, [string, string, string], RegExp]>([
  [
    'a price that is missing',
    [`${july}/priority_mail-retail.csv`, '16,11.00,', '16,,'],
    /priority_mail-retail\.csv:2 \(zone_1\): is empty, and the manifest covers it/,
  ],
  [
    'a price the manifest does not cover',
    [`${july}/manifest.yaml`, '{ 9: 20 }', '{ 9: 19 }'],
    /priority_mail-commercial\.csv:21 \(zone_9\): is not in the manifest/,
  ],
  [
    'a price that is none',
    [`${july}/priority_mail-retail.csv`, '16,11.00,', '16,eleven,'],
    /:2 \(zone_1\): eleven is not/,
  ],
  [
    'a heavier parcel that costs less',
    [`${july}/priority_mail-retail.csv`, '32,11.95,', '32,10.95,'],
    /:3 \(zone_1\): costs less than a lighter parcel/,
  ],
  [
    'a farther zone that costs less',
    [`${july}/priority_mail-retail.csv`, '16,11.00,11.50,', '16,11.00,10.50,'],
    /:2 \(zone_2\): costs less than a nearer zone/,
  ],
  [
    'a weight out of place',
    [`${july}/priority_mail-retail.csv`, '\n32,', '\n33,'],
    /:3 \(not_over_oz\): is "33" where/,
  ],
  [
    'a table cut short',
    [`${july}/manifest.yaml`, 'maximum_lb: 70', 'maximum_lb: 69'],
    /has 74 rows where .* 73 weights/,
  ],
  ['days that overlap', [`${july}/manifest.yaml`, '2026-10-03', '2026-10-04'], /overlaps the list 2026-07-12/],
  ['a day there is not', [`${july}/manifest.yaml`, '2026-10-03', '2026-10-33'], /effective_to\): is not a day/],
  [
    'another id than the folder',
    [`${july}/manifest.yaml`, 'id: "2026-07-12"', 'id: "2026-07-13"'],
    /must be the folder's name/,
  ],
  [
    'a source nobody explains',
    [`${july}/manifest.yaml`, 'source: priority', 'source: hearsay-priority'],
    /not in data\/sources/,
  ],
  [
    'an increase that is missing',
    ['prices/2026-10-04/peak.csv', ',1,4,0,3,', ',2,4,0,3,'],
    /0 increases .* zone 1, 1 lb/,
  ],
  [
    'a base list there is not',
    ['prices/2026-10-04/manifest.yaml', 'base: "2026-07-12"', 'base: "2026-07-13"'],
    /no price list/,
  ],
  [
    'a limit that changes while a list is in force',
    ['prices/limits.yaml', '2025-10-05', '2026-01-01'],
    /maximum_weight_lb\): changes between 2025-10-05 and 2026-01-17/,
  ],
  [
    'a limit out of force',
    ['prices/limits.yaml', '2025-10-05', '2027-01-01'],
    /maximum_weight_lb\): has 0 values in force/,
  ],
  [
    'a limit that is no number',
    ['prices/limits.yaml', 'value: 1728', 'value: up'],
    /dimensional_threshold_cu_in\): must be a number/,
  ],
  [
    'a surcharge nobody knows when to charge',
    [`prices/2025-10-05/surcharges.csv`, 'live_animals_or_perishables', 'live_animals'],
    /surcharges\.csv:\d+ \(surcharge\): is due neither by size/,
  ],
  [
    'a surcharge stated twice',
    ['prices/2025-10-05/surcharges.csv', 'nonstandard_length,22,30', 'nonstandard_length,30,'],
    /surcharges\.csv:\d+: states the same surcharge twice/,
  ],
  [
    'a fee that is no amount',
    ['prices/2025-10-05/fees.csv', ',2.70,', ',free,'],
    /fees\.csv:3 \(fee\): is not an amount/,
  ],
  [
    'a fee for a service nobody knows',
    ['prices/2025-10-05/fees.csv', 'certified_mail', 'certified'],
    /fees\.csv:\d+ \(extras/,
  ],
  [
    'a fee of a source nobody explains',
    ['prices/2025-10-05/fees.csv', 'included-cover', 'hearsay'],
    /fees\.csv:2 \(source\): hearsay is not in data/,
  ],
  [
    'a limit nobody reads',
    ['prices/limits.yaml', 'maximum_weight_lb', 'maximum_weight_kg'],
    /limits\.yaml \(limits\.0\.name\)/,
  ],
  ['a point off the globe', ['zones/points.csv', '40.859', '140.859'], /points\.csv:2: is not a 3-digit area/],
  ['an exception to no zone', ['zones/exceptions.csv', '032,040,1', '032,040,0'], /exceptions\.csv:2: is not two/],
  [
    'a zone source nobody explains',
    ['zones/zones.yaml', 'source: usps-dmm', 'source: my-dmm'],
    /zones\.yaml \(source\): my-dmm/,
  ],
])('%s is refused', (_, [file, from, to], message) => {
  edit(file, from, to);
  expect(() => loadRateTables(root)).toThrow(message);
});

test('a cell that is published out of order is taken when the manifest lists it', () => {
  edit(`${july}/priority_mail-retail.csv`, '16,11.00,11.50,', '16,11.00,10.50,');
  expect(() => loadRateTables(root)).toThrow(/nearer zone/);
  edit(
    `${july}/manifest.yaml`,
    'source: usps-notice-123-retail-2026-07',
    'source: usps-notice-123-retail-2026-07\n    not_monotone: ["2/16"]',
  );
  expect(loadRateTables(root).lists).toHaveLength(4);
});

/** The data version: the same for the same facts, another for other facts, those of the user's own included. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashData } from '../../src/catalog/data-version.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'version-'));
  for (const folder of ['data/zones', 'charts', 'elsewhere', 'none'])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'data/zones/points.csv'), 'zip3\n');
  for (const folder of ['charts', 'elsewhere']) writeFileSync(join(root, folder, 'ours.csv'), '606,802,6\n');
});
afterEach(() => rmSync(root, { recursive: true }));

const version = (charts?: string): string =>
  hashData(root, { zoneCharts: charts === undefined ? null : join(root, charts) });

test('without folders of the user, or with an empty one, it is that of data/', () => {
  expect(version()).toMatch(/^[0-9a-f]{16}$/);
  expect(version()).toBe(hashData(root));
  expect(version('none')).toBe(version());
});

test('a chart makes another version, wherever its folder lies', () => {
  expect(version('charts')).not.toBe(version());
  expect(version('charts')).toBe(version('elsewhere'));
});

test('another row of a chart makes another version', () => {
  const before = version('charts');
  writeFileSync(join(root, 'charts/ours.csv'), '606,802,7\n');
  expect(version('charts')).not.toBe(before);
});

test('hidden files are no facts', () => {
  const before = version('charts');
  writeFileSync(join(root, 'charts/.DS_Store'), 'x');
  writeFileSync(join(root, 'data/.gitkeep'), '');
  expect(version('charts')).toBe(before);
});

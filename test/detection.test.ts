/** The detection benchmark: its months are made by their seeds, their truth fits them, and the auditor finds what is in one. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditFolder } from '../bench/detection/audit.ts';
import { filesOf, writeMonth } from '../bench/detection/files.ts';
import { type MadeMonth, makeMonth } from '../bench/detection/generate.ts';
import { HIDDEN } from '../bench/detection/scheme.ts';
import { precisionOf, recallOf, score } from '../bench/detection/score.ts';
import { type Truth, readTruth } from '../bench/detection/truth.ts';
import { Catalog } from '../src/catalog/catalog.ts';
import { parseCsv } from '../src/catalog/csv.ts';
import { canonicalNumber } from '../src/core/barcode/canonical.ts';
import { projectRoot } from '../src/platform/config.ts';
import { sha256Hex } from '../src/platform/hash.ts';
import { useDatabase } from './support/database.ts';

const root = projectRoot();
const catalog = new Catalog(root);
const make = (seed: number, labels: number, clean = false): MadeMonth =>
  makeMonth({ seed, labels, clean, intensity: 1 }, { root, catalog });
const hashOf = (month: MadeMonth): string => sha256Hex(JSON.stringify([...filesOf(month)]));

describe('a month', () => {
  test('is made by its seed, byte for byte', () => {
    expect(hashOf(make(1, 400))).toBe(hashOf(make(1, 400)));
    expect(hashOf(make(1, 400))).not.toBe(hashOf(make(2, 400)));
  });

  test('without frauds has none in its truth', () => {
    expect(make(3, 600, true).parcels.flatMap(({ cases }) => cases)).toEqual([]);
  });
});

describe('the truth of a month', () => {
  let folder = '';
  let files = '';
  let contracts = '';
  let month: MadeMonth;
  let truths: Truth[];
  const database = useDatabase();
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'detection-test-'));
    month = make(7, 1_800);
    ({ files, contracts } = writeMonth(month, folder));
    truths = readTruth(join(files, 'truth.csv'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is about labels of its files, names rules, and says why what is hidden is hidden', () => {
    const numbers = new Set<string>();
    for (const [name, text] of filesOf(month)) {
      if (!name.startsWith('labels-')) continue;
      for (const { cells } of parseCsv(text, name).rows)
        numbers.add(canonicalNumber(cells['tracking_number'] ?? '').canonical);
    }
    const vendors = new Set(month.vendors.map(({ name }) => name));
    expect(truths.length).toBeGreaterThan(200);
    for (const truth of truths) {
      expect(vendors).toContain(truth.vendor);
      if (truth.subject !== 'vendor') expect(numbers).toContain(truth.number);
      if (truth.hidden !== null) expect(Object.keys(HIDDEN)).toContain(truth.hidden);
    }
  });

  test('is what the audit finds, but for little', async () => {
    const own = new Catalog(root, { contracts });
    const asOf = month.world.season.asOf;
    const audited = await auditFolder(files, { dataSource: database.dataSource(), catalog: own, asOf });
    expect([...audited.rejected]).toEqual([]);
    const { total, schemes } = score(audited.findings, truths);
    expect(recallOf(total)).toBeGreaterThan(0.7);
    expect(precisionOf(total)).toBeGreaterThan(0.9);
    for (const scheme of ['flat-price-label', 'noticed-fake', 'impossible-number', 'one-number-two-parcels']) {
      expect([scheme, recallOf(schemes.get(scheme) ?? { cases: 1, found: 0 })]).toEqual([scheme, 1]);
    }
  }, 180_000);
});
